// @ts-check
/**
 * Signing in and out, with the network. Who is signed in on this tablet is kept by the device and known without it.
 *
 * @typedef {import("../store/device.js").Device} Device
 * @typedef {import("../store/store.js").Store} Store
 * @typedef {import("../core/types.js").Person} Person
 * @typedef {import("../core/types.js").Problem} Problem
 * @typedef {import("./transport.js").Transport} Transport
 * @typedef {{transport: Transport, device: Device, store?: () => Store|null, deviceName?: string, locks?: LockManager|null}} Options
 */
import { problemOf } from '../core/problems.js'
import { SYNC_LOCK } from './lock.js'
import { NetworkTrouble } from './trouble.js'

const PATH = '/api/v1/session'
const END_PATH = '/api/v1/session/end'
/** The person left while there was no network: the server's session is still to be ended. */
const OWED = 'sign-out-owed'

/** @param {Options} options */
export function makeSession({
  transport,
  device,
  store = () => null,
  deviceName = '',
  locks = globalThis.navigator?.locks ?? null,
}) {
  /** Nothing is being sent while who we are changes. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  async function alone(work) {
    /** @type {Promise<T>|null} */
    let doing = null
    try {
      return await (locks ? /** @type {Promise<any>} */ (locks.request(SYNC_LOCK, () => (doing = work()))) : work())
    } catch (error) {
      // A tab whose sending stood still took the lock; what was begun here goes on and has an end of its own.
      if (doing && /** @type {any} */ (error)?.name === 'AbortError') return doing
      throw error
    }
  }

  /**
   * @param {string} email @param {string} password
   * @returns {Promise<{person: Person, problem?: undefined} | {person?: undefined, problem: Problem}>}
   */
  async function signIn(email, password) {
    const here = { id: await device.deviceId(), name: deviceName }
    return quietly(() =>
      alone(async () => {
        const answer = await transport.post(PATH, { email, password, device: here })
        if (!answer.ok) return { problem: problemIn(answer) }
        return { person: await remember(answer.json, here, elsewhereIn(answer.json, here)) }
      }),
    )
  }

  /**
   * Ask the server who it thinks this is, and take over changed roles and spaces. Without a network nothing is known and
   * nothing changes.
   * @returns {Promise<{person?: Person, signedOut?: boolean, someoneElse?: boolean, problem?: Problem}>}
   */
  async function checkSession() {
    const here = { id: await device.deviceId(), name: deviceName }
    return quietly(() =>
      alone(async () => {
        // Whoever signed out is not signed in again by the session that could not be ended.
        if ((await device.fact(OWED)) && !(await endThere())) return { problem: problemOf('server-trouble') }
        const answer = await transport.get(PATH)
        if (answer.status === 401) return { signedOut: true }
        if (!answer.ok) return { problem: problemIn(answer) }
        const person = await device.currentPerson()
        // Somebody signed in by another page of this browser. What lies here is not theirs, so nobody is taken over.
        if (person && person.account.id !== answer.json.account.id) return { signedOut: true, someoneElse: true }
        const there = elsewhereIn(answer.json, here)
        // What was told at the sign-in stands until its person has seen it, or that tablet has sent it.
        const untold = person ? there.filter(({ id }) => person.elsewhere?.some((one) => one.id === id)) : there
        return { person: await remember(answer.json, here, untold) }
      }),
    )
  }

  /**
   * Sign out, but never away from unsent work. Without a network the tablet forgets now, and the server is told later.
   * @returns {Promise<{refused?: "unsent", waiting?: number, needsYou?: number, files?: number}>}
   */
  async function signOut() {
    const unsent = await unsentHere()
    if (unsent) return unsent
    return alone(async () => {
      // Something may have been written while this tab waited for its turn.
      const since = await unsentHere()
      if (since) return since
      await device.setFact(OWED, true)
      await device.forgetPerson()
      await quietly(endThere)
      return {}
    })
  }

  /** @returns {Promise<{refused: "unsent", waiting: number, needsYou: number, files: number}|null>} */
  async function unsentHere() {
    const open = store()
    await open?.refresh()
    const { waiting = 0, unkept = 0, needsYou = 0, files = 0, filesNeedYou = 0 } = open?.status() ?? {}
    if (!(waiting || unkept || needsYou || files || filesNeedYou)) return null
    return { refused: 'unsent', waiting: waiting + unkept, needsYou: needsYou + filesNeedYou, files }
  }

  /** True when the server's session is over; until then it stays owed. */
  async function endThere() {
    // Some school filters let nothing but GET and POST through: they answer the rest in their own words, or not at all.
    const isOver = (await ended(transport.remove(PATH)).catch(orFiltered)) || (await ended(transport.post(END_PATH, {})))
    if (isOver) await device.setFact(OWED, false)
    return isOver
  }

  /**
   * @param {any} told @param {{id: string, name: string}} here @param {import("../core/types.js").Elsewhere[]} elsewhere
   * @returns {Promise<Person>}
   */
  async function remember({ account, spaces }, here, elsewhere) {
    const person = { account, spaces, device: here, ...(elsewhere.length ? { elsewhere } : {}) }
    await device.setFact(OWED, false)
    await device.setPerson(person)
    return person
  }

  return { signIn, checkSession, signOut }
}

/** @typedef {ReturnType<typeof makeSession>} Session */

/**
 * Other tablets of this person on which something waits, as last heard.
 * @param {any} told @param {{id: string}} here @returns {import("../core/types.js").Elsewhere[]}
 */
function elsewhereIn({ devices = [] }, here) {
  return devices.filter((/** @type {import("../core/types.js").Elsewhere} */ one) => one.id !== here.id)
}

/** @param {Promise<{ok: boolean, status: number}>} asked */
async function ended(asked) {
  const { ok, status } = await asked
  return ok || status === 401
}

/** @param {unknown} error */
function orFiltered(error) {
  if (error instanceof NetworkTrouble) return false
  throw error
}

/** @param {{json: any, status: number}} answer @returns {Problem} */
function problemIn({ json, status }) {
  return json?.code ? json : problemOf(status >= 500 ? 'server-trouble' : 'unknown')
}

/** @template T @param {() => Promise<T>} work @returns {Promise<T | {problem: Problem}>} */
async function quietly(work) {
  try {
    return await work()
  } catch (error) {
    if (error instanceof NetworkTrouble) return { problem: problemOf(error.code) }
    throw error
  }
}
