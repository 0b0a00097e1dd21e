import { svg } from '../../vendor/lit-html.js'

// Our own strokes on a 24-unit square; each stands beside a word.
const STROKES = {
  tick: svg`<path d="M5 12.5l4.5 4.5L19 7.5"/>`,
  back: svg`<path d="M14.5 5.5L8 12l6.5 6.5"/>`,
  next: svg`<path d="M9.5 5.5L16 12l-6.5 6.5"/>`,
  up: svg`<path d="M12 19V5.5M6 11l6-6 6 6"/>`,
  down: svg`<path d="M12 5v13.5M6 13l6 6 6-6"/>`,
  pen: svg`<path d="M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5z"/>`,
  list: svg`<path d="M9 6.5h10.5M9 12h10.5M9 17.5h10.5M4.5 6.5h.5M4.5 12h.5M4.5 17.5h.5"/>`,
  room: svg`<path d="M6 20V4.5h12V20M3.5 20h17M14.5 12.5v.5"/>`,
  flag: svg`<path d="M6 20.5V4.5h11.5L15 8.5l2.5 4H6"/>`,
  undo: svg`<path d="M8.5 5L4.5 9l4 4M5 9h8.5a5.5 5.5 0 010 11H10"/>`,
  photo: svg`<path d="M3.5 7.5h4l1.5-2.5h6l1.5 2.5h4v11.5h-17zM12 10a3.3 3.3 0 100 6.6 3.3 3.3 0 000-6.6z"/>`,
  sweep: svg`<path d="M12 12V6.5M12 3.5a8.5 8.5 0 108.5 8.5M15.5 4.3l4.2 4.2"/>`,
  plus: svg`<path d="M12 5.5v13M5.5 12h13"/>`,
  minus: svg`<path d="M5.5 12h13"/>`,
  tablet: svg`<path d="M6.5 3.5h11v17h-11zM11 17.5h2"/>`,
  safe: svg`<circle cx="12" cy="12" r="8.5"/><path d="M8.5 12.5l2.5 2.5 4.5-5"/>`,
  waiting: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V12l3 2"/>`,
  trouble: svg`<path d="M12 4l9 16H3zM12 10v4.5M12 17.3v.2"/>`,
  send: svg`<path d="M4 12l16-7.5-5.5 16L11.5 13z"/>`,
  people: svg`<circle cx="9" cy="9" r="3.5"/><path d="M3 19.5c0-7 12-7 12 0M15.5 5.8a3.5 3.5 0 010 6.4M17.5 14.5c2.2.8 3.5 2.5 3.5 5"/>`,
}

/** @param {keyof typeof STROKES} name */
export function icon(name) {
  return svg`<svg class=${`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">${STROKES[name]}</svg>`
}
