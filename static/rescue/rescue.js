/**
 * The rescue page: who is signed in, what of theirs is on this tablet only, and what can be done about it.
 *
 * Text goes onto the page as text, by `textContent` alone; its policy lets no markup in. Each part stands by itself: one that
 * fails says so in its own place.
 */
import { FEWEST_CHARACTERS, weakness } from '../js/core/copy.js'
import { sixWords } from '../js/core/plain-words.js'
import { dateOf, sayTime } from '../js/core/time.js'
import { removeAppFiles } from './app-files.js'
import { NotSent, sendAll, whoIsThere } from './sending.js'
import { accountsHere, countWork, look } from './storage.js'
import { copyOf, findWork, random } from './work.js'

const KINDS = {
  observation: 'Observation',
  visit: 'Visit',
  visit_room: 'Room of a visit',
  walk: 'Walk',
  review: 'Words to an observer',
}
const STORES = {
  docs: 'Records',
  rows: 'Lines of lists',
  outbox: 'Waiting',
  sent: 'Sent',
  refused: 'Needs you',
  meta: 'Places',
  files: 'Photos',
  chunks: 'Parts of photos',
  odd: 'Set apart',
}

const at = (id) => document.getElementById(id)
let session = null
let work = null

async function start() {
  at('check').addEventListener('click', () => inPlace('checked', check))
  at('remove').addEventListener('click', () => inPlace('removed', remove))
  at('send').addEventListener('click', () => inPlace('sent', send))
  at('copy-form').addEventListener('submit', (event) => {
    event.preventDefault()
    inPlace('saved', save)
  })
  await inPlace('who', showWho)
  await inPlace('sum', showWork)
  await showOthers().catch(() => {})
  document.documentElement.dataset.ready = 'true'
}

/** Do it, and say in its own place what came of it. */
async function inPlace(id, work) {
  const place = at(id)
  place.textContent = 'One moment…'
  try {
    const said = await work()
    if (typeof said === 'string') place.textContent = said
    else place.replaceChildren(said)
  } catch (error) {
    place.textContent = error instanceof NotSent ? error.message : `That did not work: ${error?.message ?? error}`
  }
}

async function showWho() {
  at('sign-in').hidden = false
  session = await whoIsThere().catch(() => {
    throw new NotSent('The server cannot be reached, so it is not known who you are. Try again where there is a network.')
  })
  if (!session) return 'Nobody is signed in. Sign in to see your own work on this tablet; you come back to this page.'
  at('sign-in').hidden = true
  const name = session.spaces[0]?.person_name
  return name ? `${name}, ${session.account.email}` : session.account.email
}

async function showWork() {
  if (!session) return 'Your work is shown when you are signed in.'
  work = await findWork(session.account.id)
  const { waiting, refused, files } = work
  at('waiting').replaceChildren(...waiting.map((one) => line(one, 'waiting')), ...refused.map((one) => line(one, 'needs you')))
  at('send-part').hidden = waiting.length === 0
  at('copy-part').hidden = waiting.length + refused.length + files.length === 0
  at('words').value ||= sixWords(random)
  return `${sumOf(waiting.length, refused.length, files.length)}${unreadWords(work.unread)}`
}

function sumOf(waiting, refused, files) {
  if (waiting + refused + files === 0) return 'Nothing of yours waits here.'
  const photos = files ? ` and ${counted(files, 'photo')}` : ''
  const needs = refused ? `, ${counted(refused, 'change')} that the server did not take` : ''
  return `${counted(waiting, 'change')} waiting${needs}${photos}.`
}

function unreadWords(unread) {
  return unread
    .map(
      ({ store, count }) =>
        ` “${STORES[store]}” ${count === null ? 'cannot be read' : `has ${counted(count, 'entry', 'entries')} that cannot be read`}.`,
    )
    .join('')
}

/** One change, raw: nobody has to guess whether a word of it is still there. */
function line({ change, verdict }, standing) {
  const item = element('li')
  item.dataset.cid = change.cid
  const details = element('details')
  const held = verdict === 'held' ? 'kept for the lead to decide' : standing
  const summary = element('summary', `${KINDS[change.kind] ?? 'Record'}, ${sayTime(change.at, Date.now())}: `)
  summary.append(element('span', held))
  const raw = element('pre', JSON.stringify(change.new ?? change.set ?? {}, null, 1))
  raw.tabIndex = 0
  raw.role = 'region'
  raw.ariaLabel = 'What is in it'
  details.append(summary, raw)
  item.append(details)
  return item
}

