/**
 * The screen stays on while a visit is open, where the browser can; it is asked for again when the page is looked at again.
 * @returns {() => void} lets it go
 */
export function stayAwake() {
  let lock = null
  let isOver = false
  const ask = async () => {
    if (document.visibilityState !== 'visible' || !navigator.wakeLock) return
    // A battery that is nearly empty refuses: then the screen goes off as usual.
    lock = await navigator.wakeLock.request('screen').catch(() => null)
    if (isOver) lock?.release()
  }
  document.addEventListener('visibilitychange', ask)
  ask()
  return () => {
    isOver = true
    document.removeEventListener('visibilitychange', ask)
    lock?.release()
  }
}
