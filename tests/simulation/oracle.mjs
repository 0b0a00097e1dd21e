/**
 * Knows what was written, saved, sent and taken, and holds everybody to it.
 *
 * The letters are those of the design pages: S1-S6 is `sync.md` 2.11 (there I1-I6), I1-I11 is `reliability.md`.
 */
import { createHash } from 'node:crypto'
import { tokensOf } from './people.mjs'
import { unsealNow } from './tablet.mjs'

const STORES = ['docs', 'outbox', 'sent', 'refused', 'odd']
const ACCEPTED = ['ok', 'merged']
const WINDOW_MS = 60_000
const MOST_IN_WINDOW = 400
/** What another tab wrote is heard of a moment later. */
const HEARSAY_MS = 2_000
/** Fields in which two versions are kept side by side. */
const TEXTS = ['title', 'focus', 'problem', 'look_fors', 'evidence', 'strength', 'question', 'step', 'look_for']
const SILENT_KINDS = ['rubric', 'rubric_words']
/** What of a change the database tells one content of an id from another by. */
const CONTENT = ['at', 'cid', 'id', 'kind', 'new', 'set']

export class Broken extends Error {}

export class Oracle {
  #world
  /** Every piece of writing: {tablet, life, space, id, tokens, isSaved}. */
  writings = []
  /** cid -> the change as it was first sent, and each content it was ever sent with by the database's name for it. */
  changes = new Map()
  /** cid -> the verdict the database held right after an answer. */
  kept = new Map()
  /** Tokens the server has held at some time, in a committed change. */
  reached = new Set()
  /** Tokens whose going is their writer's own doing, or the fate of a tablet that was lost. */
  excused = new Set()
  /** cid -> every verdict a database ever held; one that was restored may come to another. */
  #everKept = new Map()
  /** tablet name -> everything its screens ever showed. */
  #seen = new Map()
  #calls = new Map()
  /** The newest wire that was answered in. */
  wire = 1

  constructor(world) {
    this.#world = world
  }

  fail(what, detail) {
    throw new Broken(`${what}: ${typeof detail === 'string' ? detail : JSON.stringify(detail)}`.slice(0, 3_000))
  }

  // ---- what happens -------------------------------------------------------------------------

