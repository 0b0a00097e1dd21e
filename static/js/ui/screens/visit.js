import { html, keyed, nothing } from '../../vendor/lit-html.js'
import { areRatingsFrozen, evidenceOf, path } from '../../core/observation.js'
import { joined, moved, split } from '../../core/script.js'
import { BROUGHT_BACK } from '../../core/words.js'
import { Draft } from '../draft.js'
import { define, Screen } from '../element.js'
import { icon } from '../parts/icons.js'
import { PhotoHand } from '../photo-hand.js'
import { roomName } from '../room-words.js'
import { findIndicator, itemsOf, scaleOf, shownIn, tieTargets } from '../rubric-view.js'
import { meaningOf } from '../shortcuts.js'
import { stayAwake } from '../wake-lock.js'
import '../parts/evidence-line.js'
import '../parts/finish-view.js'
import '../parts/given-visit.js'
import '../parts/indicator-overview.js'
import '../parts/indicator-sheet.js'
import { otherVisit } from '../parts/joined-visit.js'
import '../parts/count-view.js'
import '../parts/note-composer.js'
import '../parts/progress-marks.js'
import '../parts/room-facts.js'
import '../parts/sweep-cue.js'
import '../parts/visit-media.js'
import '../parts/visit-notices.js'
import '../parts/visit-ring.js'

const VIEWS = ['notes', 'indicators', 'count', 'room', 'finish']

/** The heart: script and indicators of one observation. Every tap shows at once and is then written. */
class VisitScreen extends Screen {
  #shown = ''
  #begin = undefined
  #draft = null
  #doubles = null
  #wasOpen = false
  joinedTo = null

