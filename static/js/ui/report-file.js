/** A file that tells an administrator why a tablet sends nothing; it holds counts and times, never what was written. */
export function saveReport(facts, now) {
  const report = { format: 'walkapp-report', version: 1, made_at: now, browser: navigator.userAgent, ...facts }
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([JSON.stringify(report, null, 2)], { type: 'application/json' }))
  link.download = `walkapp-report-${new Date(now).toISOString().slice(0, 10)}.json`
  link.click()
  // At once, a slow browser would find nothing behind the address.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
