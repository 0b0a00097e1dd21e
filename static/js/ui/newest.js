/** Of each rubric the version to begin with now, by their titles. */
export function newestOf(rubrics) {
  const latest = new Map()
  for (const one of rubrics) {
    const known = latest.get(one.body.rubric)
    if (!known || known.body.version < one.body.version) latest.set(one.body.rubric, one)
  }
  return [...latest.values()].sort((a, b) => a.body.title.localeCompare(b.body.title))
}
