/**
 * The one place where the parts are joined. First paint needs what is imported here and the first screen;
 * the network half is fetched afterwards.
 */
import { locales, t } from './core/gettext.js'
import { currentPerson, device, deviceId } from './store/device.js'
import { openStore } from './store/store.js'
import './ui/app-shell.js'
import { readRoute, SCREENS } from './ui/routes.js'

const STILL = {
  damage: null,
  readOnly: null,
  storageTrouble: null,
  waiting: 0,
  files: 0,
  filesNeedYou: 0,
  needsYou: 0,
  held: 0,
  oldestWaitingAt: null,
  lastReceiptAt: null,
  lastContactAt: null,
  persisted: null,
  heals: 0,
  signedOut: false,
  offline: null,
}

/** What every screen is handed: who is here, the store, and the few things a person can ask of the app. */
class App extends EventTarget {
  person = null
  space = null
  store = null
  /** The storage could not even say who is here. */
  isShut = false
  /** The person chose to look at what can only be read. */
  isReading = false
  isAlone = true
  typing = false
  saving = 0
  offer = null
  build = document.querySelector('meta[name="build"]')?.content ?? ''
  /** All there are, the one this page is to speak, where its words are: from boot.js. */
  language
  now = () => Date.now()
  newId = () => crypto.randomUUID()
  #syncer = null
  #connecting = null
  #transport = null
  #photos = null

  get status() {
    return this.store?.status() ?? STILL
  }

  /** Open what belongs to the person; nothing of anybody else is open at the same time. */
  async enter(person) {
    this.#be(person)
    const [store, isAlone] = await Promise.all([
      openStore({ account: person.account.id, now: this.now, newId: this.newId }),
      openAlone(person.account.id),
    ])
    Object.assign(this, { store, isAlone })
    store.addEventListener('status', () => this.#onStatus())
    // An empty database is no proof of a new tablet: the second copy is asked before anything is shown.
    if (this.store.isBlank && !this.status.storageTrouble) await this.defend().catch(() => {})
    this.#tell('person')
  }

  #be(person) {
    this.person = person
    this.space = person.spaces.find(({ id }) => id === this.recall('space')) ?? person.spaces[0] ?? null
    if (this.store) this.#tell('person')
  }

