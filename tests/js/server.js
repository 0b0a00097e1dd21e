/**
 * A small server in memory with the rules of the protocol: one log, one space, everything visible unless it is hidden. It speaks
 * schema 1 and 2; `newest` and `oldest` say what it understands.
 */
import { hashOf } from '../../static/js/core/canonical.js'
import { sameValue } from '../../static/js/core/conflict.js'
import { applyChange } from '../../static/js/core/merge.js'

const refused = (status, code, detail = '') => ({ ok: false, status, json: { code, detail }, retryAfter: null })

export class Server {
  seq = 0
  records = new Map()
  known = new Map()
  tags = new Map([[0, '0']])
  left = []
  hidden = new Set()
  view = 'a1'
  requests = []
  /** What to do instead of answering: a function of the request, once for each entry. */
  faults = []
  oldest = 1
  newest = 2
  /** Characters of bodies in one answer. */
  page = Infinity
  /** Which account the cookie belongs to; null believes every tablet. */
  account = null
  devices = new Map()
  now = 0

  /** As the transport sees it. */
  post = async (_path, request) => {
    this.requests.push(structuredClone(request))
    const fault = this.faults.shift()
    const told = fault && (await fault(request))
    if (told) return told
    const { schema, account } = request
    if (schema > this.newest)
      return this.newest === 1 ? refused(426, 'other-version') : refused(409, 'server-older', `${this.newest}`)
    if (this.account && account && account !== this.account) return refused(401, 'signed-out')
    if (schema < this.oldest) return this.#toTooOld(request)
    const spaces = {}
    for (const [space, part] of Object.entries(request.spaces)) spaces[space] = await this.#exchange(part, schema)
    return {
      ok: true,
      status: 200,
      json: structuredClone({ now: this.now, spaces, ...this.#ofDevice(request) }),
      retryAfter: null,
    }
  }

  backup() {
    return structuredClone({ seq: this.seq, records: this.records, known: this.known, tags: this.tags })
  }

  /** As somebody else would. */
  remove(id) {
    this.seq += 1
    this.tags.set(this.seq, 'f')
    this.records.set(id, { ...this.records.get(id), seq: this.seq, body: null })
  }

  restore(backup) {
    Object.assign(this, structuredClone(backup))
  }

  hide(id) {
    this.hidden.add(id)
    this.left.push([(this.seq += 1), id])
    this.tags.set(this.seq, `${this.seq}f`)
  }

  get pushed() {
    return this.requests.flatMap((one) => Object.values(one.spaces)).flatMap((part) => part.changes)
  }

  get offered() {
    return this.requests.flatMap((one) => Object.values(one.spaces)).flatMap((part) => part.offers ?? [])
  }

  /** What it remembered of the tablet before this request. */
  #ofDevice({ schema, device, unsent, files = null, canary = {}, contact: { was, now } = {} }) {
    if (schema < 2) return {}
    const before = this.devices.get(device) ?? null
    const nonce = [undefined, null, was, now].includes(before?.nonce) ? now : before.nonce
    if (nonce === now) this.devices.set(device, { database: null, highest: null, ...canary, unsent, files, at: this.now, nonce })
    return { schema, device: before && { ...before, nonce } }
  }

  /** An app too old to be understood: what waits on it is taken, and then it is told. */
  async #toTooOld({ unsent, spaces }) {
    const changes = Object.values(spaces).flatMap((part) => part.changes)
    if (!changes.length && !unsent) return refused(426, 'other-version')
    const answers = {}
    for (const [space, { known, cursor, changes: sent }] of Object.entries(spaces)) {
      const results = {}
      for (const change of sent) results[change.cid] = await this.#judge(change, new Set())
      answers[space] = { results, rows: [], gone: [], cursor: cursor ?? '0.0', at: known ?? this.#at(), more: false }
    }
    return { ok: true, status: 200, json: { spaces: answers }, retryAfter: null }
  }

  async #exchange(part, schema) {
    const [seq, tag] = (part.known ?? '0.0').split('.')
    if (this.tags.get(Number(seq)) !== tag) return { reset: 'history', results: {}, at: this.#at() }
    const common = this.#common(part.trail ?? [])
    const offers = Object.fromEntries((part.offers ?? []).map((offer) => [offer[1], this.#takeBack(offer, common)]))
    const results = {}
    const own = new Set()
    for (const change of part.changes) results[change.cid] = await this.#judge(change, own)
    const [from, view] = (part.cursor ?? `0.${this.view}`).split('.')
    if (view !== this.view) return { reset: 'view', results, at: this.#at() }
    const more = { ...(part.trail ? { common } : {}), ...(part.offers ? { offers } : {}) }
    return { results, ...this.#pull(part, Number(from), own, schema), at: this.#at(), ...more }
  }

  #common(trail) {
    const shared = trail.map((mark) => mark.split('.')).find(([seq, tag]) => this.tags.get(Number(seq)) === tag)
    return shared ? Number(shared[0]) : 0
  }

  /** Its own row, known by its mark: a row of this history, or one of a history that is lost. */
  #takeBack([seq, id, kind, body, mark], common) {
    const [commit, tag, at, sign] = mark.split('.')
    if (sign !== 'ours') return 'refused'
    if (this.known.has(mark) || this.tags.get(Number(commit)) === tag) return 'known'
    const before = this.records.get(id)
    this.known.set(mark, { verdict: 'ok', seq })
    if (before && sameValue(before.body, body)) return 'taken'
    const merged = before ? this.#laidOver(before, body, common, Number(at)) : body
    this.#write(id, { kind, body: merged, by: before?.by ?? new Map(), at: Number(at) }, 'offer')
    return 'taken'
  }

  /** What was written later, and not before the newest common commit, stands; the row fills in the rest. */
  #laidOver({ body, by = new Map() }, offered, common, at) {
    const paths = Object.keys(offered).flatMap((field) =>
      isMap(offered[field]) ? Object.keys(offered[field]).map((key) => `${field}/${key}`) : [field],
    )
    const valueOf = (path) => path.split('/').reduce((value, step) => value?.[step], offered)
    const stands = (path) => [by.get(path), by.get('')].some((one) => one && one.seq > common && one.at > at)
    const set = paths.filter((path) => !stands(path)).map((path) => [path, valueOf(path)])
    return applyChange(body, { set: Object.fromEntries(set) })
  }

  async #judge(change, own) {
    const hash = await hashOf(change)
    const earlier = this.known.get(change.cid)
    if (earlier) return { ...earlier, hash }
    const before = this.records.get(change.id)
    const problem = this.#problem(change, before)
    const verdict = problem ? { verdict: 'refused', seq: null, problem } : this.#apply(change, before, own)
    this.known.set(change.cid, verdict)
    return { ...verdict, hash }
  }

  #problem(change, before) {
    if (change.after && this.known.get(change.after)?.verdict !== 'ok') return { code: 'needs-earlier-change' }
    if (change.new && before) return { code: 'already-exists' }
    if (change.set && (!before || this.hidden.has(change.id))) return { code: 'unknown-record' }
    return null
  }

  #apply(change, before, own) {
    const exact = !before || change.base === before.seq || own.has(before.seq)
    const by = new Map(before?.by ?? [])
    const body = applyChange(before?.body ?? null, change)
    this.#write(change.id, { kind: change.kind, body, by, at: change.at }, change.cid)
    for (const path of Object.keys(change.set ?? { '': null })) by.set(path, { seq: this.seq, at: change.at })
    if (exact) own.add(this.seq)
    return { verdict: exact ? 'ok' : 'merged', seq: this.seq }
  }

