/**
 * A sentence with parts of the page in it: what `{name}` stands for may be a link or a button. Translators move the parts about;
 * lit shows them in the order they then have.
 * @param {string} sentence @param {Record<string, unknown>} parts
 * @returns {unknown[]}
 */
export function fill(sentence, parts) {
  return sentence.split(/(\{\w+\})/).map((piece) => {
    const name = /^\{(\w+)\}$/.exec(piece)?.[1]
    return name && name in parts ? parts[name] : piece
  })
}
