/** First the words, then the page. Its language is the server's choice and stands in `lang`; without the words it is English. */
import { useCatalogue } from '../js/core/gettext.js'

/** The page must open also where its words do not come. */
const WORDS_WITHIN_MS = 5_000

const { lang } = document.documentElement
if (lang !== 'en') await Promise.race([learn(lang), later()]).catch(() => {})
await import('./rescue.js')

async function learn(language) {
  const answer = await fetch(`/static/words/${language}.json`)
  if (answer.ok) useCatalogue(await answer.json())
}

function later() {
  return new Promise((resolve) => setTimeout(resolve, WORDS_WITHIN_MS))
}
