import { html, nothing } from '../../vendor/lit-html.js'
import { t } from '../../core/gettext.js'
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
        ${isLight ? html`<button type="button" class="button button-quiet" @click=${() => this.#aside(name)}>${t('OK')}</button>` : nothing}</p>
    </div>`
  }

  #aside(name) {
    this.#putAside.add(name)
    this.paint()
  }
}

const saveCopy = (app) => [t('Save a copy'), () => app.saveCopy()]
const freeSpace = (app) => [t('Free space'), () => app.freeSpace()]
const tryAgain = (app) => [t('Try again'), () => app.tryStorageAgain()]
const reload = [t('Reload'), () => location.reload()]

const NOTICES = [
  {
    name: 'full',
    tone: 'negative',
    isDue: ({ storageTrouble }) => storageTrouble === 'full',
    words: () => t("This tablet's storage is full. Your text is still here."),
    acts: (app) => [saveCopy(app), freeSpace(app), tryAgain(app)],
  },
  {
    name: 'lost',
    tone: 'negative',
    isDue: ({ storageTrouble }) => storageTrouble === 'lost',
    words: () => t("This tablet's storage does not answer. Your text is still here."),
    acts: (app) => [saveCopy(app), tryAgain(app), reload],
  },
  {
    name: 'newer',
    tone: 'caution',
    isDue: ({ readOnly }) => readOnly === 'newer',
    words: () => t('A newer version of this app is at work on this tablet. Here you can only read. Reload to go on writing.'),
    acts: (app) => [reload, saveCopy(app)],
  },
  {
    name: 'failed',
    tone: 'negative',
    isDue: ({ readOnly }) => readOnly === 'failed',
    words: ({ errorId }) =>
      t('This tablet can only be read at the moment: its storage could not be brought to this version ({id}).', { id: errorId }),
    acts: (app) => [saveCopy(app), reload],
  },
  {
    name: 'damage',
    tone: 'negative',
    isDue: ({ damage }) => Boolean(damage) && !/^#\/(damage|)$/.test(location.hash || '#/'),
    words: () => t('The storage of this tablet was damaged or cleared. Something may be missing.'),
    acts: (app) => [[t('See what is missing'), () => app.go('#/damage')]],
  },
  {
    name: 'elsewhere',
    tone: 'caution',
    isDue: (_status, { person }) => person.elsewhere?.length > 0,
    words: (_status, now, { person }) => person.elsewhere.map((one) => elsewhereWords(one, now)).join(' '),
    acts: (app) => [
      [t('Open a copy'), () => app.go('#/copy/open')],
      [t('OK'), () => app.heardOfElsewhere()],
    ],
  },
  {
    name: 'stalled',
    tone: 'negative',
    isDue: ({ stalled }) => stalled,
    words: () =>
      t(
        'There is a network, and still nothing could be sent for a while. All of it is kept here. Save a copy, and give the report to your administrator: it holds nothing you wrote.',
      ),
    acts: (app) => [saveCopy(app), [t('Save the report'), () => app.saveReport()], [t('Send now'), () => app.sendNow()]],
  },
  {
    name: 'waiting',
    tone: 'caution',
    isDue: ({ unsentTooLong }) => unsentTooLong,
    words: ({ oldestWaitingAt }, now) =>
      t('Work has waited on this tablet for {age}, and this browser does not promise to keep it. Send it, or save a copy.', {
        age: sayAge(oldestWaitingAt, now),
      }),
    acts: (app) => [[t('Send now'), () => app.sendNow()], saveCopy(app)],
  },
  {
    name: 'room',
    tone: 'caution',
    isLight: true,
    isDue: ({ lowRoom, storageTrouble }) => lowRoom && storageTrouble !== 'full',
    words: () => t('This tablet has little room left. Send what waits, and free some space, before you take photos.'),
    acts: (app) => [freeSpace(app)],
  },
  {
    name: 'passing',
    tone: 'caution',
    isLight: true,
    isDue: ({ isPassing }) => isPassing,
    words: () =>
      t('This looks like a private window: what you write here goes when it is closed. Open the app in a usual window.'),
    acts: (app) => [saveCopy(app)],
  },
  {
    name: 'restored',
    tone: 'quiet',
    isLight: true,
    isDue: ({ restoredAt }) => Boolean(restoredAt),
    words: ({ restoredAt }, now) =>
      t('The app was cut off. Everything up to {time} is restored.', { time: sayTime(restoredAt, now) }),
    acts: () => [],
  },
]

define('storage-notices', StorageNotices, ['app'])
