/**
 * The rescue page: who is signed in, what of theirs is on this tablet only, and what can be done about it.
 *
 * Text goes onto the page as text, by `textContent` alone; its policy lets no markup in. Each part stands by itself: one that
 * fails says so in its own place.
 */
import { FEWEST_CHARACTERS, weakness } from '../js/core/copy.js'
import { t, tn } from '../js/core/gettext.js'
import { sixWords } from '../js/core/plain-words.js'
import { dateOf, sayTime } from '../js/core/time.js'
import { removeAppFiles } from './app-files.js'
import { NotSent, sendAll, whoIsThere } from './sending.js'
import { accountsHere, countWork, look } from './storage.js'
import { copyOf, findWork, random } from './work.js'

const KINDS = {
  observation: t('Observation'),
  visit: t('Visit'),
  visit_room: t('Room of a visit'),
  walk: t('Walk'),
  review: t('Words to an observer'),
}
const STORES = {
  docs: t('Records'),
  rows: t('Lines of lists'),
  outbox: t('Waiting'),
  sent: t('Sent'),
  refused: t('Needs you'),
  meta: t('Places'),
  files: t('Photos'),
  chunks: t('Parts of photos'),
  odd: t('Set apart'),
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
  place.textContent = t('One moment…')
  try {
    const said = await work()
    if (typeof said === 'string') place.textContent = said
    else place.replaceChildren(said)
  } catch (error) {
    const reason = String(error?.message ?? error)
    place.textContent = error instanceof NotSent ? reason : t('That did not work: {reason}', { reason })
  }
}

async function showWho() {
  at('sign-in').hidden = false
  session = await whoIsThere().catch(() => {
    throw new NotSent(t('The server cannot be reached, so it is not known who you are. Try again where there is a network.'))
  })
  if (!session) return t('Nobody is signed in. Sign in to see your own work on this tablet; you come back to this page.')
  at('sign-in').hidden = true
  const name = session.spaces[0]?.person_name
  return name ? `${name}, ${session.account.email}` : session.account.email
}

async function showWork() {
  if (!session) return t('Your work is shown when you are signed in.')
  work = await findWork(session.account.id)
  const { waiting, refused, files } = work
  const lines = [...waiting.map((one) => line(one, t('waiting'))), ...refused.map((one) => line(one, t('needs you')))]
  at('waiting').replaceChildren(...lines)
  at('send-part').hidden = waiting.length === 0
  at('copy-part').hidden = waiting.length + refused.length + files.length === 0
  at('words').value ||= sixWords(random)
  return [sumOf(waiting.length, refused.length, files.length), ...work.unread.map(unreadWords)].join(' ')
}

function sumOf(waiting, refused, files) {
  if (waiting + refused + files === 0) return t('Nothing of yours waits here.')
  const parts = {
    waiting: tn('{count} change waiting', '{count} changes waiting', waiting),
    needs: tn('{count} change that the server did not take', '{count} changes that the server did not take', refused),
    photos: tn('{count} photo', '{count} photos', files),
  }
  if (refused && files) return t('{waiting}, {needs} and {photos}.', parts)
  if (refused) return t('{waiting}, {needs}.', parts)
  return files ? t('{waiting} and {photos}.', parts) : t('{waiting}.', parts)
}

function unreadWords({ store, count }) {
  const where = { store: STORES[store] }
  if (count === null) return t('“{store}” cannot be read.', where)
  return tn(
    '“{store}” has {count} entry that cannot be read.',
    '“{store}” has {count} entries that cannot be read.',
    count,
    where,
  )
}

/** One change, raw: nobody has to guess whether a word of it is still there. */
function line({ change, verdict }, standing) {
  const item = element('li')
  item.dataset.cid = change.cid
  const details = element('details')
  const held = verdict === 'held' ? t('kept for the lead to decide') : standing
  const what = { kind: KINDS[change.kind] ?? t('Record'), time: sayTime(change.at, Date.now()) }
  const summary = element('summary', `${t('{kind}, {time}:', what)} `)
  summary.append(element('span', held))
  const raw = element('pre', JSON.stringify(change.new ?? change.set ?? {}, null, 1))
  raw.tabIndex = 0
  raw.role = 'region'
  raw.ariaLabel = t('What is in it')
  details.append(summary, raw)
  item.append(details)
  return item
}

/** How much somebody else has here; what it says and whose it is stays closed. */
async function showOthers() {
  const others = (await accountsHere()).filter((account) => account !== session?.account.id)
  const counts = await Promise.all(others.map((account) => countWork(account).catch(() => 0)))
  const waiting = counts.filter((count) => count > 0)
  const words = session ? anothersWords : somebodysWords
  at('others').hidden = waiting.length === 0
  at('others').textContent = waiting.map(words).join(' ')
}

