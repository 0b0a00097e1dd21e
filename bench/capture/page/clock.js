/**
 * Clocks in the measured page, put there before its own scripts: from a real event until the frame that shows its effect is
 * painted, or until what was written is durable. They read the page and alter nothing in it but `app.save`, which they time.
 */
;(() => {
  /** What the browser itself times of one act, from the event to the frame presented. */
  const TIMED = { click: ['pointerup', 'mouseup', 'click'], keydown: ['keydown', 'keypress'] }
  /** The browser hands its timings over a little after the frame. */
  const TOLD_AFTER_MS = 120
  /** A note waits for its next letter before it is handed over. */
  const SAVED_AFTER_MS = 400
  /** Two events of one act carry the same time, but for rounding. */
  const SAME_MS = 1
  const SPINS = 2e7

  const acts = { click: [], keydown: [] }
  const timings = []
  const saves = []
  const last = { input: 0, click: 0 }
  let unfinished = 0
  let wish = null

  const observer = new PerformanceObserver((list) => timings.push(...list.getEntries()))
  observer.observe({ type: 'event', durationThreshold: 16 })

  /** Calls with the time when the next frame is painted. */
  const afterFrame = (then) => requestAnimationFrame(() => behindFrame(then))

  /** A message that is sent from a frame comes when that frame is painted. */
  function behindFrame(then) {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => then(performance.now())
    port2.postMessage(null)
  }

  for (const type of Object.keys(TIMED)) addEventListener(type, (event) => event.isTrusted && onAct(type, event), true)
  addEventListener('input', (event) => (last.input = event.timeStamp), true)

  function onAct(type, { timeStamp: at }) {
    if (type === 'click') begin(at)
    // A click on a label comes a second time, on its input.
    if (at - (acts[type].at(-1)?.at ?? Number.NEGATIVE_INFINITY) < SAME_MS) return
    const act = { at, own: null }
    acts[type].push(act)
    afterFrame((now) => (act.own = now - at))
  }

  function begin(at) {
    last.click = at
    if (!wish || wish.at) return
    wish.at = at
    look()
  }

  /** Looks before each frame; what it finds then is what that frame paints. */
  function look() {
    const { at, done } = wish
    requestAnimationFrame(() => (isThere(wish) ? behindFrame((now) => done(now - at)) : look()))
  }

  function isThere({ selector, count, text }) {
    const found = [...document.querySelectorAll(selector)]
    return found.filter((one) => one.checkVisibility() && (!text || one.textContent.includes(text))).length === count
  }

  function slowest(type, at) {
    const own = timings.filter(({ name, startTime }) => TIMED[type].includes(name) && Math.abs(startTime - at) < SAME_MS)
    return own.length ? Math.max(...own.map(({ duration }) => duration)) : null
  }

  /** The app calls itself usable: when is that painted? */
  const ready = new Promise((done) => {
    const attribute = { subtree: true, attributeFilter: ['data-ready'] }
    new MutationObserver(() => afterFrame(done)).observe(document, attribute)
  })

  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

  globalThis.walkBench = {
    /** From the next click on, wait for as many elements with such a text. */
    arm(wanted) {
      wish = { count: 1, ...wanted }
      wish.shown = new Promise((resolve) => (wish.done = resolve))
    },
    /** Milliseconds from that click until they were painted. */
    shown: () => wish.shown,
    /** What was tapped or typed since last asked: `timing` is the browser's own, null below 16 ms. */
    async take(type) {
      await pause(TOLD_AFTER_MS)
      const found = acts[type].splice(0).map(({ at, own }) => ({ own, timing: slowest(type, at) }))
      timings.length = 0
      return found
    },
    forget: (type) => void acts[type].splice(0),
    /** Time the promise by which the app says that what a person wrote is durable on this tablet. */
    watchSaves(app) {
      const save = app.save
      app.save = async (edits) => {
        const paths = edits.flatMap(({ set }) => Object.keys(set ?? {}))
        const one = { paths, began: performance.now(), ...last }
        unfinished += 1
        await save.call(app, edits).finally(() => (unfinished -= 1))
        saves.push({ ...one, durable: performance.now() })
      }
    },
    /** What was saved since last asked; what is on its way is waited for, or the slowest would be left out. */
    async takeSaves() {
      do await pause(SAVED_AFTER_MS)
      while (unfinished)
      return saves.splice(0)
    },
    ready: () => ready,
    /** How long this thread takes for the same work: tells how much it is slowed down. */
    spin() {
      const began = performance.now()
      let sum = 0
      for (let n = 0; n < SPINS; n += 1) sum += n % 7
      return sum && performance.now() - began
    },
  }
})()