  #onStatus() {
    if (this.status.readOnly) this.#syncer?.stop()
    this.#tell('status')
    const text = t('The server needs a newer version of this app. Everything you wrote is kept.')
    if (this.status.mustUpdate) this.#offer({ text, words: t('Reload'), take: () => this.updateNow() })
  }

  /** Resolves when the edits are durable on this tablet. */
  async save(edits) {
    this.#saves(+1)
    try {
      await this.store.write(this.space.id, edits)
    } finally {
      this.#saves(-1)
    }
    // What was given or released goes at once: the next thing people do is to put the tablet away.
    if (edits.some(({ set }) => set?.state)) this.#syncer?.poke()
  }

  /** While a write is on its way, nothing may say that everything is on the server. */
  #saves(more) {
    this.saving += more
    this.#tell('status')
  }

  /** The second copy, a look at the room, and what was cut off. Once for each store. */
  async defend() {
    const { defend } = await import('./defence.js')
    this.#defended ??= new WeakMap()
    if (!this.#defended.has(this.store)) this.#defended.set(this.store, defend(this))
    await this.#defended.get(this.store)
  }
  #defended = null

  /** Room was made, or the person wants to see whether the storage answers by now. */
  async tryStorageAgain() {
    this.dispatchEvent(new Event('storage'))
    await this.store.writeUnkept()
    await this.store.open()
  }

  async freeSpace() {
    const { freeSpace } = await import('./defence.js')
    this.announce(await freeSpace(this))
    await this.tryStorageAgain()
  }

  /** Take the newest version there is, and begin anew. */
  async updateNow() {
    const registration = await navigator.serviceWorker?.getRegistration('/app/').catch(() => null)
    await registration?.update().catch(() => {})
    registration?.waiting?.postMessage('use new version')
    location.reload()
  }

  /** Look at what can only be read. */
  readWhatIsHere() {
    this.isReading = true
    this.go('#/')
  }

  setTyping(is) {
    if (this.typing === is) return
    this.typing = is
    this.#tell('status')
  }

  go(hash) {
    if (location.hash === hash) dispatchEvent(new HashChangeEvent('hashchange'))
    else location.hash = hash
  }

  /** Small choices of this browser, never content: a remembered school, which line is in hand. */
  remember(name, value) {
    try {
      if (value == null) localStorage.removeItem(`walkapp:${name}`)
      else localStorage.setItem(`walkapp:${name}`, value)
    } catch {
      // A browser that keeps nothing asks again.
    }
  }

  recall(name) {
    try {
      return localStorage.getItem(`walkapp:${name}`)
    } catch {
      return null
    }
  }

  /** What the person chose for this tablet: the hand that taps, and how bright. */
  dress() {
    const { dataset } = document.documentElement
    for (const [name, plain] of [
      ['hand', 'right'],
      ['dim', 'off'],
    ]) {
      const chosen = this.recall(name) ?? plain
      if (chosen === plain) delete dataset[name]
      else dataset[name] = chosen
    }
  }

  chooseSpace(id) {
    this.remember('space', id)
    location.reload()
  }

  /** Begin anew in another language, as soon as nothing is half typed and nothing is on its way into the storage. */
  async speak(code) {
    this.language.choose(code)
    while (this.saving || this.typing) await new Promise((resolve) => this.addEventListener('status', resolve, { once: true }))
    location.reload()
  }

  // ---- the network half: fetched after the first paint, running for as long as the page is open -----

  async connect() {
    // An answer could not be written down: nothing is asked.
    if (this.status.readOnly) return
    const mine = (this.#connecting = {})
    await insist(NETWORK_HALF)
    const [{ startSyncer }, session, photos] = await Promise.all([
      import('./sync/syncer.js'),
      this.#session(),
      this.#openPhotos(),
    ])
    await this.#syncer?.stop()
    // Signed in meanwhile: whoever began later goes on, or two would send side by side.
    if (mine !== this.#connecting) return
    const { account } = this.person
    this.#syncer = startSyncer({
      store: this.store,
      transport: this.#transport,
      spaces: () => this.person.spaces.map(({ id }) => id),
      refreshPerson: async () => this.#take(await session.checkSession()),
      device: deviceId,
      renewDevice: device.renewDevice,
      build: this.build,
      now: this.now,
      random: Math.random,
      surroundings: { isVisible: () => document.visibilityState === 'visible' },
      isStillMe: async () => (await currentPerson())?.account.id === account.id,
      after: photos.after,
    })
    this.#take(await session.checkSession())
  }

  async #session() {
    await insist(NETWORK_HALF)
    const [{ makeSession }, { makeTransport }] = await Promise.all([import('./sync/session.js'), import('./sync/transport.js')])
    this.#transport ??= makeTransport({ now: this.now })
    return makeSession({ transport: this.#transport, device, store: () => this.store, deviceName: deviceName() })
  }

  /** Roles may have changed since the tablet last asked; without a network nothing changes. */
  #take({ person, signedOut }) {
    if (signedOut) this.store.note({ signedOut: true })
    const known = ({ spaces, elsewhere }) => JSON.stringify([spaces, elsewhere])
    if (!person || known(person) === known(this.person)) return
    this.#be(person)
    this.#syncer?.poke()
  }

  /** Nobody is known here yet; somebody may have signed in on a page of the server, by an invitation for one. */
  async takeOver() {
    const session = await this.#session()
    const { person } = await session.checkSession()
    // Somebody may have signed in on this page while the server was asked.
    if (person && !this.person) await this.#welcome(person)
  }

  /** @returns {Promise<import('./core/types.js').Problem|null>} what is in the way, or nothing */
  async signIn(email, password) {
    const session = await this.#session()
    const { person, problem } = await session.signIn(email, password)
    if (problem) return problem
    await this.#welcome(person)
    return null
  }

  async #welcome(person) {
    const began = location.hash
    if (this.store?.account !== person.account.id) await this.enter(person)
    this.#be(person)
    // The screens are there as soon as the store is open: whoever has gone on by then is not fetched back.
    if (location.hash === began) this.go('#/')
    this.connect()
  }

  async signOut() {
    const session = await this.#session()
    const answer = await session.signOut()
    if (answer.refused) return answer
    await this.#syncer?.stop()
    location.hash = ''
    location.reload()
    return answer
  }

  /** Being ready without a network, and new versions, which are offered and never forced. */
  async prepareOffline() {
    const { askToStay, startOffline } = await import('./offline.js')
    if (this.store) askToStay(this.store)
    const text = t('A new version is ready. It starts with a reload; nothing you wrote is lost.')
    // Whoever looks at "This tablet" meanwhile sees it become ready.
    const onReady = () => this.#tell('status')
    await startOffline({
      onOffer: (take) => this.#offer({ text, words: t('Use the new version'), take }),
      onReady,
      words: this.language.words,
    })
  }

  /** The person has heard what waits on another tablet of theirs. */
  async heardOfElsewhere() {
    const { elsewhere: _heard, ...person } = this.person
    await device.setPerson(person)
    this.#be(person)
  }

  async sendNow() {
    await this.#syncer?.poke({ byHand: true })
  }

  signInAgain() {
    this.go('#/sign-in')
  }

  /** Everything that is missing on this tablet, be it files of the app or records, is asked for anew. */
  async fetchMissing() {
    const { fillAgain } = await import('./offline.js')
    await Promise.all([fillAgain(), this.store.fetchAgain().catch(() => {})])
    await this.sendNow()
  }

  async isOfflineReady() {
    const { isReadyOffline } = await import('./offline.js')
    return isReadyOffline()
  }

  // ---- photos --------------------------------------------------------------------------------------

  async #openPhotos() {
    const { openPhotos } = await import('./photos.js')
    const spaces = () => this.person.spaces.map(({ id }) => id)
    if (this.#photos?.store !== this.store)
      this.#photos = { store: this.store, ...openPhotos({ store: this.store, spaces, now: this.now, random: Math.random }) }
    return this.#photos
  }

  /** The picture as it would be kept, painted over where it is to be covered; nothing is kept yet. */
  async paintPhoto(file, boxes) {
    return (await import('./photos.js')).paintAnew(file, boxes)
  }

  /** Resolves when the photo and its line are durable on this tablet, and were read back whole. */
  async addPhoto(record, photo, words) {
    this.#saves(+1)
    try {
      const files = await this.store.files()
      return await files.add(this.space.id, record, photo, { at: this.now(), ...words })
    } finally {
      this.#saves(-1)
    }
  }

  /** A photo of a record, from here or from the server, or why it cannot be shown. */
  async lookAtPhoto(record, sha) {
    const { look } = await this.#openPhotos()
    return look({ space: (await this.store.read(record))?.space ?? this.space.id, record, sha })
  }

  // ---- the person's own copies ---------------------------------------------------------------------

  async copy(text) {
    await navigator.clipboard.writeText(text)
    this.announce(t('Copied.'))
  }

  saveCopy() {
    this.go('#/copy')
  }

  /** Close what is unsent, or everything, into one file; it is handed over by a tap of its own. */
  async makeCopy(words, everything) {
    const { closedFile } = await import('./ui/save-copy.js')
    const found = await this.store.collect(everything)
    const { person, build } = this
    return { ...found, file: await closedFile(found.contents, words, { person, build, now: this.now() }) }
  }

  /** Put what a copy holds among what waits; it is sent like everything else. */
  async openCopy(file, words) {
    const { openedFile } = await import('./ui/save-copy.js')
    const contents = await openedFile(file, words)
    const spaces = this.person.spaces.map(({ id }) => id)
    const taken = await this.store.takeIn(spaces, contents)
    this.#syncer?.poke()
    return taken
  }

  /** Why nothing is sent, for whoever looks after the server: counts and times, no words and no names. */
  async saveReport() {
    const { saveReport } = await import('./ui/report-file.js')
    const { build, person, status } = this
    saveReport({ build, device: await deviceId(), spaces: person.spaces.map(({ id }) => id), status }, this.now())
  }

  async tryAgain(cid) {
    await this.store.tryAgain(cid)
    this.#syncer?.poke()
  }

  /** How much room the app takes on the tablet, in words; empty where the browser does not say. */
  async room() {
    const { usage, quota } = (await navigator.storage?.estimate?.()) ?? {}
    if (usage == null) return ''
    const used = oneDigit(usage / 1e6)
    if (quota == null) return t('{used} MB used', { used })
    return t('{used} MB used, {left} GB left', { used, left: oneDigit((quota - usage) / 1e9) })
  }

  announce(words) {
    this.dispatchEvent(new CustomEvent('said', { detail: words }))
  }

  #offer(offer) {
    this.offer = offer
    this.#tell('offer')
  }

  #tell(name) {
    this.dispatchEvent(new Event(name))
  }
}

