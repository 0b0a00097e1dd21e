// @ts-check
/**
 * Changing the script afterwards: lines moved, split and joined. Each gives the edits of one step, which one undo takes back.
 *
 * @typedef {import("./types.js").Body} Body
 * @typedef {Body & {id: string, at: number, text: string}} Line
 * @typedef {Record<string, Body|null>} Edits by the id of the line; null takes it away
 */

/** @param {Line} line where it stands among the others */
const placeOf = (line) => line.order ?? line.at

/** @param {Line} line @returns {Body} what is kept of it */
function kept({ id: _id, ...line }) {
  return line
}

/**
 * A line that is begun now stands after all that are there, also where the tablet's clock was set back meanwhile. It keeps the
 * time that the clock said.
 * @param {Line[]} lines without it @param {Body} line @returns {Body}
 */
export function begunLast(lines, line) {
  const last = Math.max(0, ...lines.map(placeOf))
  return line.at > last ? line : { ...line, order: last + 1 }
}

/**
 * A line one place up or down; at either end nothing happens.
 * @param {Line[]} lines in the order they are shown @param {string} id @param {-1|1} by @returns {Edits}
 */
export function moved(lines, id, by) {
  const from = lines.findIndex((line) => line.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= lines.length) return {}
  const [line, other] = [lines[from], lines[to]]
  if (placeOf(line) !== placeOf(other))
    return { [id]: { ...kept(line), order: placeOf(other) }, [other.id]: { ...kept(other), order: placeOf(line) } }
  return renumbered(swapped(lines, from, to))
}

/**
 * Two lines of one, parted where the pen stands; the second keeps the time, the kind and what it is tied to.
 * @param {Line} line @param {number} at how many characters stay @param {string} newId @returns {Edits}
 */
export function split(line, at, newId) {
  const [first, second] = [line.text.slice(0, at).trim(), line.text.slice(at).trim()]
  if (!first || !second) return {}
  return { [line.id]: { ...kept(line), text: first }, [newId]: { ...kept(line), text: second, order: placeOf(line) + 1 } }
}

/**
 * A line joined to the one above it: both texts, and all that either is tied to.
 * @param {Line[]} lines in the order they are shown @param {string} id @returns {Edits}
 */
export function joined(lines, id) {
  const at = lines.findIndex((line) => line.id === id)
  if (at < 1) return {}
  const [above, line] = [lines[at - 1], lines[at]]
  const indicators = [...new Set([...(above.indicators ?? []), ...(line.indicators ?? [])])]
  return { [above.id]: { ...kept(above), text: `${above.text}\n${line.text}`, indicators }, [id]: null }
}

/** @param {Line[]} lines @param {number} from @param {number} to */
function swapped(lines, from, to) {
  const list = [...lines]
  ;[list[from], list[to]] = [list[to], list[from]]
  return list
}

/** Two that stand at the same place have no order to swap: then all get places of their own. @param {Line[]} lines @returns {Edits} */
function renumbered(lines) {
  const first = Math.min(...lines.map(placeOf))
  return Object.fromEntries(lines.map((line, at) => [line.id, { ...kept(line), order: first + at }]))
}