  connectedCallback() {
    super.connectedCallback()
    if (this.app.recall('awake') !== 'off') this.#letSleep = stayAwake()
    document.addEventListener('keydown', this.#onKey)
  }

  disconnectedCallback() {
    super.disconnectedCallback()
    this.#letSleep()
    document.removeEventListener('keydown', this.#onKey)
  }
  #letSleep = () => {}

  get id() {
    return this.route.parts[0]
  }

  get record() {
    return this.#draft?.record
  }

  async load() {
    this.#draft ??= new Draft({ id: this.id, app: this.app, shown: () => this.paint(), again: () => this.reload() })
    if (!(await this.#draft.read()) || !this.record) return
    if (this.rubric?.id !== this.record.body.rubric) this.rubric = await this.app.store.read(this.record.body.rubric)
    this.receipt = await this.app.store.receiptOf(this.id)
    this.authors = this.record.body.also ? await this.app.store.conflictsIn(this.id) : []
    this.joinedTo = await this.#joined()
    this.library = await this.app.store.all('rubric')
    this.newer = await this.#newerRubric()
    this.room ??= await this.#roomOf(this.record.body.visit)
    if (!this.#doubles) this.#lookForDoubles()
    if (this.#begin === undefined) this.#begin = this.#lineInHand()
  }

  /** A later version of the draft's own rubric, unless its observer chose to stay; its element comes with it. */
  async #newerRubric() {
    const { state, returned, also, rubric } = this.record.body
    if (state !== 'draft' || returned || also) return null
    const own = this.library.find(({ id }) => id === rubric)
    const later = this.library.filter(({ body }) => body.rubric === own?.body.rubric && body.version > own.body.version)
    const newest = later.sort((a, b) => b.body.version - a.body.version)[0]
    if (!newest || this.#left.includes(`stay:${newest.id}`)) return null
    await import('../parts/newer-rubric.js')
    return newest
  }

  #onMoveUp = async ({ detail: { set } }) => {
    this.#draft.forgetSteps()
    await this.#draft.write(set)
    await this.reload()
    this.app.announce(`Moved to version ${this.rubric.body.version}.`)
  }

  #stay = () => {
    this.#leave({ detail: { key: `stay:${this.newer.id}` } })
    this.reload()
  }

  /** What sweeps and turns are counted by: the visit's own rubric, or the newest that has them. */
  get #instruments() {
    const all = [...this.library].sort((a, b) => b.body.version - a.body.version)
    const having = (part) => [this.rubric, ...all].find((one) => one.body.content[part])
    return { sweep: having('sweep'), turns: having('turns') }
  }

  /** The observer's own help against a wrong tap; the room is a record apart, and the note does not hold it. */
  async #roomOf(visit) {
    const places = await this.app.store.all('visit_room')
    const place = places.find(({ body }) => body.visit === visit)
    return place ? await this.app.store.read(place.body.room) : null
  }

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

  onChanged({ ids, kinds }) {
    if (!ids || ids.includes(this.id) || kinds?.includes('rubric')) this.reload()
    if (this.#doubles && !(ids?.length === 1 && ids[0] === this.id)) this.#lookForDoubles()
  }

  view() {
    if (!this.ready) return html`<p class="page quiet">Opening…</p>`
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
      <div class="visit-alert">${this.#draft.hasUnsaved ? this.#alert() : nothing}${this.joinedTo ? this.#joinedMeanwhile() : nothing}</div>
      <section class="visit-script" aria-label="Notes">${this.#twice()}${this.newer ? html`<newer-rubric class="visit-doubles" .rubric=${this.rubric} .newer=${this.newer} .body=${body} .newId=${this.app.newId} .now=${this.app.now} @move=${this.#onMoveUp} @stay=${this.#stay}></newer-rubric>` : nothing}<visit-notices class="visit-notices" .body=${body} .content=${this.#content} .authors=${this.authors} .now=${this.app.now()} @chosen=${this.#onChosen}></visit-notices>${this.#script(body)}${this.#media(body)}</section>
      <section class="visit-work" aria-label="Rating">${this.#work(part, body)}</section>
      <div class="visit-dock">
        ${keyed(
          this.id,
          html`<note-composer .begin=${this.#begin} .tie=${this.#target(part)} .newId=${this.app.newId} .now=${this.app.now} .phrases=${this.#phrases}
          @keep=${this.#keepPhrase} @forget=${this.#forgetPhrase} @line=${this.#onTyped} @added=${this.#onAdded} @typing=${this.#onTyping}></note-composer>`,
        )}
        ${this.#thumbs(part)}
      </div>
    </div>`
  }

  get #content() {
    return this.rubric.body.content
  }

  #part() {
    const part = this.route.parts[1] ?? (this.#content.unit === 'sweep' ? 'count' : 'notes')
    return VIEWS.includes(part) || this.#target(part) ? part : 'notes'
  }

  #target(id) {
    return tieTargets(this.#content).find((one) => one.id === id) ?? null
  }

  #bar(body) {
    const { last } = this.#draft
    return html`<header class="visit-bar">
      <a class="back" href="#/">${icon('back')} Today</a>
      <div class="where"><h1>${body.number ? `Visit ${body.number}` : 'Whole school'}</h1><span class="small">${[this.room && roomName(this.room.body), this.rubric.body.title].filter(Boolean).join(' · ')}</span></div>
      ${
        body.state === 'draft'
          ? html`<button type="button" class="button undo" ?data-can=${Boolean(last)} aria-label=${last ? `Undo: ${last}` : 'Undo'} @click=${() => this.#draft.undoLast()}>${icon('undo')} Undo</button>
        <visit-ring .from=${body.started_at} .minutes=${this.#content.minutes} .clock=${this.app.now}></visit-ring>
        <sweep-cue .body=${body} .visit=${this.id} .now=${this.app.now}></sweep-cue>
        <progress-marks .content=${this.#content} .body=${body} .visit=${this.id}></progress-marks>`
          : nothing
      }
    </header>`
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
    const words = open.some(({ what }) => what === 'left') ? 'Something is only in the other visit' : 'You began this visit twice'
    return html`<p class="note-box note-caution"><a href=${`#/visit/${this.id}`}>${words}: look at it before you give this one.</a></p>`
  }

  #joinedMeanwhile() {
    return html`<div class="note-box note-caution"><p>This was brought together with ${otherVisit(this.joinedTo, this.app.now())}. What you write here is kept; to bring it over, open that one.</p>
      <p><a class="button" href=${`#/visit/${this.joinedTo.id}`}>Open that visit</a></p></div>`
  }

  #alert() {
    return html`<div class="note-box note-negative" role="alert"><p>This could not be saved on this tablet. It is still on this screen.</p>
      <p class="cluster"><button type="button" class="button" @click=${() => this.#draft.saveAgain()}>Try again</button><button type="button" class="button" @click=${this.#copy}>Copy the notes</button></p></div>`
  }

  #script(body) {
    const composer = this.querySelector('note-composer')
    const writing = composer ? composer.writing : this.#begin?.id
    const lines = evidenceOf(body).filter(({ id }) => id !== writing)
    if (!lines.length) return html`<p class="empty">What students say and do, as you see it. Each note keeps its time.</p>`
    return html`<ol class="script" @move=${this.#onMove} @split=${this.#onSplit} @join=${this.#onJoin}>${lines.map((line, at) =>
      keyed(
        line.id,
        html`<li><evidence-line .line=${line} .content=${this.#content} .form=${body.form} .visit=${this.id} .isFirst=${at === 0} .isLast=${at === lines.length - 1}
      @line=${this.#onLine} @typing=${this.#onTyping}></evidence-line>${this.#broughtBack(line)}</li>`,
      ),
    )}</ol>`
  }

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

  #broughtBack({ id }) {
    return this.record.revived?.[path.evidence(id)] ? html`<p class="small quiet">${BROUGHT_BACK}</p>` : nothing
  }

  #work(part, body) {
    const frozen = areRatingsFrozen(body)
    const shared = { content: this.#content, body }
    const here = { newId: this.app.newId, now: this.app.now }
    if (part === 'count')
      return html`<count-view class="groups" .content=${shared.content} .body=${body} .frozen=${frozen} .visit=${this.id} .tool=${this.route.parts[2] ?? (this.#content.unit === 'sweep' && !this.route.parts[1] ? 'sweep' : undefined)} .instruments=${this.#instruments} .rubrics=${this.library} .newId=${here.newId} .now=${here.now}
        @fact=${this.#onFact} @asked=${this.#onAsked} @sweep=${this.#onSweep} @interval=${this.#onInterval} @turn=${this.#onTurn} @seats=${this.#onSeats} @talk=${this.#onTalk}></count-view>`
    if (part === 'room' || itemsOf(this.#content).some(({ id }) => id === part))
      return html`<room-facts class="groups" .content=${shared.content} .body=${body} .frozen=${frozen} .visit=${this.id} .newId=${here.newId} .now=${here.now}
        @fact=${this.#onFact} @choice=${this.#onChoice} @row=${this.#onRow} @typing=${this.#onTyping}></room-facts>`
    if (part === 'finish' && this.joinedTo)
      return html`<section class="stack"><h2 tabindex="-1">Finish this visit</h2><p>Give ${otherVisit(this.joinedTo, this.app.now())}: it stands for both.</p></section>`
    if (part === 'finish')
      return html`${this.#twiceHint()}<finish-view .content=${shared.content} .body=${body} .visit=${this.id} .left=${this.#left} @give=${this.#give} @leave=${this.#leave}></finish-view>`
    const indicator = findIndicator(this.#content, part)
    if (indicator)
      return html`${keyed(
        part,
        html`<indicator-sheet .content=${shared.content} .body=${body} .indicator=${this.#indicator(part)} .visit=${this.id} .frozen=${frozen} .newId=${here.newId} .now=${here.now}
        @rating=${this.#onRating} @tie=${this.#onTie} @row=${this.#onRow} @typing=${this.#onTyping}></indicator-sheet>`,
      )}`
    return html`<indicator-overview class="groups" .content=${shared.content} .body=${body} .visit=${this.id} .frozen=${frozen} @gate=${this.#onGate} @form=${this.#onForm}></indicator-overview>`
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
    return html`<nav class="thumb-bar" aria-label="Parts of this visit"><ul>
      ${link(this.#content.unit === 'sweep' ? 'notes' : '', 'Notes', 'pen', part === 'notes', 'for-notes')}
      ${domains.length ? link('indicators', 'Indicators', 'list', isSheet || part === 'indicators') : nothing}
      ${unit === 'school' ? nothing : link('count', 'Count', 'sweep', part === 'count')}
      ${hasWords(this.#content) ? link('room', domains.length && unit !== 'school' ? 'The room' : 'In words', 'room', isItem || part === 'room') : nothing}
      <li><button type="button" aria-current=${part === 'finish' ? 'true' : nothing} @click=${this.#finish}>${icon('flag')}Finish</button></li>
    </ul></nav>`
  }

  // ---- after it was given -------------------------------------------------------------------------

  #given() {
    const { body } = this.record
    return html`<div class="given">
      ${this.#bar(body)}
      <given-visit class="reading page" .look=${this.#hand.look} .rubrics=${this.library} .body=${body} .content=${this.#content} .receipt=${this.receipt} .now=${this.app.now()}
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
    return html`<div class="page"><h1>This visit is not on this tablet</h1><p class="quiet">It may have been started on another one and not sent yet, or it is no longer yours to see.</p><p><a class="button" href="#/">Today</a></p></div>`
  }

  // ---- what happened ------------------------------------------------------------------------------

  #onTyped = ({ detail: { id, line } }) => {
    this.app.remember(`writing:${this.id}`, line && id)
    this.#draft.write({ [path.evidence(id)]: line })
  }

  #onAdded = ({ detail: { id } }) => {
    this.app.remember(`writing:${this.id}`, null)
    this.#draft.remember('note added', { [path.evidence(id)]: null })
    this.paint()
    nextFrame(() => this.#toNewest())
  }

  /** Nothing to undo by: what was beside can only be taken away. What the server keeps of it stays there. */
  #onChosen = async ({ detail: { set } }) => {
    await this.#draft.write(set)
    this.app.announce('Chosen. Your other tablets will show it too.')
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
    this.app.announce('Taken apart. What was copied stays in both.')
  }

  #onTyping = ({ detail }) => this.app.setTyping(detail.is)
  #onLine = ({ detail: { id, line, why } }) => this.#draft.write({ [path.evidence(id)]: line }, why)
  #onGate = ({ detail: { gate, value } }) => this.#draft.write({ [path.gate(gate)]: value && { value } }, 'answer')
  #onForm = ({ detail: { form } }) => this.#draft.write({ form }, 'form')
  #onChoice = ({ detail: { item, value } }) => this.#draft.write({ [path.choice(item)]: value }, 'answer')
  #onRow = ({ detail: { id, row, why } }) => this.#draft.write({ [path.row(id)]: row }, why)
  #onAsked = ({ detail: { place, value, why } }) => this.#draft.write({ [path.asked(place)]: value }, why)
  #onSweep = ({ detail: { id, sweep, why } }) => this.#draft.write({ [path.sweep(id)]: sweep }, why)
  #onInterval = ({ detail: { id, interval, why } }) => this.#draft.write({ [path.interval(id)]: interval }, why)
  #onTurn = ({ detail: { id, turn, why } }) => this.#draft.write({ [path.turn(id)]: turn }, why)
  #onSeats = ({ detail }) => this.#draft.write({ seats: detail }, 'seats')
  #onTalk = ({ detail: { set, why } }) =>
    this.#draft.write(Object.fromEntries(Object.entries(set).map(([id, stretch]) => [path.talk(id), stretch])), why)

  #onInk = ({ detail: { id, ink } }) => this.#draft.write({ [path.ink(id)]: ink }, 'stroke')
  #onInkAway = ({ detail: { id } }) => this.#draft.write({ [path.ink(id)]: null }, 'drawing taken away')
  #onFact = ({ detail: { field, key, value } }) => this.#draft.write({ [`${field}/${key}`]: value }, 'answer')

  #onRating = ({ detail: { indicator, rating } }) => {
    this.#draft.write({ [path.rating(indicator)]: rating, last: indicator }, rating ? 'rating' : 'rating cleared')
  }

  #onTie = ({
    detail: {
      line: { id, ...line },
      indicator,
      isTied,
    },
  }) => {
    const others = (line.indicators ?? []).filter((one) => one !== indicator)
    this.#draft.write(
      { [path.evidence(id)]: { ...line, indicators: isTied ? [...others, indicator] : others } },
      isTied ? 'note tied' : 'note untied',
    )
  }

  // ---- keys of a hardware keyboard ------------------------------------------------------------------

  #onKey = async (event) => {
    const asked = this.record?.body.state === 'draft' && this.app.recall('keys') !== 'off' && meaningOf(event)
    if (!asked || document.querySelector('dialog[open]')) return
    event.preventDefault()
    await this.#doKey(asked)
  }

  async #doKey({ act, value }) {
    if (act === 'note') return this.querySelector('note-composer textarea')?.focus()
    if (act === 'undo') return this.#draft.undoLast()
    if (act === 'finish') return this.#finish()
    if (act === 'part') return this.app.go(`#/visit/${this.id}/${value}`)
    if (act === 'help') {
      await import('../parts/shortcut-help.js')
      return this.append(document.createElement('shortcut-help'))
    }
    if (act === 'rate') return this.#rateByKey(value)
    this.#turnByKey(act === 'next' ? 1 : -1)
  }

  /** By the address, which is there at once: a quick hand that turned the page rates on the new one, never on the old. */
  get #inHand() {
    return findIndicator(this.#content, location.hash.split('/')[3])
  }

  #rateByKey(value) {
    const indicator = this.#inHand
    if (indicator?.type !== 'level' || areRatingsFrozen(this.record.body)) return
    const { levels, apart } = scaleOf(this.#content, indicator)
    const meant = value === 0 ? apart[0] : levels.find((level) => level.value === value)
    if (meant) this.#onRating({ detail: { indicator: indicator.id, rating: { value: meant.value } } })
  }

  #turnByKey(by) {
    const all = shownIn(this.#content, this.record.body)
    const other = all[all.findIndex(({ id }) => id === this.#inHand?.id) + by]
    if (this.#inHand && other) this.app.go(`#/visit/${this.id}/${other.id}`)
  }

  // ---- the script, changed afterwards ---------------------------------------------------------------

  #lines() {
    return evidenceOf(this.record.body)
  }

  async #rewrite(edits, why) {
    const set = Object.fromEntries(Object.entries(edits).map(([id, line]) => [path.evidence(id), line]))
    if (Object.keys(set).length) await this.#draft.write(set, why)
  }

  #onMove = async ({ detail: { id, by } }) => {
    await this.#rewrite(moved(this.#lines(), id, by), 'note moved')
    this.#openLine(id)
  }

  #onSplit = ({ detail: { id, at } }) => {
    const line = this.#lines().find((one) => one.id === id)
    const edits = line ? split(line, at, this.app.newId()) : {}
    if (!Object.keys(edits).length) this.app.announce('Put the cursor where the note is to be split.')
    return this.#rewrite(edits, 'note split')
  }

  #onJoin = ({ detail: { id } }) => this.#rewrite(joined(this.#lines(), id), 'notes joined')

  #openLine(id) {
    nextFrame(() => {
      const line = [...this.querySelectorAll('evidence-line')].find((one) => one.line.id === id)
      line?.scrollIntoView({ block: 'center' })
      line?.open()
    })
  }

  // ---- this browser's own helps: phrases, and hints that were let be --------------------------------

  get #phrases() {
    return this.#list('phrases')
  }

  #keepPhrase = ({ detail: { text } }) => this.#keepList('phrases', [...this.#phrases, text])
  #forgetPhrase = ({ detail: { text } }) =>
    this.#keepList(
      'phrases',
      this.#phrases.filter((one) => one !== text),
    )

  get #left() {
    return this.#list(`left:${this.id}`)
  }

  #leave = ({ detail: { key } }) => this.#keepList(`left:${this.id}`, [...this.#left, key])

  #list(name) {
    try {
      return JSON.parse(this.app.recall(name) ?? '[]')
    } catch {
      return []
    }
  }

  #keepList(name, list) {
    this.app.remember(name, JSON.stringify(list))
    this.paint()
  }

  #finish = async () => {
    await this.#draft.write({ ended_at: this.app.now() })
    this.app.go(`#/visit/${this.id}/finish`)
  }

  #give = async () => {
    this.#draft.forgetSteps()
    // Two tablets joined it both ways and this one stands: then it is joined with nothing.
    await this.#draft.write({ state: 'submitted', ...(this.record.body.same_as ? { same_as: null } : {}) })
    this.app.remember(`writing:${this.id}`, null)
    this.app.go(`#/visit/${this.id}`)
    scrollTo(0, 0)
  }

  #copy = () =>
    this.app.copy(
      evidenceOf(this.record.body)
        .map(({ text }) => text)
        .join('\n'),
    )

  /** The line the person was writing when the app was closed goes back under the pen. */
  #lineInHand() {
    // In another tab somebody may be writing it right now.
    const id = this.app.isAlone && this.app.recall(`writing:${this.id}`)
    const line = id && this.record.body.evidence?.[id]
    return line ? { id, ...line, indicators: line.indicators ?? [], isKept: true } : null
  }
}

/** Is anything asked that is answered in words or by choosing? */
function hasWords({ context_fields: context, open_fields: open, sections }) {
  return Boolean(context?.length || open?.length || sections?.length)
}

/** Lines out of sight have their true height only after a first frame (`content-visibility`). */
function nextFrame(work) {
  requestAnimationFrame(() => requestAnimationFrame(work))
}

define('visit-screen', VisitScreen, ['route'])
