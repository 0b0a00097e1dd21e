// @ts-check
/**
 * In which of the versions it knows the app speaks to this server. A server may be older than the app, or newer.
 *
 * @typedef {import("./transport.js").Answer} Answer
 */

export const NEWEST_SCHEMA = 2
export const OLDEST_SCHEMA = 1
const TOO_NEW = 'server-older'
const OTHER_VERSION = 426

/** What is spoken; remembered until the syncer starts anew. */
export function makeSpeech() {
  let schema = NEWEST_SCHEMA

  /**
   * Say it in the newest version, and in the oldest to a server that does not know the newest.
   * @param {(schema: number) => Promise<Answer>} say
   * @returns {Promise<Answer>}
   */
  async function said(say) {
    const told = await say(schema)
    if (schema === OLDEST_SCHEMA || !asksForOlder(told)) return told
    const again = await say(OLDEST_SCHEMA)
    // Not understood in either: then it is the app that is too old.
    if (again.status !== OTHER_VERSION) schema = OLDEST_SCHEMA
    return again
  }

  return { said, isNewest: () => schema === NEWEST_SCHEMA }
}

/** @typedef {ReturnType<typeof makeSpeech>} Speech */

/** The server of before schema 2 says "another version" to both. @param {Answer} told */
function asksForOlder({ status, json }) {
  return json?.code === TOO_NEW || status === OTHER_VERSION
}
