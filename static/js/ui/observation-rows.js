const PAGE = 200
const MOST_PAGES = 10

/** The list lines of the observations on this tablet that are wanted, the newest first. */
export async function observationRows({ store, space }, wanted) {
  const found = []
  let before
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const rows = await store.list('observation', { space: space.id, limit: PAGE, before })
    found.push(...rows.filter(({ summary }) => wanted(summary)))
    if (rows.length < PAGE) break
    before = rows.at(-1)
  }
  return found
}
