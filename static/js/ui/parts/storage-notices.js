import { html, nothing } from '../../vendor/lit-html.js'
import { sayAge, sayTime } from '../../core/time.js'
import { elsewhereWords } from '../../core/words.js'
import { define, LightElement } from '../element.js'

const TICK_MS = 60_000

/** The gravest that the storage of this tablet has to say, above whatever screen is shown, and a way on. The rest comes after it. */
class StorageNotices extends LightElement {
  #timer = 0
  #putAside = new Set()
  #onStatus = () => this.paintSoon()

  connectedCallback() {
    this.app.addEventListener('status', this.#onStatus)
    this.app.addEventListener('person', this.#onStatus)
    this.#timer = setInterval(this.#onStatus, TICK_MS)
    this.paint()
  }

  disconnectedCallback() {
    this.app.removeEventListener('status', this.#onStatus)
    this.app.removeEventListener('person', this.#onStatus)
    clearInterval(this.#timer)
  }

  view() {
    const { status, person } = this.app
    if (!person || this.app.isShut || status.storageTrouble === 'closed') return nothing
    const due = NOTICES.find(({ isDue, name }) => isDue(status, this.app) && !this.#putAside.has(name))
    // On a phone, two of them would leave no room for the work itself.
    return due ? html`<div class="page page-narrow storage-notices">${this.#notice(due, status)}</div>` : nothing
  }

  #notice({ name, tone, words, acts, isLight }, status) {
    return html`<div class=${`note-box note-${tone}`} role=${tone === 'negative' ? 'alert' : 'status'}>
      <p>${words(status, this.app.now(), this.app)}</p>
      <p class="cluster">${acts(this.app).map(([label, act]) => html`<button type="button" class="button" @click=${act}>${label}</button>`)}
        ${isLight ? html`<button type="button" class="button button-quiet" @click=${() => this.#aside(name)}>OK</button>` : nothing}</p>
    </div>`
  }

  #aside(name) {
    this.#putAside.add(name)
    this.paint()
  }
}

const saveCopy = (app) => ['Save a copy', () => app.saveCopy()]
const freeSpace = (app) => ['Free space', () => app.freeSpace()]
const tryAgain = (app) => ['Try again', () => app.tryStorageAgain()]
const reload = ['Reload', () => location.reload()]

const NOTICES = [
  {
    name: 'full',
    tone: 'negative',
    isDue: ({ storageTrouble }) => storageTrouble === 'full',
    words: () => "This tablet's storage is full. Your text is still here.",
    acts: (app) => [saveCopy(app), freeSpace(app), tryAgain(app)],
  },
  {
    name: 'lost',
    tone: 'negative',
    isDue: ({ storageTrouble }) => storageTrouble === 'lost',
    words: () => "This tablet's storage does not answer. Your text is still here.",
    acts: (app) => [saveCopy(app), tryAgain(app), reload],
  },
  {
    name: 'newer',
    tone: 'caution',
    isDue: ({ readOnly }) => readOnly === 'newer',
    words: () => 'A newer version of this app is at work on this tablet. Here you can only read. Reload to go on writing.',
    acts: (app) => [reload, saveCopy(app)],
  },
  {
    name: 'failed',
    tone: 'negative',
    isDue: ({ readOnly }) => readOnly === 'failed',
    words: ({ errorId }) =>
      `This tablet can only be read at the moment: its storage could not be brought to this version (${errorId}).`,
    acts: (app) => [saveCopy(app), reload],
  },
  {
    name: 'damage',
    tone: 'negative',
    isDue: ({ damage }) => Boolean(damage) && !/^#\/(damage|)$/.test(location.hash || '#/'),
    words: () => 'The storage of this tablet was damaged or cleared. Something may be missing.',
    acts: (app) => [['See what is missing', () => app.go('#/damage')]],
  },
  {
    name: 'elsewhere',
    tone: 'caution',
    isDue: (_status, { person }) => person.elsewhere?.length > 0,
    words: (_status, now, { person }) => person.elsewhere.map((one) => elsewhereWords(one, now)).join(' '),
    acts: (app) => [
      ['Open a copy', () => app.go('#/copy/open')],
      ['OK', () => app.heardOfElsewhere()],
    ],
  },
  {
    name: 'stalled',
    tone: 'negative',
    isDue: ({ stalled }) => stalled,
    words: () =>
      'There is a network, and still nothing could be sent for a while. All of it is kept here. Save a copy, and give the report to your administrator: it holds nothing you wrote.',
    acts: (app) => [saveCopy(app), ['Save the report', () => app.saveReport()], ['Send now', () => app.sendNow()]],
  },
  {
    name: 'waiting',
    tone: 'caution',
    isDue: ({ unsentTooLong }) => unsentTooLong,
    words: ({ oldestWaitingAt }, now) =>
      `Work has waited on this tablet for ${sayAge(oldestWaitingAt, now)}, and this browser does not promise to keep it. Send it, or save a copy.`,
    acts: (app) => [['Send now', () => app.sendNow()], saveCopy(app)],
  },
  {
    name: 'room',
    tone: 'caution',
    isLight: true,
    isDue: ({ lowRoom, storageTrouble }) => lowRoom && storageTrouble !== 'full',
    words: () => 'This tablet has little room left. Send what waits, and free some space, before you take photos.',
    acts: (app) => [freeSpace(app)],
  },
  {
    name: 'passing',
    tone: 'caution',
    isLight: true,
    isDue: ({ isPassing }) => isPassing,
    words: () => 'This looks like a private window: what you write here goes when it is closed. Open the app in a usual window.',
    acts: (app) => [saveCopy(app)],
  },
  {
    name: 'restored',
    tone: 'quiet',
    isLight: true,
    isDue: ({ restoredAt }) => Boolean(restoredAt),
    words: ({ restoredAt }, now) => `The app was cut off. Everything up to ${sayTime(restoredAt, now)} is restored.`,
    acts: () => [],
  },
]

define('storage-notices', StorageNotices, ['app'])
