import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { t, tc } from '../../core/gettext.js'
import { momentOfStep } from '../../core/feedback.js'
import { areRatingsFrozen, evidenceOf, path } from '../../core/observation.js'
import { sameList } from '../../core/same.js'
import { AnswerHand } from '../answer-hand.js'
import { Draft } from '../draft.js'
import { define, Screen } from '../element.js'
import { OwnHelps } from '../own-helps.js'
import { icon } from '../parts/icons.js'
import { Pen } from '../pen.js'
import { PhotoHand } from '../photo-hand.js'
import { roomNow } from '../room-clock.js'
import { roomName, visitName } from '../room-words.js'
import { canCoach } from '../routes.js'
import { findIndicator, hasWords, itemsOf, tieTargets } from '../rubric-view.js'
import { allRubrics, RUBRIC_KINDS, readRubric } from '../rubrics.js'
import { ScriptHand } from '../script-hand.js'
import { VisitKeys } from '../visit-keys.js'
import { stayAwake } from '../wake-lock.js'
import '../parts/clock-note.js'
import '../parts/finish-view.js'
import '../parts/last-step.js'
import '../parts/given-visit.js'
import '../parts/indicator-overview.js'
import '../parts/indicator-sheet.js'
import { otherVisit } from '../parts/joined-visit.js'
import '../parts/look-fors.js'
import '../parts/count-view.js'
import '../parts/note-composer.js'
import '../parts/progress-marks.js'
import '../parts/room-facts.js'
import '../parts/script-lines.js'
import '../parts/sweep-cue.js'
import '../parts/visit-media.js'
import '../parts/visit-notices.js'
import '../parts/visit-ring.js'

const ENOUGH_PLACES = 300
const ROOM_KINDS = ['visit_room', 'room']
const VIEWS = ['notes', 'indicators', 'count', 'room', 'finish']

/** The heart: script and indicators of one observation. Every tap shows at once and is then written. */
class VisitScreen extends Screen {
  #shown = ''
  #begin = undefined
  #draft = null
  #lines = null
  #answers = null
  #helps = null
  #doubles = null
  #wasOpen = false
  joinedTo = null

  connectedCallback() {
    super.connectedCallback()
    if (this.app.recall('awake') !== 'off') this.#letSleep = stayAwake()
    document.addEventListener('keydown', this.#keys.pressed)
    this.#pen.watch()
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.#letSleep()
    document.removeEventListener('keydown', this.#keys.pressed)
    this.#pen.rest()
  }
  #letSleep = () => {}
  #pen = new Pen(this)

  #keys = new VisitKeys({
    screen: this,
    undo: () => this.#undo(),
    finish: () => this.#finish(),
    rate: (detail) => this.#answers.rating({ detail }),
  })

  get id() {
    return this.route.parts[0]
  }

  get record() {
    return this.#draft?.record
  }

