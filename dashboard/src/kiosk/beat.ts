import { BEAT, BEAT_EVERY_MS, mayBeat } from './guard.ts'

/** Tells the kiosk around this page that it lives; nothing where there is none. */
export function beatInKiosk(): void {
  if (window.parent === window) return
  let hasDrawn = true
  const beat = () => {
    const hasFailed = document.querySelector('main') === null && document.querySelector('.state-error') !== null
    if (!mayBeat({ hasDrawn, isHidden: document.visibilityState === 'hidden', hasFailed })) return
    hasDrawn = false
    requestAnimationFrame(() => {
      hasDrawn = true
    })
    window.parent.postMessage(BEAT, location.origin)
  }
  // At once: one that hangs before its first beat is waited for as a cold start is.
  beat()
  setInterval(beat, BEAT_EVERY_MS)
}
