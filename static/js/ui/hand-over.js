const FREE_AFTER_MS = 60_000

/** Hand the file over: where there is a share sheet by it, else as a download. Only a fresh tap is allowed to. */
export async function handOver(file) {
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
