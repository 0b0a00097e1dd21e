// @ts-check
/**
 * The half of the store that is loaded after the first paint, in one piece.
 *
 * @typedef {import('../core/types.js').SpaceAnswer} SpaceAnswer
 * @typedef {import('./outbox.js').Sending} Sending
 * @typedef {{touched: import('./store.js').Touched}} Done
 *
 * @typedef {object} Outbox what `sync/` is handed: what goes out and what comes in
 * @property {(space: string, most?: number, except?: Set<string>) => Promise<Sending[]>} batch
 * @property {(space: string) => Promise<{known: string|null, cursor: string|null}>} cursorOf
 * @property {(space: string, sent: Sending[], answer: SpaceAnswer, at: number) => Promise<Done & {doubts: number, refused: number}>} applyAnswer
 * @property {(space: string, sending: Sending, problem: import('../core/types.js').Problem) => Promise<Done>} setAside
 * @property {(space: string) => Promise<Done>} historyLost
 * @property {(space: string) => Promise<Map<string, number>>} knownSeqs
 * @property {(space: string, rows: import('./walk.js').WholeRow[], walking: {history: boolean, at: string}) => Promise<Done>} takeRows
 * @property {(space: string, walked: import('./walk.js').Walked) => Promise<Done>} finishWalk
 * @property {() => Promise<void>} pruneSent
 */
export { applyAnswer, setAside } from './answer.js'
export { batch, cursorOf, dismiss, exportUnsent, needsYou, pruneSent, tryAgain } from './outbox.js'
export { write } from './records.js'
export { keepSafe, recover } from './rescue.js'
export { finishWalk, historyLost, knownSeqs, takeRows } from './walk.js'
