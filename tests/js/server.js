/** A small server in memory with the rules of the protocol: one log, one space, everything visible unless it is hidden. */
import { hashOf } from '../../static/js/core/canonical.js'
import { applyChange } from '../../static/js/core/merge.js'

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

  /** As the transport sees it. */
  post = async (_path, request) => {
    this.requests.push(structuredClone(request))
    const fault = this.faults.shift()
    const told = fault && (await fault(request))
    if (told) return told
    const spaces = {}
    for (const [space, part] of Object.entries(request.spaces)) spaces[space] = await this.#exchange(part)
    return { ok: true, status: 200, json: structuredClone({ now: 0, spaces }), retryAfter: null }
  }

  backup() {
    return structuredClone({ seq: this.seq, records: this.records, known: this.known, tags: this.tags })
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

  async #exchange(part) {
    const [seq, tag] = (part.known ?? '0.0').split('.')
    if (this.tags.get(Number(seq)) !== tag) return { reset: 'history', results: {}, at: this.#at() }
    const results = {}
    const own = new Set()
    for (const change of part.changes) results[change.cid] = await this.#judge(change, own)
    const [from, view] = (part.cursor ?? `0.${this.view}`).split('.')
    if (view !== this.view) return { reset: 'view', results, at: this.#at() }
    return { results, ...this.#pull(part, Number(from), own), at: this.#at() }
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
    this.seq += 1
    this.tags.set(this.seq, `${this.seq}f${change.cid.length}`)
    const exact = !before || change.base === before.seq || own.has(before.seq)
    this.records.set(change.id, { kind: change.kind, seq: this.seq, body: applyChange(before?.body ?? null, change) })
    if (exact) own.add(this.seq)
    return { verdict: exact ? 'ok' : 'merged', seq: this.seq }
  }

  #pull({ limit, thin, want }, from, own) {
    const visible = [...this.records].filter(([id]) => !this.hidden.has(id))
    const rowOf = ([id, { seq, kind, body }]) => [seq, id, kind, body]
    const after = visible.filter(([, { seq }]) => seq > from).sort((a, b) => a[1].seq - b[1].seq)
    const page = after.slice(0, limit).map(rowOf)
    const more = after.length > limit
    const end = more ? page.at(-1)[0] : this.seq
    const listed = thin ? page.map(([seq, id]) => [seq, id]) : page.filter(([seq]) => !own.has(seq))
    const wanted = visible.filter(([id]) => want.includes(id)).map(rowOf)
    const gone = from ? this.left.filter(([seq]) => seq > from && seq <= end).map(([, id]) => id) : []
    return { rows: [...listed, ...wanted], gone, cursor: `${end}.${this.view}`, more }
  }

  #at() {
    return `${this.seq}.${this.tags.get(this.seq)}`
  }
}
