import { linkManifest } from '../ui/manifest.ts'

const WORKER = '/record-worker.js'
const AGAIN_MS = 20_000

/** Makes the recording pages open without a network, and offers them to be installed. */
export function installOffline(): void {
  linkManifest('/record.webmanifest')
  install('/record')
}

/** Makes the page of a facility open without a network. */
export function installFacilityOffline(): void {
  install('/facility')
}

/** Only pages of these scopes are the worker's: a wall or a form for help is never served from a phone's memory. */
function install(scope: '/record' | '/facility'): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  register(scope).catch((error: unknown) => {
    console.warn('These pages will not open without a network.', error)
  })
}

/** An installation that fails half-way, on a bad line or because the hub changed its build meanwhile, is tried again. */
async function register(scope: '/record' | '/facility'): Promise<void> {
  const registration = await navigator.serviceWorker.register(WORKER, { scope })
  const { installing } = registration
  installing?.addEventListener('statechange', () => {
    if (installing.state === 'redundant' && registration.active === null) setTimeout(() => install(scope), AGAIN_MS)
  })
}

/** Asks the browser not to clear what is not sent yet when the phone runs out of space. */
export async function keepStorage(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}
