import { readFileSync } from 'node:fs'

/** The changes in a file, one a line, as a tablet has them in its outbox. */
export const changesIn = (file) => readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line))

/** The same observation as a document of CouchDB's kind. */
export const asDocument = ({ id, kind, at, new: body }) => ({ _id: id, kind, at, ...body })

export function* slices(list, most) {
  for (let from = 0; from < list.length; from += most) yield list.slice(from, from + most)
}
