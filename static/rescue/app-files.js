/** The app's own files on this tablet, and the worker that hands them out. What people wrote is not among them. */

/** Take them away; the next start fetches the app from the server. */
export async function removeAppFiles() {
  const workers = (await navigator.serviceWorker?.getRegistrations?.()) ?? []
  for (const worker of workers) await worker.unregister()
  const names = 'caches' in globalThis ? await caches.keys() : []
  for (const name of names) await caches.delete(name)
  return { workers: workers.length, caches: names.length }
}
