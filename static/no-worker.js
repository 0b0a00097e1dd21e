// The kill switch: takes the place of a worker that has to go, and goes. What the person wrote is
// in IndexedDB, which nobody touches here.
addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(leave()))

async function leave() {
  const names = (await caches.keys()).filter((name) => name.startsWith('shell-'))
  await Promise.all(names.map((name) => caches.delete(name)))
  await registration.unregister()
}
