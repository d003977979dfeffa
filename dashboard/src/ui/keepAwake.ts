/** Asked again after this when the browser refuses: low battery, or no page of a secure address. */
const AGAIN_MS = 60_000

/** A screen that nobody touches does not go dark. A browser lets go of it when the page is hidden. @returns to let go */
export function keepAwake(): () => void {
  // Plain http of another machine has none: there the kiosk's own settings keep the screen on (docs/kiosk.md).
  if (!('wakeLock' in navigator)) return () => undefined
  let held: WakeLockSentinel | undefined
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const ask = async (): Promise<void> => {
    clearTimeout(timer)
    if (over || document.visibilityState === 'hidden' || (held && !held.released)) return
    const got = await navigator.wakeLock.request('screen').catch((error: unknown) => {
      console.warn('The screen may go dark.', error)
      return undefined
    })
    if (got === undefined) {
      timer = setTimeout(() => void ask(), AGAIN_MS)
      return
    }
    held = got
    if (over) await got.release()
    else got.addEventListener('release', () => void ask(), { once: true })
  }
  const look = () => void ask()
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    over = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
    void held?.release()
  }
}
