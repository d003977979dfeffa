/**
 * The service worker of /record and /facility. It keeps what their pages are made of, so that they open without a network,
 * and the public tables of areas and sites. It never keeps another answer of the API: those hold personal data.
 * `__SHELL__` and `__VERSION__` are filled in by the build (dashboard/shell.ts).
 */
import { route, timed } from './routes.ts'

type Waits = { waitUntil(work: Promise<unknown>): void }
type Fetched = Waits & { readonly request: Request; respondWith(answer: Promise<Response>): void }
type Scope = {
  addEventListener(type: 'install' | 'activate', listener: (event: Waits) => void): void
  addEventListener(type: 'fetch', listener: (event: Fetched) => void): void
  readonly clients: { claim(): Promise<void> }
  readonly location: Location
}

declare const __SHELL__: readonly string[]
declare const __VERSION__: string

const scope = globalThis as unknown as Scope
const PREFIX = 'jitasa-record-'
const SHELL = `${PREFIX}${__VERSION__}`
const AREAS = 'jitasa-areas'
const PAGE = '/record'
/** A bad line is as good as none after this; the kept page opens then. */
const PAGE_MS_MAX = 4_000

scope.addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll([PAGE, ...__SHELL__])))
})

scope.addEventListener('activate', (event) => {
  const old = caches.keys().then((names) => names.filter((name) => name.startsWith(PREFIX) && name !== SHELL))
  event.waitUntil(old.then((names) => Promise.all(names.map((name) => caches.delete(name)))))
  event.waitUntil(scope.clients.claim())
})

scope.addEventListener('fetch', (event) => {
  const { request } = event
  switch (route(request.method, request.mode, new URL(request.url), scope.location.origin)) {
    case 'page':
      return event.respondWith(page(request))
    case 'asset':
      return event.respondWith(asset(request))
    case 'areas':
      return event.respondWith(areas(request))
    case 'network':
      return undefined
  }
})

async function page(request: Request): Promise<Response> {
  try {
    return await timed(fetch(request), PAGE_MS_MAX)
  } catch (error) {
    const kept = await caches.match(PAGE)
    if (kept) return kept
    throw error
  }
}

/** The build puts a hash of the content into the name: what is kept is never old. */
async function asset(request: Request): Promise<Response> {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) await caches.open(SHELL).then((cache) => cache.put(request, answer.clone()))
  return answer
}

async function areas(request: Request): Promise<Response> {
  const cache = await caches.open(AREAS)
  try {
    const answer = await timed(fetch(request), PAGE_MS_MAX)
    if (answer.ok) await cache.put(request, answer.clone())
    return answer
  } catch (error) {
    const kept = await cache.match(request)
    if (kept) return kept
    throw error
  }
}
