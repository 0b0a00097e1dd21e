// @ts-check
/**
 * The half of the store that is loaded after the first paint, in one piece.
 *
 * @typedef {import('../core/types.js').SpaceAnswer} SpaceAnswer
 * @typedef {import('./outbox.js').Sending} Sending
 * @typedef {{touched: import('./store.js').Touched}} Done
 *
 * @typedef {object} Outbox what `sync/` is handed: what goes out and what comes in
 * @property {(space: string, most?: number) => Promise<Sending[]>} batch
 * @property {(space: string) => Promise<{known: string|null, cursor: string|null}>} cursorOf
 * @property {(space: string) => Promise<string[]>} trailOf
 * @property {() => Promise<import('./outbox.js').Due>} countDue
 * @property {(space: string, sent: Sending[], answer: SpaceAnswer, at: number) => Promise<Done & {doubts: number, refused: number}>} applyAnswer
 * @property {(space: string, cid: string, random: number) => Promise<Done>} leaveOut
 * @property {(space: string, sending: Sending, problem: import('../core/types.js').Problem) => Promise<Done>} setAside
 * @property {(space: string, common?: number) => Promise<Done>} historyLost
 * @property {(space: string, common: number) => AsyncGenerator<import('./history.js').Offer[]>} offersBeyond
 * @property {(space: string) => Promise<Map<string, number>>} knownSeqs
 * @property {(space: string, rows: import('./walk.js').WholeRow[], walking: {history: import('./walk.js').Lost|null, at: string}) => Promise<Done>} takeRows
 * @property {(space: string, walked: import('./walk.js').Walked) => Promise<Done>} finishWalk
 * @property {(serverNow: number) => Promise<void>} pruneSent
 */
export { dismiss, tryAgain } from './again.js'
export { applyAnswer, setAside } from './answer.js'
export { conflictsIn, recordsInConflict } from './conflicts.js'
export { historyLost, offersBeyond } from './history.js'
export { batch, countDue, cursorOf, needsYou, pruneAllSent, pruneSent, trailOf } from './outbox.js'
export { doubtFiles, freeUp } from './file-states.js'
export { makeShelf } from './file-shelf.js'
export { write } from './files.js'
export { acceptDamage, damageByCopy, fetchAgain, leftInCopy, rememberDamage } from './damage.js'
export { dropOdd, listOdd, setApart, sweep } from './odd.js'
export { hasRoom } from './probe.js'
export { keepSafe, letGo, noteUnwritable, recover, remaining } from './rescue.js'
export { bringBack, compare } from './second-copy.js'
export { isOwnContact, nextContact } from './lineage.js'
export { leaveOut } from './stuck.js'
export { finishWalk, knownSeqs, takeRows } from './walk.js'
