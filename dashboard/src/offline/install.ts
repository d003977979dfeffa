const WORKER = '/record-worker.js'
const SCOPE = '/record'
const MANIFEST = '/record.webmanifest'

/**
 * Makes the recording pages open without a network, and offers them to be installed. Only pages under /record are
 * the worker's: a wall or a form for help is never served from a phone's memory.
 */
export function installOffline(): void {
  if (document.querySelector('link[rel="manifest"]') === null) {
    const link = document.createElement('link')
    link.rel = 'manifest'
    link.href = MANIFEST
    document.head.append(link)
  }
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  navigator.serviceWorker.register(WORKER, { scope: SCOPE }).catch((error: unknown) => {
    console.warn('These pages will not open without a network.', error)
  })
}

/** Asks the browser not to clear what is not sent yet when the phone runs out of space. */
export async function keepStorage(): Promise<boolean> {
  return (await navigator.storage?.persist?.()) ?? false
}
