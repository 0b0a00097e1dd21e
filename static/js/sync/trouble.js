// @ts-check
/**
 * The ways in which asking the server goes wrong.
 * @typedef {import("../core/types.js").Problem} Problem
 * @typedef {import("../store/outbox.js").Sending} Sending
 */

/** The question was not answered by the server; nothing is known about what became of it. */
export class NetworkTrouble extends Error {
  /** @param {"no-network"|"timeout"|"captive-portal"|"garbled"} code */
  constructor(code) {
    super(code)
    this.code = code
  }
}

/** The server answered, but not with what was asked for. */
export class Unserved extends Error {
  /** @param {number} status @param {number|null} retryAfter @param {Problem|null} problem */
  constructor(status, retryAfter, problem) {
    super(`answered ${status}`)
    this.status = status
    this.retryAfter = retryAfter
    this.problem = problem
  }
}

/** The same, to a question that carried changes: one of them may be why. */
export class Unreadable extends Unserved {
  /** @param {string} space @param {Sending[]} sent @param {Unserved} cause */
  constructor(space, sent, { status, retryAfter, problem }) {
    super(status, retryAfter, problem)
    this.space = space
    this.sent = sent
  }
}