/** How much somebody else has here; what it says and whose it is stays closed. */
async function showOthers() {
  const others = (await accountsHere()).filter((account) => account !== session?.account.id)
  const counts = await Promise.all(others.map((account) => countWork(account).catch(() => 0)))
  const waiting = counts.filter((count) => count > 0)
  const who = session ? 'Another person' : 'Somebody'
  at('others').hidden = waiting.length === 0
  at('others').textContent = waiting.map((count) => `${who} has ${counted(count, 'unsent item')} on this tablet.`).join(' ')
}

async function send() {
  const told = { ok: 0, held: 0, refused: 0, none: 0 }
  try {
    await sendAll(work, (cid, verdict) => {
      told[keyOf(verdict)] += 1
      document.querySelector(`[data-cid="${CSS.escape(cid)}"] span`).textContent = receiptWords(verdict)
    })
  } catch (error) {
    throw new NotSent(`${sentWords(told)} ${error instanceof NotSent ? error.message : 'The server cannot be reached.'}`.trim())
  }
  return `${sentWords(told)} The app asks for these receipts itself at its next start, and only then lets go of anything.`
}

function keyOf(verdict) {
  if (!verdict) return 'none'
  return verdict.verdict === 'merged' ? 'ok' : verdict.verdict
}

function receiptWords(verdict) {
  const words = { ok: `on the server, ${sayTime(Date.now(), Date.now())}`, held: 'kept for the lead to decide' }
  if (!verdict) return 'no receipt: it waits on'
  return words[keyOf(verdict)] ?? `not taken. ${verdict.problem?.title ?? ''} ${verdict.problem?.next ?? ''}`
}

function sentWords({ ok, held, refused, none }) {
  const said = [`${counted(ok, 'change')} on the server.`]
  if (held) said.push(`${held} kept for the lead to decide.`)
  if (refused) said.push(`${refused} not taken: they stay on this tablet and need you.`)
  if (none) said.push(`${none} without a receipt.`)
  return ok + held + refused + none ? said.join(' ') : ''
}

async function save() {
  const words = at('words').value
  const weak = weakness(words)
  if (weak) return weak === 'short' ? `At least ${FEWEST_CHARACTERS} characters, please.` : 'More different letters, please.'
  const { text, changes, photos, lost } = await copyOf(work, words, session)
  const file = new File([text], `walkapp-${dateOf(Date.now())}.walk`, { type: 'application/octet-stream' })
  const holds = `The copy holds ${counted(changes, 'change')}${photos ? ` and ${counted(photos, 'photo')}` : ''}.`
  const missing = lost ? ` ${counted(lost, 'photo')} could not be read.` : ''
  const place = element('span', `${holds}${missing} `)
  place.append(...waysOut(file))
  return place
}

/** A link to press: browsers hand out a file only to a fresh tap. */
function waysOut(file) {
  const link = Object.assign(element('a', 'Save the file'), { href: URL.createObjectURL(file), download: file.name })
  link.className = 'button button-primary'
  if (!navigator.canShare?.({ files: [file] })) return [link]
  const share = Object.assign(element('button', 'Share the file'), { type: 'button', className: 'button' })
  share.addEventListener('click', () => navigator.share({ files: [file] }).catch(() => {}))
  return [link, ' ', share]
}

async function check() {
  if (!session) return 'Sign in first: only your own storage is looked over.'
  const found = await look(session.account.id)
  if (found.length === 0) return 'There is nothing of yours in this tablet’s storage.'
  const list = element('ul')
  list.className = 'rescue-list'
  list.append(...found.map(({ store, count, lost }) => element('li', `${STORES[store] ?? store}: ${countWords(count, lost)}`)))
  return list
}

function countWords(count, lost) {
  if (count === null) return 'cannot be read'
  return lost ? `${count}, of which ${lost} cannot be read` : `${count}${count ? ', all readable' : ''}`
}

async function remove() {
  const { workers, caches } = await removeAppFiles()
  if (workers + caches === 0) return 'There was nothing to take away. The app comes from the server at its next start.'
  return 'Taken away. Open the app where there is a network: it fetches its files anew, and what you wrote is still here.'
}

function element(name, text = '') {
  return Object.assign(document.createElement(name), { textContent: text })
}

function counted(count, one, more = `${one}s`) {
  return `${count} ${count === 1 ? one : more}`
}

start()