/** @param {{all: object[], chosen: string, words: string|null, choose: (code: string) => void}} language */
export async function start(language) {
  const app = new App()
  app.language = language
  app.dress()
  // On its way while the storage opens: most often it is what is shown.
  SCREENS[readRoute(location.hash).name]?.bring().catch(() => {})
  const person = await currentPerson().catch(() => void (app.isShut = true))
  if (person) await app.enter(person)
  const shell = document.createElement('walk-app')
  shell.app = app
  shell.addEventListener('screen-ready', () => settle(app), { once: true })
  await shell.show()
  document.body.replaceChildren(shell)
}

/** The first screen is painted: now the rest may come. */
function settle(app) {
  performance.mark('usable')
  document.documentElement.dataset.ready = 'true'
  requestAnimationFrame(() => setTimeout(() => afterwards(app)))
}

/** What says how things stand comes first, then all that defends and sends: a page without them must not look whole. */
const SAYING = () =>
  Promise.all([import('./ui/parts/status-line.js'), import('./ui/parts/storage-notices.js'), import('./offline.js')])
const NETWORK_HALF = () =>
  Promise.all([
    import('./defence.js'),
    import('./photos.js'),
    import('./sync/session.js'),
    import('./sync/syncer.js'),
    import('./sync/transport.js'),
  ])