  #write(id, record, cid) {
    this.seq += 1
    this.tags.set(this.seq, `${this.seq}f${cid.length}`)
    this.records.set(id, { ...record, seq: this.seq })
  }

  #pull({ limit, thin, want }, from, own, schema) {
    const visible = [...this.records].filter(([id]) => !this.hidden.has(id))
    const rowOf = ([id, { seq, kind, body, at = 0 }]) => [
      seq,
      id,
      kind,
      body,
      ...(schema < 2 ? [] : [this.#markOf(seq, body, at)]),
    ]
    const after = visible
      .filter(([, { seq, body }]) => seq > from && !(thin && body === null))
      .sort((a, b) => a[1].seq - b[1].seq)
    const page = thin ? after.slice(0, limit).map(rowOf) : this.#fitting(after.slice(0, limit).map(rowOf))
    const more = after.length > page.length
    const end = more ? page.at(-1)[0] : this.seq
    const listed = thin ? page.map(([seq, id]) => [seq, id]) : page.filter(([seq]) => !own.has(seq))
    const wanted = this.#fitting(visible.filter(([id]) => want.includes(id)).map(rowOf))
    const gone = from ? this.left.filter(([seq]) => seq > from && seq <= end).map(([, id]) => id) : []
    return { rows: [...listed, ...wanted], gone, cursor: `${end}.${this.view}`, more }
  }

  /** As many rows as the page holds, and always one. */
  #fitting(rows) {
    let room = this.page
    const end = rows.findIndex(([, , , body], index) => {
      room -= JSON.stringify(body).length
      return room < 0 && index > 0
    })
    return end < 0 ? rows : rows.slice(0, end)
  }

  #markOf(seq, body, at) {
    return body === null ? '' : `${seq}.${this.tags.get(seq) ?? 'f'}.${at}.ours`
  }

  #at() {
    return `${this.seq}.${this.tags.get(this.seq)}`
  }
}

function isMap(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
