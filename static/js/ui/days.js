import { hasPatterns, learnPatterns, usePatterns } from '../core/short-days.js'

const NAME = 'short-days'
let isRecalled = false

/** How days are written here, as an earlier start learned it: the first list is painted without the browser's slow formats. */
export function recallDays(app) {
  if (isRecalled) return
  isRecalled = true
  try {
    usePatterns(JSON.parse(app.recall(NAME) ?? 'null'))
  } catch {
    // Somebody else's words under our name: it is learned anew.
  }
}

/** For the next start. */
export function keepDays(app) {
  if (!hasPatterns()) app.remember(NAME, JSON.stringify(learnPatterns()))
}
