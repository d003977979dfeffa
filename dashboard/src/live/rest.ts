import type { Link, World } from './link.ts'

/**
 * A hidden page gives up its link after this: looking something up in another tab costs no new one, and a radio in a
 * pocket is left alone. With a frame each 100 ms and a beat each second, 3 s are under 40 frames.
 */
export const REST_AFTER_MS = 3_000

/**
 * Lets go of the link while nobody can see the page. Shown again, it connects and resumes by position: what was missed
 * comes as one delta.
 * @returns to be told whenever the page is hidden or shown, and to be stopped with it
 */
export function createRest(
  link: Pick<Link, 'start' | 'stop'>,
  world: Pick<World, 'after'>,
): { hidden(is: boolean): void; stop(): void } {
  let resting = false
  let cancel: (() => void) | undefined
  const stop = () => {
    cancel?.()
    cancel = undefined
  }
  return {
    hidden(is) {
      stop()
      if (is) {
        cancel = world.after(REST_AFTER_MS, () => {
          resting = true
          link.stop()
        })
      } else if (resting) {
        resting = false
        link.start()
      }
    },
    stop,
  }
}