  async load() {
    this.#draft ??= new Draft({ id: this.id, app: this.app, shown: () => this.paint(), again: () => this.reload() })
    this.#lines ??= new ScriptHand({ app: this.app, draft: this.#draft, opened: (id) => this.#openLine(id) })
    this.#answers ??= new AnswerHand(this.#draft)
    this.#helps ??= new OwnHelps({ app: this.app, id: this.id, shown: () => this.paint() })
    if (!(await this.#draft.read()) || !this.record) return
    await this.#readRubrics(this.record.body.rubric)
    this.receipt = this.record.body.state === 'draft' ? null : await this.app.store.receiptOf(this.id)
    this.authors = this.record.body.also ? await this.app.store.conflictsIn(this.id) : []
    this.joinedTo = await this.#joined()
    this.newer = await this.#newerRubric()
    await this.#findRoom()
    if (!this.#doubles) this.#lookForDoubles()
    if (this.#begin === undefined) this.#begin = this.#lineInHand()
  }

  /** Again only when one of them came or changed: a tap leaves them as they are. */
  async #readRubrics(own) {
    if (this.#hasRubrics && this.rubric?.id === own) return
    this.#hasRubrics = true
    ;[this.rubric, this.library] = await Promise.all([readRubric(this.app, own), allRubrics(this.app)])
    this.#sheet = null
  }
  #hasRubrics = false

  /** A later version of the draft's own rubric, unless its observer chose to stay; its element comes with it. */
  async #newerRubric() {
    const { state, returned, also, rubric } = this.record.body
    if (state !== 'draft' || returned || also) return null
    const own = this.library.find(({ id }) => id === rubric)
    const later = this.library.filter(({ body }) => body.rubric === own?.body.rubric && body.version > own.body.version)
    const newest = later.sort((a, b) => b.body.version - a.body.version)[0]
    if (!newest || this.#helps.left.includes(`stay:${newest.id}`)) return null
    await import('../parts/newer-rubric.js')
    return newest
  }

  #onMoveUp = async ({ detail: { set } }) => {
    this.#draft.forgetSteps()
    await this.#draft.write(set)
    await this.reload()
    this.app.announce(t('Moved to version {version}.', { version: String(this.rubric.body.version) }))
  }

  #stay = () => {
    this.#helps.leave({ detail: { key: `stay:${this.newer.id}` } })
    this.reload()
  }

  /** What sweeps and turns are counted by: the visit's own rubric, or the newest that has them. */
  get #instruments() {
    const all = [...this.library].sort((a, b) => b.body.version - a.body.version)
    const having = (part) => [this.rubric, ...all].find((one) => one.body.content[part])
    return { sweep: having('sweep'), turns: having('turns') }
  }

  /** The observer's own help against a wrong tap; the room is a record apart, and the note does not hold it. */
  async #findRoom() {
    if (this.#hasSoughtRoom) return
    this.#hasSoughtRoom = true
    const { records, isWhole } = await this.app.store.recent('visit_room', ENOUGH_PLACES)
    await this.#foundRoom(records)
    // Of thousands nobody waits for the last: the name comes when it is found.
    if (!this.room && !isWhole) this.app.store.all('visit_room').then((all) => this.#foundRoom(all).then(() => this.paintSoon()))
  }

  async #foundRoom(places) {
    const place = places.find(({ body }) => body.visit === this.record.body.visit)
    this.room = place ? await this.app.store.read(place.body.room) : null
  }
  #hasSoughtRoom = false

  /** What it was brought together with, and stands under; most often nothing. */
  async #joined() {
    if (!this.record.body.same_as) return null
    const { standsFor } = await import('../standing.js')
    return standsFor(this.app.store, this.record)
  }

