/** What lies between a tablet and the server: everything that happens to a message, and to the server under it. */

const PORTAL = '<html><body>Welcome to our Wi-Fi. Please sign in.</body></html>'
const HANGS_MS = 120_000

/** Fault -> how often it comes when any comes. */
export const FAULTS = {
  requestLost: 5,
  answerLost: 6,
  hangs: 1,
  late: 4,
  doubled: 5,
  truncated: 3,
  portal: 3,
  redirect: 1,
  broken: 3,
  brokenAfter: 3,
  busy: 3,
  tooMany: 2,
  killed: 6,
  forged: 3,
}

export class Network {
  isCalm = false
  requests = 0
  #world
  #chance
  #share
  #faults

  /** @param {{share: number, faults: Record<string, number>}} how often, and which kinds this run knows */
  constructor(world, chance, { share, faults }) {
    this.#world = world
    this.#chance = chance
    this.#share = share
    this.#faults = faults
  }

  /** `fetch` as one tab has it. */
  fetchOf(tab) {
    return (path, init) =>
      new Promise((resolve, reject) => {
        this.requests += 1
        const call = { tab, path, init, token: tab.tablet.token, settle: (work) => this.#world.schedule.soon(work, tab) }
        call.answer = (response) => call.settle(() => resolve(response))
        call.fail = () => call.settle(() => reject(new TypeError('Failed to fetch')))
        init.signal?.addEventListener('abort', () => reject(init.signal.reason))
        this.#begin(call)
      })
  }

  #begin(call) {
    const { schedule } = this.#world
    this.#world.oracle.asked(call.tab, schedule.now)
    const fault = this.#fault()
    const wait = this.#chance.between(5, 300)
    this.#world.trace('ask', call.tab.name, fault ?? '', call.init.body ?? '')
    if (!call.tab.tablet.isOnline || fault === 'requestLost') return void schedule.after(wait, call.fail, call.tab)
    if (fault === 'portal') return void schedule.after(wait, () => call.answer(page(200, PORTAL)), call.tab)
    if (fault === 'redirect') return void schedule.after(wait, () => call.answer({ ...page(302, ''), type: 'opaqueredirect' }), call.tab)
    if (fault === 'broken') return void schedule.after(wait, () => call.answer(this.#ofAProxy()), call.tab)
    if (fault === 'tooMany') return void schedule.after(wait, () => call.answer(page(429, '', this.#retryAfter())), call.tab)
    if (fault === 'busy') return void schedule.after(wait, () => call.answer(page(503, '', this.#retryAfter())), call.tab)
    if (fault === 'forged') return void schedule.after(wait, () => this.#forge(call), call.tab)
    if (fault === 'doubled') schedule.after(this.#chance.between(1, 5 * 86_400_000), () => this.#deliver(call), null)
    const delay = fault === 'late' ? this.#chance.between(1_000, 600_000) : wait
    schedule.after(delay, () => this.#arrive(call, fault), null)
  }

  async #arrive(call, fault) {
    const told = await this.#deliver(call, fault === 'killed' ? this.#chance.between(1, 90) : undefined)
    const back = this.#chance.between(5, 300)
    const { schedule } = this.#world
    if (told.died || fault === 'answerLost') return void schedule.after(back, call.fail, call.tab)
    if (fault === 'hangs') return void schedule.after(HANGS_MS, call.fail, call.tab)
    if (fault === 'brokenAfter') return void schedule.after(back, () => call.answer(this.#ofAProxy()), call.tab)
    const text = fault === 'truncated' ? told.text.slice(0, this.#chance.below(told.text.length)) : told.text
    schedule.after(back, () => call.answer(responseOf(told.status, told.headers, text)), call.tab)
  }

  /** The message reaches the server, whatever became of the tab that sent it. */
  async #deliver({ tab, path, init, token }, die) {
    const { world } = { world: this.#world }
    if (world.poisons.some((marker) => init.body?.includes(marker))) return FELL_OVER
    const body = this.#smaller(init.body)
    const cids = world.oracle.sending(tab, body)
    const told = await world.ask({ op: 'http', method: init.method, path, body: body ?? '', token, cids, ...(die ? { die } : {}) })
    world.trace('told', tab.name, told.died ? 'died' : told.status, told.text ?? '')
    if (!told.died) world.oracle.answered(tab, body, told)
    return told
  }

  /** A tablet that asks for less at a time: pages of one row find what pages of 500 hide. */
  #smaller(body) {
    const { page } = this.#world.knobs
    return page && body ? body.replace(/"limit":\d+/g, (said) => `"limit":${Math.min(page, Number(said.slice(8)))}`) : body
  }

  /** Somebody says "ok" in the server's own form, who never had what was sent: only the receipt's hash tells. */
  #forge(call) {
    const { spaces = {} } = JSON.parse(call.init.body ?? '{}')
    // No tablet can tell a forged feed from a true one; receipts are what it does check.
    if (!Object.values(spaces).some(({ changes, cursor }) => changes.length && cursor)) return call.fail()
    const parts = Object.entries(spaces).map(([space, { changes, cursor, known }]) => {
      const results = Object.fromEntries(changes.map(({ cid }) => [cid, { verdict: 'ok', seq: 1, hash: '0'.repeat(64) }]))
      return [space, { results, rows: [], gone: [], cursor, at: known, more: false }]
    })
    const text = JSON.stringify({ now: this.#world.schedule.now, spaces: Object.fromEntries(parts) })
    call.answer(responseOf(200, { 'Content-Type': 'application/json' }, text))
  }

  #fault() {
    if (this.isCalm || !this.#chance.happens(this.#share)) return null
    return this.#chance.weighted(this.#faults)
  }

  #ofAProxy() {
    return page(this.#chance.one([500, 502, 504]), '<html>Bad gateway</html>')
  }

  #retryAfter() {
    return this.#chance.happens(0.5) ? { 'retry-after': String(this.#chance.between(1, 120)) } : {}
  }
}

/** What a server says that falls over one change, every time. */
const FELL_OVER = { status: 500, headers: { 'Content-Type': 'application/problem+json' }, text: '{"code":"our-fault"}', kept: {} }

function page(status, text, headers = {}) {
  return responseOf(status, { 'Content-Type': 'text/html', ...headers }, text)
}

/** Only what the transport reads of a Response; the real one takes turns of the real event loop. */
function responseOf(status, headers, text) {
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return {
    ok: status >= 200 && status < 300,
    status,
    type: 'basic',
    headers: { get: (name) => lower[name.toLowerCase()] ?? null },
    json: async () => JSON.parse(text),
    text: async () => text,
  }
}