async function afterwards(app) {
  const { person } = app
  await insist(SAYING)
  // Where it cannot be made ready, "This tablet" says so; the app works on with a network.
  app.prepareOffline().catch(() => {})
  import('./ui/days.js').then(({ keepDays }) => keepDays(app)).catch(() => {})
  // Another tab signed in or out: this one must not go on as somebody else.
  device.onPersonChange((account) => account !== (app.person?.account.id ?? null) && location.reload())
  if (app.isShut) return
  await insist(NETWORK_HALF)
  if (!app.person) return app.takeOver()
  await app.defend().catch(() => {})
  // What cannot be read is set apart before anything is sent; what an earlier page could not write is written.
  if (!app.status.readOnly) await app.store.recover().catch(() => {})
  // Whoever signed in meanwhile is connected already.
  if (app.person?.account.id === person?.account.id) app.connect()
}

/** A file of the app that a bad network did not bring is asked for again: ever later, and when the network is back. */
async function insist(bring) {
  for (let wait = 2_000; ; wait = Math.min(2 * wait, 60_000)) {
    const came = await bring().then(Boolean, () => false)
    if (came) return
    await new Promise((resolve) => {
      addEventListener('online', resolve, { once: true })
      setTimeout(resolve, wait)
    })
  }
}

/** Is the app open in no other tab of this browser? The lock is held for as long as this page lives. */
async function openAlone(account) {
  const name = `walkapp-open:${account}`
  const { held = [] } = (await navigator.locks?.query()) ?? {}
  navigator.locks?.request(name, { mode: 'shared' }, () => new Promise(() => {}))
  return !held.some((lock) => lock.name === name)
}

/** "12.0", as the person's language writes it. */
function oneDigit(number) {
  return number.toLocaleString(locales(), { minimumFractionDigits: 1, maximumFractionDigits: 1, useGrouping: false })
}

/** How the tablet is called in the list of sign-ins, so that a lost one can be found and ended. */
function deviceName() {
  const kind = /iPad|iPhone|Android|CrOS|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0] ?? 'Tablet'
  return { CrOS: 'Chromebook', Macintosh: 'Mac or iPad' }[kind] ?? kind
}
