import { html, keyed } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { path } from '../../core/observation.js'
import { doneSteps, JUDGING_LINE, judgingLine, PRACTICE, practiceRecords, practiceRubric, STEPS } from '../../core/practice.js'
import { sayAge } from '../../core/time.js'
import { define, Screen } from '../element.js'
import { icon } from '../parts/icons.js'
import { PracticeApp } from '../practice-app.js'
import '../parts/practice-guide.js'
import './visit.js'

const BEGIN = `#/visit/${PRACTICE}`
/** More than a district has. */
const MOST_WORDS = 200

/** The real visit screen over an app that forgets, with a guide above it: whoever leaves this screen leaves nothing behind. */
class PracticeScreen extends Screen {
  #practice = null
  #body = null
  #done = []
  #hasUndone = false
  #took = ''

  /** Rubrics and their words are read before the practice begins; from then on the real store is asked for nothing. */
  async load() {
    if (this.#practice) return
    const { store, space } = this.app
    const [all, lines] = await Promise.all([store.all('rubric'), store.list('rubric_words', { limit: MOST_WORDS })])
    const rubrics = all.filter((one) => one.space === space.id)
    this.lines = lines.filter(({ summary }) => summary.language === document.documentElement.lang)
    const words = await Promise.all(this.lines.map(({ id }) => store.read(id)))
    // Asked twice at once, the second must not take away what the first began.
    if (this.#practice) return
    this.library = [...rubrics, ...words.filter(Boolean)]
    this.rubric = practiceRubric(rubrics)
    if (this.rubric) this.#begin()
  }

  #begin() {
    const { app, library, lines } = this
    const begun = practiceRecords({ rubric: this.rubric.id, now: app.now() })
    this.#practice = new PracticeApp({
      records: [...library, ...begun],
      lines,
      now: app.now,
      newId: app.newId,
      go: (hash) => app.go(hash),
      announce: (words) => app.announce(words),
      setting: (name) => app.recall(name),
    })
    this.#practice.addEventListener('step', this.#look)
    this.#body = begun.find(({ id }) => id === PRACTICE).body
    this.#done = []
    this.#hasUndone = false
    this.#took = ''
  }

  #look = async () => {
    const { store, isTyping } = this.#practice
    this.#body = (await store.read(PRACTICE)).body
    // Half a word is not what its writer means.
    if (!isTyping) this.#learn()
    if (this.isConnected) this.paint()
  }

  /** What was done once stays done, also when it was taken back. */
  #learn() {
    const writing = this.#practice.recall(`writing:${PRACTICE}`)
    const now = doneSteps(this.#body, { writing, undone: this.#hasUndone })
    this.#done = STEPS.map(({ name }) => name).filter((name) => this.#done.includes(name) || now.includes(name))
    if (!now.includes('given') || this.#took) return
    this.#took = sayAge(this.#body.started_at, this.app.now())
    queueMicrotask(() => this.querySelector('h1')?.focus())
  }

  view() {
    if (!this.ready) return html`<p class="page quiet">${t('Opening…')}</p>`
    if (!this.#practice) return this.#nothingYet()
    if (this.#took) return this.#whole()
    return html`<practice-guide .done=${this.#done} .isPut=${JUDGING_LINE in this.#body.evidence} @put=${this.#put}></practice-guide>
      ${keyed(this.#practice, html`<visit-screen .app=${this.#practice} .route=${this.route} @undone=${this.#onUndone}></visit-screen>`)}`
  }

  #nothingYet() {
    return html`<div class="page page-narrow"><h1>${t('Practise a visit')}</h1>
      <p>${t('There is no rubric on this tablet to practise with. Rubrics come the first time it reaches the server.')}</p></div>`
  }

  #whole() {
    return html`<div class="page page-narrow">
      <p><strong>${t('Practice: nothing of this is kept or sent.')}</strong></p>
      <h1 tabindex="-1">${t('That is a whole visit')}</h1>
      <p>${t('It took {time}. This is what you practised:', { time: this.#took })}</p>
      <ul class="rows">${STEPS.map((step) => this.#practised(step))}</ul>
      <p class="cluster"><a class="button button-primary" href="#/start">${t('Start a real visit')}</a> <button type="button" class="button" @click=${this.#again}>${t('Again')}</button></p>
    </div>`
  }

  #practised({ name, title }) {
    const isDone = this.#done.includes(name)
    return html`<li class="practised">${isDone ? icon('tick') : html`<span></span>`}<span>${title}</span> <span class="quiet small">${isDone ? tc('a step', 'done') : t('not this time')}</span></li>`
  }

  /** Put there by the guide, so it is no step of the learner's that could be undone. */
  #put = async () => {
    const practice = this.#practice
    if (!(JUDGING_LINE in this.#body.evidence)) {
      const set = { [path.evidence(JUDGING_LINE)]: judgingLine(practice.now()) }
      await practice.save([{ id: PRACTICE, kind: 'observation', set }])
    }
    practice.go(`${BEGIN}/notes/${JUDGING_LINE}`)
  }

  #onUndone = () => {
    this.#hasUndone = true
    this.#look()
  }

  #again = () => {
    this.#begin()
    this.app.go(BEGIN)
    this.paint()
    this.closest('main')?.focus({ preventScroll: true })
  }
}

define('practice-screen', PracticeScreen, ['route'])
