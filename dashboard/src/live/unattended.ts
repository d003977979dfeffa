import { onCleanup } from 'solid-js'
import { reloadWhenQuiet } from './newBuild.ts'
import { createPaints } from './paints.ts'
import type { SessionOptions } from './session.ts'

const FPS_EVERY_MS = 10_000

/** What the page shows, how large it is, and how many frames a second it can paint: counted for a second, now and then. */
function watchScreen(isShown: () => boolean): NonNullable<SessionOptions['screen']>['shown'] {
  let fps: number | null = null
  const count = () => {
    let frames = -1
    let first = 0
    const frame = (at: number) => {
      if (frames === -1) first = at
      frames++
      if (at - first < 1_000) requestAnimationFrame(frame)
      else fps = Math.round((frames * 1_000) / (at - first))
    }
    requestAnimationFrame(frame)
  }
  count()
  const timer = setInterval(count, FPS_EVERY_MS)
  onCleanup(() => clearInterval(timer))
  return () => (isShown() ? { scene: document.title.slice(0, 60), fps, w: innerWidth, h: innerHeight } : null)
}

/** What a page that nobody attends does besides: it makes room for a new build by itself, and a wall tells the hub what it paints. */
export const unattended = { reloadWhenQuiet, createPaints, watchScreen }
export type Unattended = typeof unattended
