import { dateOf } from '../core/time.js'

const FREE_AFTER_MS = 60_000

/** Hand the person a file with everything that no server has confirmed; readable, and importable again. */
export async function saveCopy(unsent, now) {
  const file = new File([JSON.stringify(unsent, null, 1)], `walkapp-unsent-${dateOf(now)}.json`, { type: 'application/json' })
  if (await share(file)) return
  const url = URL.createObjectURL(file)
  const link = Object.assign(document.createElement('a'), { href: url, download: file.name })
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), FREE_AFTER_MS)
}

/** A tablet shares a file more surely than it downloads one; a desk has no sheet to share with. */
async function share(file) {
  if (!matchMedia('(pointer: coarse)').matches || !navigator.canShare?.({ files: [file] })) return false
  try {
    await navigator.share({ files: [file] })
    return true
  } catch (error) {
    return error.name === 'AbortError'
  }
}
