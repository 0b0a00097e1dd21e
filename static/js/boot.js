// @ts-check
/**
 * First the words, then the app: what a module says when it is loaded is said in the person's language.
 *
 * That is the one they chose in this browser, else the first of the browser's own wishes that there are words for. The pages
 * of the server follow the same choice, by a cookie.
 */
import { useCatalogue } from './core/gettext.js'

/** Each by its own name; one that is not whole says so where it is chosen. */
const LANGUAGES = [
  { code: 'en', name: 'English', isWhole: true },
  { code: 'es', name: 'Español', isWhole: true },
  { code: 'ht', name: 'Kreyòl ayisyen', isWhole: false },
]
const KEPT = 'walkapp:language'
const COOKIE = 'walk_language'
const YEAR_S = 31_536_000
/** On a bad network the app opens in English rather than late. */
const WORDS_WITHIN_MS = 5_000

const chosen = chosenLanguage()
/** Where the words are; English needs none. */
const words = chosen === 'en' ? null : `/static/words/${chosen}.json`
if (words) await Promise.race([learn(words), later()]).catch(() => {})
const { start } = await import('./app.js')
start({ all: LANGUAGES, chosen, words, choose })

function chosenLanguage() {
  for (const wish of [kept(), cookie(), ...(navigator.languages ?? [])]) {
    const code = wish?.toLowerCase().split('-')[0]
    if (LANGUAGES.some((one) => one.code === code)) return String(code)
  }
  return 'en'
}

/** @param {string} path */
async function learn(path) {
  const answer = await fetch(path)
  if (!answer.ok) return
  useCatalogue(await answer.json())
  document.documentElement.lang = chosen
  if (cookie() !== chosen) tellServer(chosen)
}

/** The page must be loaded again to speak it. @param {string} code */
function choose(code) {
  try {
    localStorage.setItem(KEPT, code)
  } catch {
    // A browser that keeps nothing has the cookie for as long as it is open.
  }
  tellServer(code)
}

/** @param {string} code */
function tellServer(code) {
  const secure = location.protocol === 'https:' ? '; Secure' : ''
  // Not every browser this runs in has a cookie store.
  document.cookie = `${COOKIE}=${code}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`
}

function kept() {
  try {
    return localStorage.getItem(KEPT)
  } catch {
    return null
  }
}

function cookie() {
  return new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(document.cookie)?.[1]
}

function later() {
  return new Promise((resolve) => setTimeout(resolve, WORDS_WITHIN_MS))
}
