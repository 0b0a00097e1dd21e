// @ts-check
/**
 * Is this tablet the one the server knows, or a copy of it? Each contact gets a name of its own, written down before it is
 * said; the server keeps the newest. A tablet that hears a name it never said is a copy of the one that did, or came back from
 * an older state of itself. Lost answers and a server from a backup are neither: their names are in the trail.
 *
 * @typedef {Pick<import("./reading.js").Keeper, "db"|"newId">} Keeper
 *
 * @typedef {object} Lineage in clear: it says nothing of what anybody wrote
 * @property {string} device for which these names were said
 * @property {string|null} was what the server last called the newest
 * @property {string|null} now said, and not yet heard of
 * @property {boolean} isFirst nothing was said before, or nobody remembers: a name of the server's can only be taken as it is
 * @property {string[]} trail every name the server ever repeated, the newest last
 */

const NAME = 'contact'
const LENGTH = 8
/** A server's backup that is older than so many contacts makes of the tablet a new one, and nothing worse. */
const LONGEST_TRAIL = 32

/**
 * What the next contact is called; durable before it is said.
 * @param {Keeper} keeper @param {string} device
 * @returns {Promise<{was: string|null, now: string}>}
 */
export async function nextContact({ db, newId }, device) {
  const fresh = newId().replaceAll('-', '').slice(-LENGTH)
  return db.tx('meta', 'readwrite', (t) => {
    const meta = t.objectStore('meta')
    const said = { result: { was: /** @type {string|null} */ (null), now: fresh } }
    meta.get(NAME).onsuccess = (event) => {
      const kept = lineageOf(event, device)
      said.result = { was: kept.was, now: kept.now ?? fresh }
      if (!kept.now || kept.isFirst) meta.put({ name: NAME, ...kept, now: kept.now ?? fresh, isFirst: !kept.now && kept.isFirst })
    }
    return said
  })
}

/**
 * Whether the server's newest name is one this tablet said. A tablet that says its very first one cannot know, and takes it.
 * @param {Keeper} keeper @param {string} device @param {string} heard
 * @returns {Promise<boolean>}
 */
export async function isOwnContact({ db }, device, heard) {
  return db.tx('meta', 'readwrite', (t) => {
    const meta = t.objectStore('meta')
    const own = { result: true }
    meta.get(NAME).onsuccess = (event) => {
      const kept = lineageOf(event, device)
      own.result = kept.isFirst || heard === kept.now || kept.trail.includes(heard)
      if (own.result && heard !== kept.was) meta.put({ name: NAME, ...after(kept, heard) })
    }
    return own
  })
}

/** @param {Lineage} kept @param {string} heard @returns {Lineage} */
function after(kept, heard) {
  const trail = kept.trail.includes(heard) ? kept.trail : [...kept.trail, heard].slice(-LONGEST_TRAIL)
  return { ...kept, was: heard, now: heard === kept.now ? null : kept.now, isFirst: false, trail }
}

/** @param {Event} event @param {string} device @returns {Lineage} */
function lineageOf(event, device) {
  const kept = /** @type {IDBRequest} */ (event.target).result
  return kept?.device === device ? kept : { device, was: null, now: null, isFirst: true, trail: [] }
}
