/**
 * Sending what waits by plain requests. The server may get a change from here and from the app: it knows each by its id. What
 * it answers is only shown; the app asks once more and forgets by itself what is safe.
 */
import { hashOf } from '../js/core/canonical.js'
import { t } from '../js/core/gettext.js'
import { fact } from './storage.js'
import { freezeWork } from './work.js'

const SESSION = '/api/v1/session'
const SYNC = '/api/v1/sync'
/** The second says whose work it is, so that the server itself refuses it under another's name. */
const SCHEMAS = [2, 1]
const OTHER_VERSION = [409, 426]
const MOST_CHANGES = 100
const MOST_CHARACTERS = 600_000
/** The same that the app holds while it sends (`sync/lock.js`): nobody's work is sent under another's name. */
const LOCK = 'walkapp-sync'

/** Why nothing more was sent. */
export class NotSent extends Error {}

/** Who the server says this is; null when nobody is signed in. */
export async function whoIsThere() {
  const answer = await fetch(SESSION, { headers: { Accept: 'application/json' }, cache: 'no-store', redirect: 'manual' })
  if (answer.status === 401) return null
  if (!answer.ok) throw new NotSent(t('The server has trouble at the moment. Try again later.'))
  return answer.json()
}

/**
 * Send all that waits, batch by batch; `onReceipt` hears of each change what the server says of it. Resolves with how many
 * were answered for.
 */
export async function sendAll(work, onReceipt) {
  if (!navigator.locks) return sendEach(work, onReceipt)
  return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
    if (!lock) throw new NotSent(t('The app is sending in another tab. Wait a moment, or close that tab.'))
    return sendEach(work, onReceipt)
  })
}

async function sendEach(work, onReceipt) {
  await freezeWork(work)
  const device = await fact('device')
  let answered = 0
  for (const { space, changes } of batches(work.waiting)) {
    await stillTheSame(work.account)
    const results = await send(work.account, device, space, changes, work.waiting.length - answered)
    for (const change of changes) answered += await told(change, results[change.cid], onReceipt)
  }
  return answered
}

/** Somebody else may have signed in meanwhile, in another tab. */
async function stillTheSame(account) {
  const isSame = (await whoIsThere())?.account.id === account
  if (!isSame) throw new NotSent(t('You are not signed in any more. Sign in again, then send.'))
}

/** A receipt that does not carry the hash of what was sent proves nothing. */
async function told(change, verdict, onReceipt) {
  const isOurs = verdict && verdict.hash === (await hashOf(change))
  onReceipt(change.cid, isOurs ? verdict : null)
  return isOurs ? 1 : 0
}

async function send(account, device, space, changes, unsent) {
  const part = { known: null, cursor: null, changes, limit: 1, thin: true }
  const common = { device, build: 'rescue', unsent, spaces: { [space]: part } }
  let answer = null
  for (const schema of SCHEMAS) {
    answer = await post({ schema, ...(schema > 1 ? { account } : {}), ...common })
    if (!OTHER_VERSION.includes(answer.status)) break
  }
  const json = await answer.json().catch(() => null)
  const results = json?.spaces?.[space]?.results
  if (!answer.ok || !results)
    throw new NotSent(json?.spaces?.[space]?.problem?.title ?? json?.title ?? t('The server did not take it.'))
  return results
}

function post(request) {
  const headers = { Accept: 'application/json', 'Content-Type': 'application/json' }
  return fetch(SYNC, { method: 'POST', headers, body: JSON.stringify(request), redirect: 'manual' })
}

/** In the order it was made, space by space, and never too much at once. */
function batches(waiting) {
  const done = []
  for (const { space, change } of waiting) {
    const last = done.findLast((one) => one.space === space)
    const length = JSON.stringify(change).length
    if (last && last.changes.length < MOST_CHANGES && last.length + length <= MOST_CHARACTERS) {
      last.changes.push(change)
      last.length += length
    } else done.push({ space, changes: [change], length })
  }
  return done
}