  /** Nobody waits for it: whoever writes goes on writing. */
  async #lookForDoubles() {
    const { DoublesHand } = await import('../doubles-hand.js')
    const concerns = ({ what, ids, first }) => ids.includes(this.id) && (what !== 'left' || first.id === this.id)
    this.#doubles ??= new DoublesHand({ app: this.app, shown: () => this.paint(), concerns })
    await this.#doubles.look()
  }

  onChanged({ ids, kinds, here, fromServer }) {
    if (ids?.length === 1 && ids[0] === this.id && this.record) return this.#draft.changed(here && !fromServer)
    const isOfRubrics = !ids || RUBRIC_KINDS.some((kind) => kinds?.includes(kind))
    const isOfRoom = !this.room && (!ids || ROOM_KINDS.some((kind) => kinds?.includes(kind)))
    if (isOfRubrics) this.#hasRubrics = false
    if (isOfRoom) this.#hasSoughtRoom = false
    if (isOfRubrics || isOfRoom || ids.includes(this.id)) this.reload()
    if (this.#doubles) this.#lookForDoubles()
  }

  view() {
    if (!this.ready) return html`<p class="page quiet">${t('Opening…')}</p>`
    if (!this.record || !this.rubric) return this.#missing()
    if (this.record.body.state !== 'draft' || this.record.newer) return this.#given()
    // Who is writing here while another tablet joins it writes on, and is told.
    if (this.joinedTo && !this.#wasOpen) return this.#joinedView()
    this.#wasOpen = true
    return this.#open()
  }

  paint() {
    super.paint()
    const shown = this.route.parts.join('/')
    if (!this.ready || !this.record || shown === this.#shown) return
    const wasHere = this.#shown !== ''
    this.#shown = shown
    this.#arrive(wasHere)
  }

  /** Bring what the address names into sight: the newest note, a domain, the heading of a sheet. */
  #arrive(wasHere) {
    const [, part, domain] = this.route.parts
    // At once: a scroll that comes later would move what a quick finger is about to touch.
    if (part && wasHere) this.#toTop()
    if (part === 'notes' && domain) return this.#openLine(domain)
    nextFrame(() => {
      if (!part || !wasHere) this.#toNewest()
      if (part && wasHere) this.#toHeading(domain)
      if (!wasHere) this.#pen.returns((field) => this.#lineUnder(field)?.open())
    })
  }

  #toNewest() {
    const script = this.querySelector('.visit-script')
    // What was sent back is read from the top: the reason stands there.
    if (!script || this.record.body.returned) return
    script.scrollTop = script.scrollHeight
    if (this.#part() === 'notes') scrollTo(0, document.documentElement.scrollHeight)
  }

  #toTop() {
    this.querySelector('.visit-work')?.scrollTo(0, 0)
    scrollTo(0, 0)
  }

  #toHeading(domain) {
    // Whoever has begun to write meanwhile keeps the pen.
    if (document.activeElement?.matches('textarea, input')) return
    const heading = this.querySelector(domain ? `#domain-${CSS.escape(domain)}` : '.visit-work [tabindex]')
    heading?.focus({ preventScroll: !domain })
  }

  // ---- the screen while the observation is the observer's own -------------------------------------

  #open() {
    const { body } = this.record
    const part = this.#part()
    return html`<div class="visit" data-part=${part === 'notes' ? 'notes' : 'work'}>
      ${this.#bar(body)}
      <div class="visit-alert">${this.#draft.hasUnsaved ? this.#alert() : nothing}${this.joinedTo ? this.#joinedMeanwhile() : nothing}<clock-note .app=${this.app}></clock-note></div>
      <section class="visit-script" aria-label=${t('Notes')}>${this.#lastStep(body, 'notes')}<look-fors .app=${this.app} .walk=${body.walk}></look-fors>${this.#twice()}${this.newer ? html`<newer-rubric class="visit-doubles" .rubric=${this.rubric} .newer=${this.newer} .body=${body} .newId=${this.app.newId} .now=${this.app.now} @move=${this.#onMoveUp} @stay=${this.#stay}></newer-rubric>` : nothing}<visit-notices class="visit-notices" .app=${this.app} .observation=${this.id} .body=${body} .content=${this.#content} .authors=${this.authors} .now=${this.app.now()} @chosen=${this.#onChosen}></visit-notices>${this.#written(body)}${this.#media(body)}</section>
      <section class="visit-work" aria-label=${t('Rating')} lang=${this.#isEnglish(part) ? 'en' : nothing}>${this.#lastStep(body, 'count')}${this.#work(part, body)}</section>
      <div class="visit-dock">
        ${keyed(
          this.id,
          html`<note-composer .begin=${this.#begin} .tie=${this.#target(part)} .newId=${this.app.newId} .now=${this.app.now} .phrases=${this.#helps.phrases}
          @keep=${this.#helps.keepPhrase} @forget=${this.#helps.forgetPhrase} @line=${this.#onTyped} @added=${this.#onAdded} @typing=${this.#onTyping}></note-composer>`,
        )}
        ${this.#thumbs(part)}
      </div>
    </div>`
  }

  /** A rubric without words in the language of the page is read aloud as the English it is. */
  #isEnglish(part) {
    return part !== 'finish' && this.rubric.lang !== document.documentElement.lang
  }

  get #content() {
    return this.rubric.body.content
  }

  #part() {
    const part = this.route.parts[1] ?? (this.#content.unit === 'sweep' ? 'count' : 'notes')
    return VIEWS.includes(part) || this.#target(part) ? part : 'notes'
  }

  #target(id) {
    return tieTargets(this.#content).get(id) ?? null
  }

  #bar(body) {
    const { last } = this.#draft
    return html`<header class="visit-bar">
      <a class="back" href="#/">${icon('back')} ${t('Today')}</a>
      <div class="where"><h1>${visitName(body)}</h1><span class="small">${[this.room && roomName(this.room.body), this.rubric.body.title].filter(Boolean).join(' · ')}</span></div>
      ${
        body.state === 'draft'
          ? html`<button type="button" class="button undo" ?data-can=${Boolean(last)} aria-label=${last ? t('Undo: {step}', { step: last }) : t('Undo')} @click=${this.#undo}>${icon('undo')} ${t('Undo')}</button>
        <visit-ring .from=${body.started_at} .minutes=${this.#content.minutes} .planned=${body.minutes} .clock=${this.#roomNow}></visit-ring>
        <sweep-cue .body=${body} .visit=${this.id} .now=${this.app.now}></sweep-cue>
        <progress-marks .content=${this.#content} .body=${body} .visit=${this.id}></progress-marks>`
          : nothing
      }
    </header>`
  }

  /** Of the coaching zone, and shown to its coach alone: nothing of it goes into the visit. */
  #lastStep({ visit, walk }, where) {
    // Where the visit opens: by counting, or by writing.
    const isHere = where === (this.#content.unit === 'sweep' ? 'count' : 'notes')
    return isHere && canCoach(this.app.space)
      ? html`<last-step class="stack" lang=${document.documentElement.lang} .app=${this.app} .visit=${visit} .walk=${walk}></last-step>`
      : nothing
  }

  /** What was begun twice; its element comes with the hand. */
  #twice() {
    if (!this.#doubles?.notices.length) return nothing
    return html`<double-notices class="stack visit-doubles" .notices=${this.#doubles.notices} .now=${this.app.now()} @wish=${this.#onWish}></double-notices>`
  }

  /** What is given can no longer be brought together: the last look is the last chance. */
  #twiceHint() {
    const open = this.#doubles?.notices.filter(({ what }) => what !== 'done') ?? []
    if (!open.length) return nothing
    const words = open.some(({ what }) => what === 'left')
      ? t('Something is only in the other visit: look at it before you give this one.')
      : t('You began this visit twice: look at it before you give this one.')
    return html`<p class="note-box note-caution"><a href=${`#/visit/${this.id}`}>${words}</a></p>`
  }

  #joinedMeanwhile() {
    const visit = otherVisit(this.joinedTo, this.app.now())
    return html`<div class="note-box note-caution"><p>${t('This was brought together with {visit}. What you write here is kept; to bring it over, open that one.', { visit })}</p>
      <p><a class="button" href=${`#/visit/${this.joinedTo.id}`}>${t('Open that visit')}</a></p></div>`
  }

  #alert() {
    return html`<div class="note-box note-negative" role="alert"><p>${t('This could not be saved on this tablet. It is still on this screen, and everything before it is saved. Leave this page open, make room and try again.')}</p>
      <p class="cluster"><button type="button" class="button" @click=${() => this.#draft.saveAgain()}>${t('Try again')}</button><button type="button" class="button" @click=${this.#lines.copy}>${t('Copy the notes')}</button></p></div>`
  }

  #written(body) {
    const composer = this.querySelector('note-composer')
    const writing = composer ? composer.writing : this.#begin?.id
    this.#script = sameList(
      this.#script,
      evidenceOf(body).filter(({ id }) => id !== writing),
    )
    return html`<script-lines .lines=${this.#script} .content=${this.#content} .form=${body.form} .visit=${this.id} .revived=${this.record.revived}
      @line=${this.#lines.line} @typing=${this.#onTyping} @move=${this.#lines.move} @split=${this.#lines.split} @join=${this.#lines.join}></script-lines>`
  }
  #script = []

  get #hand() {
    this.#kept ??= new PhotoHand({ app: this.app, id: this.id, draft: () => this.#draft, shown: () => this.paint() })
    return this.#kept
  }
  #kept = null

  #media(body) {
    return html`<visit-media .body=${body} .look=${this.#hand.look} .newId=${this.app.newId} .now=${this.app.now}
      @picked=${this.#hand.picked} @photo=${this.#hand.taken} @photo-away=${this.#hand.away} @send=${() => this.app.sendNow()}
      @ink=${this.#onInk} @ink-away=${this.#onInkAway} @typing=${this.#onTyping}></visit-media>`
  }

  #work(part, body) {
    const frozen = areRatingsFrozen(body)
    const shared = { content: this.#content, body }
    const here = { newId: this.app.newId, now: this.app.now }
    if (part === 'count')
      return html`<count-view class="groups" .content=${shared.content} .body=${body} .frozen=${frozen} .visit=${this.id} .tool=${this.route.parts[2] ?? (this.#content.unit === 'sweep' && !this.route.parts[1] ? 'sweep' : undefined)} .instruments=${this.#instruments} .rubrics=${this.library} .newId=${here.newId} .now=${here.now}
        @fact=${this.#answers.fact} @asked=${this.#answers.asked} @sweep=${this.#answers.sweep} @interval=${this.#answers.interval} @turn=${this.#answers.turn} @seats=${this.#answers.seats} @talk=${this.#answers.talk} @typing=${this.#onTyping}></count-view>`
    if (part === 'room' || itemsOf(this.#content).some(({ id }) => id === part))
      return html`<room-facts class="groups" .content=${shared.content} .body=${body} .frozen=${frozen} .visit=${this.id} .newId=${here.newId} .now=${here.now}
        @fact=${this.#answers.fact} @choice=${this.#answers.choice} @row=${this.#answers.row} @typing=${this.#onTyping}></room-facts>`
    if (part === 'finish' && this.joinedTo)
      return html`<section class="stack"><h2 tabindex="-1">${t('Finish this visit')}</h2><p>${t('Give {visit}: it stands for both.', { visit: otherVisit(this.joinedTo, this.app.now()) })}</p></section>`
    if (part === 'finish')
      return html`${this.#twiceHint()}<finish-view .content=${shared.content} .body=${body} .visit=${this.id} .left=${this.#helps.left} @give=${this.#give} @leave=${this.#helps.leave}></finish-view>`
    const indicator = findIndicator(this.#content, part)
    if (indicator)
      return html`${keyed(
        part,
        html`<indicator-sheet .content=${shared.content} .body=${body} .indicator=${this.#indicator(part)} .visit=${this.id} .frozen=${frozen} .newId=${here.newId} .now=${here.now}
        @rating=${this.#answers.rating} @tie=${this.#answers.tie} @row=${this.#answers.row} @typing=${this.#onTyping}></indicator-sheet>`,
      )}`
    return this.#overview({ ...shared, visit: this.id, frozen })
  }

  /** Made once and kept while the visit is open: a long list comes back at once when it is asked for again. */
  #overview(properties) {
    this.#list ??= this.#makeOverview()
    return Object.assign(this.#list, properties)
  }
  #list = null

  #makeOverview() {
    const list = document.createElement('indicator-overview')
    list.className = 'groups'
    list.addEventListener('gate', this.#answers.gate)
    list.addEventListener('form', this.#answers.form)
    return list
  }

  #indicator(id) {
    if (this.#sheet?.id !== id) this.#sheet = findIndicator(this.#content, id)
    return this.#sheet
  }
  #sheet = null

  #thumbs(part) {
    const isItem = itemsOf(this.#content).some(({ id }) => id === part)
    const isSheet = !VIEWS.includes(part) && !isItem
    const { unit, domains } = this.#content
    const link = (name, words, sign, is, look = '') =>
      html`<li class=${look}><a href=${`#/visit/${this.id}${name ? `/${name}` : ''}`} aria-current=${is ? 'true' : nothing}>${icon(sign)}${words}</a></li>`
    return html`<nav class="thumb-bar" aria-label=${t('Parts of this visit')}><ul>
      ${link(this.#content.unit === 'sweep' ? 'notes' : '', t('Notes'), 'pen', part === 'notes', 'for-notes')}
      ${domains.length ? link('indicators', t('Indicators'), 'list', isSheet || part === 'indicators') : nothing}
      ${unit === 'school' ? nothing : link('count', t('Count'), 'sweep', part === 'count')}
      ${hasWords(this.#content) ? link('room', domains.length && unit !== 'school' ? t('The room') : t('In words'), 'room', isItem || part === 'room') : nothing}
      <li><button type="button" aria-current=${part === 'finish' ? 'true' : nothing} @click=${this.#finish}>${icon('flag')}${t('Finish')}</button></li>
    </ul></nav>`
  }

  // ---- after it was given -------------------------------------------------------------------------

  #given() {
    const { body } = this.record
    return html`<div class="given">
      ${this.#bar(body)}
      <given-visit class="reading page" .app=${this.app} .observation=${this.id} .look=${this.#hand.look} .rubrics=${this.library} .body=${body} .content=${this.#content} .receipt=${this.receipt} .now=${this.app.now()}
        @back=${() => this.#draft.write({ state: 'draft' })}></given-visit>
    </div>`
  }

  #joinedView() {
    const { body } = this.record
    return html`<div class="given">
      ${this.#bar({ ...body, state: 'joined' })}
      <joined-visit class="reading page" .look=${this.#hand.look} .rubrics=${this.library} .body=${body} .content=${this.#content} .to=${this.joinedTo} .now=${this.app.now()}
        @apart=${this.#apart}></joined-visit>
    </div>`
  }

  #missing() {
    return html`<div class="page"><h1>${t('This visit is not on this tablet')}</h1><p class="quiet">${t('It may have been started on another one and not sent yet, or it is no longer yours to see.')}</p><p><a class="button" href="#/">${t('Today')}</a></p></div>`
  }

  // ---- what happened ------------------------------------------------------------------------------

  #onTyped = ({ detail: { id, line } }) => {
    this.app.remember(`writing:${this.id}`, line && id)
    this.#lines.typed({ detail: { id, line } })
  }

  #onAdded = ({ detail: { id } }) => {
    this.app.remember(`writing:${this.id}`, null)
    this.#draft.remember(t('note added'), { [path.evidence(id)]: null })
    this.paint()
    nextFrame(() => this.#toNewest())
  }

  /** Nothing to undo by: what was beside can only be taken away. What the server keeps of it stays there. */
  #onChosen = async ({ detail: { set } }) => {
    await this.#draft.write(set)
    this.app.announce(t('Chosen. Your other tablets will show it too.'))
  }

  /** Whoever is on the later one goes on in the one that stands. */
  #onWish = async (event) => {
    const { notice, wish } = event.detail
    await this.#doubles.act(event)
    if (wish === 'join' && notice.later.id === this.id) this.app.go(`#/visit/${notice.first.id}`)
  }

  #apart = async () => {
    const { takenApart } = await import('../../core/doubles.js')
    for (const { set } of takenApart('observation', this.id, this.joinedTo.id)) await this.#draft.write(set)
    this.app.announce(t('Taken apart. What was copied stays in both.'))
  }

  #onTyping = ({ detail }) => this.app.setTyping(detail.is)

  #undo = () => {
    if (!this.#draft.last) return
    this.#draft.undoLast()
    this.say('undone')
  }

  #onInk = ({ detail: { id, ink } }) => this.#draft.write({ [path.ink(id)]: ink }, tc('a step', 'stroke'))
  #onInkAway = ({ detail: { id } }) => this.#draft.write({ [path.ink(id)]: null }, t('drawing taken away'))

  #openLine(id) {
    nextFrame(() => {
      const line = [...this.querySelectorAll('evidence-line')].find((one) => one.line.id === id)
      line?.scrollIntoView({ block: 'center' })
      line?.open()
    })
  }

  /** What is timed goes on evenly, whatever becomes of the tablet's clock. */
  #roomNow = () => roomNow(this.app.now)

  #finish = async () => {
    await this.#draft.write({ ended_at: Math.max(this.record.body.started_at, this.#roomNow()) })
    this.app.go(`#/visit/${this.id}/finish`)
  }

  #give = async () => {
    this.#draft.forgetSteps()
    // Two tablets joined it both ways and this one stands: then it is joined with nothing.
    const given = momentOfStep(this.record.body, this.app.now())
    await this.#draft.write({ state: 'submitted', given_at: given, ...(this.record.body.same_as ? { same_as: null } : {}) })
    this.app.remember(`writing:${this.id}`, null)
    this.app.go(`#/visit/${this.id}`)
    scrollTo(0, 0)
  }

  /** The line whose words are changed in a field. */
  #lineUnder(field) {
    return [...this.querySelectorAll('evidence-line')].find(({ line }) => field === `edit-${line.id}`)
  }

  /** The line the person was writing when the app was closed goes back under the pen. */
  #lineInHand() {
    // In another tab somebody may be writing it right now.
    const id = this.app.isAlone && this.app.recall(`writing:${this.id}`)
    const line = id && this.record.body.evidence?.[id]
    return line ? { id, ...line, indicators: line.indicators ?? [], isKept: true } : null
  }
}

/** Lines out of sight have their true height only after a first frame (`content-visibility`). */
function nextFrame(work) {
  requestAnimationFrame(() => requestAnimationFrame(work))
}

define('visit-screen', VisitScreen, ['route'])