  writing(tab, space, edits, before) {
    const { tablet } = tab
    this.saw(tab, before)
    for (const edit of edits) if ('set' in edit) this.#supersede(tablet, edit.set, before.get(edit.id))
    const written = edits.map((edit) => ({
      tablet: tablet.name,
      life: tablet.life,
      space,
      id: edit.new?.id ?? edit.id,
      tokens: tokensOf(edit.new?.body ?? edit.set).filter((token) => !this.#isQuoted(edit, token)),
      tab: tab.name,
      isSaved: false,
      savedAt: Infinity,
    }))
    this.writings.push(...written)
    return written
  }

  saved(written) {
    for (const one of written) Object.assign(one, { isSaved: true, savedAt: this.#world.schedule.now })
  }

  saw(tab, shown) {
    const seen = this.seenBy(tab.tablet)
    for (const body of shown.values()) for (const token of tokensOf(body)) seen.add(token)
  }

  seenBy({ name }) {
    if (!this.#seen.has(name)) this.#seen.set(name, new Set())
    return this.#seen.get(name)
  }

  cloned(from, to) {
    this.#seen.set(to.name, new Set(this.seenBy(from)))
  }

  /** A record the server refused to begin goes with the change that began it. */
  dismissed(change, record) {
    for (const token of tokensOf([change, record?.seq === 0 ? record.body : null])) this.excused.add(token)
  }

  triedAgain(tab, record) {
    if (record) this.saw(tab, new Map([[record.id, record.body]]))
  }

  /** A tablet's storage is gone: what only it held cannot come back. */
  lost(tablet) {
    const here = tokensOf(this.#everythingOn(tablet))
    for (const token of here) this.excused.add(token)
    for (const one of this.writings) if (one.tablet === tablet.name) for (const token of one.tokens) this.excused.add(token)
  }

  /** A backup that is older than a tablet remembers its contacts makes a new tablet of it; that is allowed. */
  copiesAreTold(tablets) {
    const ids = new Set(tablets.map(({ person, id }) => `${person} ${id}`))
    if (ids.size < tablets.length) this.fail('two copies of a tablet have one id', [...ids])
    const mistaken = tablets.find(({ renewals, mayRenew }) => renewals && !mayRenew)
    if (mistaken && !this.#world.restores) this.fail('a tablet took itself for a copy', mistaken.name)
  }

  asked(tab, now) {
    const calls = this.#calls.get(tab.tablet.name) ?? []
    this.#calls.set(tab.tablet.name, [...calls.filter((at) => at > now - WINDOW_MS), now])
    if (calls.length > MOST_IN_WINDOW) this.fail('I11 a tablet asks without end', tab.name)
  }

  sending(tab, body) {
    const cids = []
    for (const [space, part] of Object.entries(spacesIn(body))) {
      for (const change of part?.changes ?? []) {
        cids.push(change.cid)
        this.#sentAsFirst(tab, space, change)
      }
    }
    return cids
  }

  answered(tab, body, told) {
    for (const [cid, { verdict, said }] of Object.entries(told.kept)) {
      this.kept.set(cid, verdict)
      this.#everKept.set(cid, this.#verdictsOn(cid).add(verdict))
      const change = this.#contentOf(cid, said)
      if (verdict !== 'refused') for (const token of tokensOf(change)) this.reached.add(token)
    }
    if (told.status !== 200 || !body) return
    const answer = JSON.parse(told.text)
    this.wire = Math.max(this.wire, answer.schema ?? 1)
    for (const [space, part] of Object.entries(answer.spaces ?? {})) this.#answerOfSpace(tab, space, spacesIn(body)[space], part, told.bonds)
  }

  /**
   * Copies of a tablet may each send something else under one id, and a server that was restored may take the other one this
   * time: what has reached the database is what it holds, not what was sent first.
   */
  #contentOf(cid, said) {
    const change = this.changes.get(cid)?.contents.get(said)
    if (!change) this.fail('S3 kept as nobody ever sent it', cid)
    return change
  }

  #answerOfSpace(tab, space, request, part, bonds) {
    if (part.problem) return
    const { rights, people } = this.#world
    const person = people[tab.tablet.person].in[space]
    if (!person) this.fail('I7 a foreign space was answered', space)
    for (const row of part.rows ?? []) {
      if (row.length < 4 || row[3] === null) continue
      const [, id, kind, body] = row
      if (!rights.maySee(space, person, { kind, id, body }, bonds)) this.fail('I7 a row outside the rights', { to: tab.tablet.person, kind, id })
    }
    for (const [cid, verdict] of Object.entries(part.results ?? {})) this.#receipt(request, cid, verdict)
  }

  /** An acknowledgement is only given for what the database holds (I2). */
  #receipt(request, cid, { verdict, problem }) {
    if (verdict !== 'refused' && this.kept.get(cid) !== verdict) this.fail('I2 acknowledged and not kept', { cid, verdict })
    const change = request?.changes?.find((one) => one.cid === cid)
    // Two copies of one tablet may both offer the same refused beginning again.
    if (problem?.code === 'already-exists' && !this.#world.clones) this.fail('a beginning was refused because it is there', { cid, change })
    if (problem?.code === 'cid-reused' && !this.#world.clones) this.fail('I3 one id for two changes', { cid, change })
  }

  #sentAsFirst(tab, space, change) {
    const { cid, kind, id, at } = change
    const said = JSON.stringify([kind, id, at, change.new ?? null, change.set ?? null])
    const known = this.changes.get(cid)
    if (known && known.said !== said && this.#world.clones) known.isTwofold = true
    else if (known && known.said !== said) this.fail('I3 a change was sent twice in different words', { cid, was: known.said, now: said })
    if (!known) this.changes.set(cid, { said, space, change, tablet: tab.tablet.name, contents: new Map() })
    this.changes.get(cid).contents.set(nameOf(change), change)
  }

  // ---- what must be true at any time ----------------------------------------------------------

  /** I1, I9: what was saved is on the tablet, or on the server, or its going has a reason. */
  nothingSavedIsMissing(tablets, onServer = this.reached) {
    const places = new Map(tablets.map((tablet) => [tablet.name, new Set(tokensOf(this.#everythingOn(tablet)))]))
    for (const one of this.writings) {
      const here = places.get(one.tablet)
      if (!one.isSaved || !here) continue
      for (const token of one.tokens) {
        if (here.has(token) || onServer.has(token) || this.excused.has(token)) continue
        this.fail('I1 saved and nowhere', { token, ...one })
      }
    }
  }

  /** I8: no word on the screen is more hopeful than the truth. */
  nothingIsSaidTooSoon(tab) {
    const { app } = this.#world
    const status = tab.store.status()
    const { text } = app.statusWords(status, tab.tablet.now())
    if (!text.startsWith('on the server')) return
    for (const one of this.writings) {
      if (one.tablet !== tab.tablet.name || one.life !== tab.tablet.life || !one.isSaved) continue
      if (one.tab !== tab.name && one.savedAt > this.#world.schedule.now - HEARSAY_MS) continue
      const open = one.tokens.filter((token) => !this.reached.has(token) && !this.excused.has(token))
      if (open.length) this.fail('I8 said to be on the server', { text, open, ...one })
    }
  }

  /**
   * I2, I8: a receipt on the tablet stands for a change the database has held. A server that was restored may judge it anew
   * when a copy of the tablet brings it; the tablet itself can only know once it was in touch again.
   */
  receiptsAreTrue(tablet) {
    for (const { change, unread } of this.#lying(tablet, 'sent')) {
      const told = this.#verdictsOn(change.cid)
      if (!receipt(unread).some((one) => told.has(one))) this.fail('I8 kept as sent, and never taken', { cid: change.cid, unread })
    }
    for (const { change, verdict } of this.#lying(tablet, 'refused')) {
      // The answer that it was taken after all may have been lost on its way.
      if (verdict === 'held' && !this.#verdictsOn(change.cid).has('held')) this.fail('I8 said to be kept for the lead', change.cid)
    }
  }

  /** I8: when all is quiet everybody was in touch, and every receipt stands for what the server holds now. */
  receiptsStand(tablet, { changes }) {
    const now = new Map(changes.map(({ cid, verdict }) => [cid, verdict]))
    for (const { change, unread, seq } of this.#lying(tablet, 'sent')) {
      const verdict = now.get(change.cid) ?? null
      if (receipt(unread).includes(verdict)) continue
      this.fail('I8 kept as sent, and the server says otherwise', { tablet: tablet.name, cid: change.cid, unread, seq, verdict })
    }
  }

  #verdictsOn(cid) {
    return this.#everKept.get(cid) ?? new Set()
  }

  // ---- what must be true when all is quiet ------------------------------------------------------

  /** S1, I4: every tablet shows exactly what its person may see. */
  isLevel(tablet, { records }) {
    const { rights, people } = this.#world
    const docs = this.docsOn(tablet)
    const bonds = records.filter(({ kind, removed }) => kind === 'agreement' || (kind === 'walk' && !removed))
    for (const [space, person] of Object.entries(people[tablet.person].in)) {
      const visible = records.filter((one) => one.space === space && !one.removed && rights.maySee(space, person, one, bonds))
      for (const { id, seq, body, kind } of visible) {
        const doc = docs.get(id)
        if (!doc?.body) return { why: 'lacks', id, kind, seq }
        if (doc.seq !== seq) return { why: 'other number', id, kind, seq, here: doc.seq }
        if (!isSame(doc.body, body)) return { why: 'other body', id, kind, seq, here: doc.body, there: body }
      }
      const seen = new Set(visible.map(({ id }) => id))
      const more = [...docs].filter(([id, doc]) => doc.space === space && doc.body && !seen.has(id) && !SILENT_KINDS.includes(doc.kind))
      const wrong = more.filter(([, doc]) => !this.#world.mayKeepMore || doc.seq !== 0)
      if (wrong.length) return { why: 'shows more', id: wrong[0][0], doc: wrong[0][1] }
    }
    return null
  }

  /** S2, S3, S5, I3 over the whole log; then I1 against what the server holds now. */
  logIsSound({ records, changes, heads }) {
    this.#numbersAreUsedOnce(records, changes, heads)
    const found = foundOn(records, changes)
    for (const one of changes.filter(({ verdict }) => ACCEPTED.includes(verdict))) this.#isAllThere(one, found)
    for (const one of changes.filter(({ verdict }) => verdict === 'held')) this.#isKeptWhole(one)
    this.#eachWritingTakenOnce(changes)
  }

  /** What the lead is to decide lies with the server, whole, whatever the tablet still has of it. */
  #isKeptWhole({ cid, kept }) {
    const { change, isTwofold } = this.changes.get(cid) ?? {}
    if (isTwofold) return
    const there = new Set(tokensOf([kept]))
    for (const token of tokensOf(change?.new ?? change?.set)) {
      if (!there.has(token)) this.fail('S3 a held value is not kept', { token, cid })
    }
  }

  serverTokens({ records, changes }) {
    return new Set(tokensOf([records.map(({ body }) => body), changes.map(({ was, kept }) => [was, kept])]))
  }

  #numbersAreUsedOnce(records, changes, heads) {
    const used = new Set()
    for (const { space, seq, cid } of changes.filter((one) => one.seq !== null)) {
      if (used.has(`${space} ${seq}`)) this.fail('S2 a number was given twice', { seq, cid })
      used.add(`${space} ${seq}`)
      if (seq > heads[space]) this.fail('S2 a number beyond the head', { seq, head: heads[space] })
    }
    for (const { space, seq, id } of records) {
      if (!used.has(`${space} ${seq}`)) this.fail('S2 a row under a number nobody was given', { seq, id })
    }
  }

  /** S3: every accepted value is current, or recorded as overwritten, or kept beside. */
  #isAllThere(judged, found) {
    const { change, isTwofold } = this.changes.get(judged.cid) ?? {}
    if (isTwofold) return
    const there = found.get(`${judged.space} ${judged.record}`)
    for (const token of tokensOf(change?.new ?? change?.set)) {
      if (!there?.has(token)) this.fail('S3 an accepted value is gone', { token, cid: judged.cid })
    }
    if (judged.verdict === 'ok') this.#overwroteOnlyWhatWasSeen(judged)
    if (change && !this.#world.restores) this.#textsStandBeside(judged, found.standing.get(`${judged.space} ${judged.record}`))
  }

  /** S3: a text that gave way to one that had not seen it stands beside, until a person folds it back. */
  #textsStandBeside({ cid, was }, standing) {
    const seen = this.seenBy({ name: this.changes.get(cid).tablet })
    const gaveWay = [...textsOf(was?.lost), ...textsOf(was?.overwritten).filter((token) => !seen.has(token))]
    for (const token of gaveWay) if (!standing?.has(token)) this.fail('S3 a text gave way and stands nowhere', { token, cid })
  }

  /** S5: an "ok" change overwrote only what its author had seen. */
  #overwroteOnlyWhatWasSeen({ cid, was }) {
    const sent = this.changes.get(cid)
    if (!sent) return
    const seen = this.seenBy({ name: sent.tablet })
    for (const token of tokensOf(was?.overwritten ?? {})) {
      if (!seen.has(token)) this.fail('S5 overwrote unseen', { cid, token, tablet: sent.tablet })
    }
  }

  /** I3: whatever happened to the messages, each piece of writing was applied once. */
  #eachWritingTakenOnce(changes) {
    const takenBy = new Map()
    for (const { cid, verdict } of changes) {
      const { change, isTwofold } = this.changes.get(cid) ?? {}
      if (!change || isTwofold || !ACCEPTED.includes(verdict) || change.kind === 'review') continue
      for (const token of tokensOf(change.new ?? change.set)) {
        if (takenBy.has(token)) this.fail('I3 taken twice', { token, cids: [takenBy.get(token), cid] })
        takenBy.set(token, cid)
      }
    }
  }

  // ---- what lies on a tablet --------------------------------------------------------------------

  docsOn(tablet) {
    const kept = tablet.storage.records(tablet.databaseName, 'docs')
    return new Map(kept.map(({ id, box }) => [id, unsealNow(box)]))
  }

  waitingOn(tablet) {
    return this.#lying(tablet, 'outbox')
  }

  #lying(tablet, store) {
    return tablet.storage.records(tablet.databaseName, store).map(({ box }) => unsealNow(box))
  }

  #everythingOn(tablet) {
    return STORES.map((store) => this.#lying(tablet, store))
  }

  /** An own value that is written over may go with the change it was in; a stranger's may not. */
  #supersede(tablet, set, body) {
    const own = new Set(this.writings.filter((one) => one.tablet === tablet.name).flatMap((one) => one.tokens))
    for (const path of Object.keys(set)) {
      const [field, key] = path.split('/')
      const there = path === '' ? body : key === undefined ? body?.[field] : body?.[field]?.[key]
      for (const token of tokensOf({ [field]: there, [path]: there })) if (own.has(token)) this.excused.add(token)
    }
  }

  /** A review carries the observation as it was: those words are not its own. */
  #isQuoted(edit, token) {
    return tokensOf(edit.new?.body?.version ?? null).includes(token)
  }
}

/** Record -> every value that can be found again: in its row, or in what its changes cost. */
function foundOn(records, changes) {
  const found = new Map()
  found.standing = new Map()
  const add = (places, key, value) => {
    if (!places.has(key)) places.set(key, new Set())
    for (const token of tokensOf(value)) places.get(key).add(token)
  }
  for (const { space, id, body } of records) {
    add(found, `${space} ${id}`, body)
    add(found.standing, `${space} ${id}`, body)
  }
  for (const { space, record, was } of changes) {
    add(found, `${space} ${record}`, was)
    const folded = Object.entries(was?.overwritten ?? {}).filter(([path]) => path.startsWith('also/'))
    add(found.standing, `${space} ${record}`, folded)
  }
  return found
}

/** What stood at paths of texts. @param {Record<string, any>|undefined} values */
function textsOf(values) {
  return tokensOf(Object.entries(values ?? {}).filter(([path]) => TEXTS.includes(path.split('/')[0])).map(([, value]) => value))
}

/** What the database calls a content: the SHA-256 of its RFC 8785 form, which is simple for what people write here. */
function nameOf(change) {
  const content = Object.fromEntries(CONTENT.filter((name) => name in change).map((name) => [name, change[name]]))
  return createHash('sha256').update(JSON.stringify(sorted(content))).digest('hex')
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
}

function spacesIn(body) {
  try {
    return JSON.parse(body)?.spaces ?? {}
  } catch {
    return {}
  }
}

/** What a change that lies among the sent stands for: what the lead keeps lies there unread, to be brought to a restored server. */
function receipt(unread) {
  return unread ? ['held'] : ACCEPTED
}

function isSame(one, other) {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other || Array.isArray(one) !== Array.isArray(other)) return false
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => isSame(one[key], other[key]))
}