function anothersWords(count) {
  return tn(
    'Another person has {count} unsent item on this tablet.',
    'Another person has {count} unsent items on this tablet.',
    count,
  )
}

function somebodysWords(count) {
  return tn('Somebody has {count} unsent item on this tablet.', 'Somebody has {count} unsent items on this tablet.', count)
}

async function send() {
  const told = { ok: 0, held: 0, refused: 0, none: 0 }
  try {
    await sendAll(work, (cid, verdict) => {
      told[keyOf(verdict)] += 1
      document.querySelector(`[data-cid="${CSS.escape(cid)}"] span`).textContent = receiptWords(verdict)
    })
  } catch (error) {
    const reason = error instanceof NotSent ? error.message : t('The server cannot be reached.')
    throw new NotSent(`${sentWords(told)} ${reason}`.trim())
  }
  const next = t('The app asks for these receipts itself at its next start, and only then lets go of anything.')
  return `${sentWords(told)} ${next}`
}

function keyOf(verdict) {
  if (!verdict) return 'none'
  return verdict.verdict === 'merged' ? 'ok' : verdict.verdict
}

function receiptWords(verdict) {
  const time = sayTime(Date.now(), Date.now())
  const words = { ok: t('on the server, {time}', { time }), held: t('kept for the lead to decide') }
  if (!verdict) return t('no receipt: it waits on')
  return words[keyOf(verdict)] ?? `${t('not taken.')} ${verdict.problem?.title ?? ''} ${verdict.problem?.next ?? ''}`
}

function sentWords({ ok, held, refused, none }) {
  const said = [tn('{count} change on the server.', '{count} changes on the server.', ok)]
  if (held) said.push(tn('{count} kept for the lead to decide.', '{count} kept for the lead to decide.', held))
  if (refused) said.push(notTakenWords(refused))
  if (none) said.push(tn('{count} without a receipt.', '{count} without a receipt.', none))
  return ok + held + refused + none ? said.join(' ') : ''
}

function notTakenWords(count) {
  return tn(
    '{count} not taken: they stay on this tablet and need you.',
    '{count} not taken: they stay on this tablet and need you.',
    count,
  )
}

async function save() {
  const words = at('words').value
  const weak = weakness(words)
  if (weak === 'short') return t('At least {count} characters, please.', { count: FEWEST_CHARACTERS })
  if (weak) return t('More different letters, please.')
  const { text, changes, photos, lost } = await copyOf(work, words, session)
  const file = new File([text], `walkapp-${dateOf(Date.now())}.walk`, { type: 'application/octet-stream' })
  const missing = lost ? ` ${tn('{count} photo could not be read.', '{count} photos could not be read.', lost)}` : ''
  const place = element('span', `${holdsWords(changes, photos)}${missing} `)
  place.append(...waysOut(file))
  return place
}

function holdsWords(changes, photos) {
  const all = { changes: tn('{count} change', '{count} changes', changes), photos: tn('{count} photo', '{count} photos', photos) }
  return photos ? t('The copy holds {changes} and {photos}.', all) : t('The copy holds {changes}.', all)
}

/** A link to press: browsers hand out a file only to a fresh tap. */
function waysOut(file) {
  const link = Object.assign(element('a', t('Save the file')), { href: URL.createObjectURL(file), download: file.name })
  link.className = 'button button-primary'
  if (!navigator.canShare?.({ files: [file] })) return [link]
  const share = Object.assign(element('button', t('Share the file')), { type: 'button', className: 'button' })
  share.addEventListener('click', () => navigator.share({ files: [file] }).catch(() => {}))
  return [link, ' ', share]
}

async function check() {
  if (!session) return t('Sign in first: only your own storage is looked over.')
  const found = await look(session.account.id)
  if (found.length === 0) return t('There is nothing of yours in this tablet’s storage.')
  const list = element('ul')
  list.className = 'rescue-list'
  list.append(...found.map(({ store, count, lost }) => element('li', `${STORES[store] ?? store}: ${countWords(count, lost)}`)))
  return list
}

function countWords(count, lost) {
  if (count === null) return t('cannot be read')
  if (lost) return tn('{count}, of which {lost} cannot be read', '{count}, of which {lost} cannot be read', count, { lost })
  return count ? tn('{count}, all readable', '{count}, all readable', count) : '0'
}

async function remove() {
  const { workers, caches } = await removeAppFiles()
  if (workers + caches === 0) return t('There was nothing to take away. The app comes from the server at its next start.')
  return t('Taken away. Open the app where there is a network: it fetches its files anew, and what you wrote is still here.')
}

function element(name, text = '') {
  return Object.assign(document.createElement(name), { textContent: text })
}

start()
