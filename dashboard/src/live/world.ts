import { chance, screenNow } from '../clock.ts'
import type { SessionWorld } from './session.ts'

/** What the link and the store need of a browser. */
export const world: SessionWorld = {
  now: screenNow,
  random: chance,
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  frame: (task) => {
    if (document.visibilityState === 'hidden') setTimeout(task, 0)
    else requestAnimationFrame(task)
  },
  // A message posted within an animation frame is delivered after that frame's paint.
  painted: (task) => {
    if (document.visibilityState === 'hidden') return
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      task()
    }
    channel.port2.postMessage(null)
  },
}
