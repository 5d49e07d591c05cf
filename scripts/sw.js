// The service worker. The build fills in the version (a hash over all built files) and the list of files.
// Cache first: a visit is served from the version it started with. A new version is fetched in the background and takes
// over once the last tab of the old one is closed, so a page never meets chunks of another build.
const version = '__VERSION__'
const files = ['__FILES__']

const prefix = `ordinal ${self.registration.scope} `
const name = prefix + version
const page = new URL('./', self.registration.scope).href

self.addEventListener('install', (event) => {
  event.waitUntil(keepAll())
})

self.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET' || !request.url.startsWith(self.registration.scope)) return
  event.respondWith(answer(request))
})

async function keepAll() {
  const cache = await caches.open(name)
  await cache.addAll(files.map((file) => new Request(new URL(file, page), { cache: 'no-cache' })))
}

async function dropOthers() {
  const names = await caches.keys()
  await Promise.all(
    names.filter((other) => other.startsWith(prefix) && other !== name).map((other) => caches.delete(other)),
  )
}

async function answer(request) {
  const cache = await caches.open(name)
  const kept = await cache.match(keyOf(request), { ignoreSearch: true, ignoreVary: true })
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok && response.type === 'basic' && request.destination === 'font')
    await cache.put(request, response.clone())
  return response
}

/** Every way to open the page (with parameters, with index.html) is the one page. */
function keyOf(request) {
  if (request.mode !== 'navigate') return request
  const path = new URL(request.url).pathname
  return path === new URL(page).pathname || path.endsWith('/index.html') ? page : request
}
