export type Route = 'page' | 'asset' | 'areas' | 'network'

/** What the service worker does with a request. Everything that may hold personal data goes to the network, unkept. */
export function route(method: string, mode: string, url: URL, origin: string): Route {
  if (method !== 'GET' || url.origin !== origin) return 'network'
  if (mode === 'navigate') return /^\/(?:record|facility)(?:\/|$)/.test(url.pathname) ? 'page' : 'network'
  if (url.pathname.startsWith('/assets/')) return 'asset'
  if (url.pathname === '/api/areas' || url.pathname === '/api/sites') return 'areas'
  return 'network'
}

/** @throws Error when `work` takes longer than `ms`; it goes on, and nobody waits for it. */
export function timed<T>(work: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
