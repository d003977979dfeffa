import { sinceOpened } from '../clock.ts'
import { GONE_MS, isBeat, isFrozen } from './guard.ts'

/**
 * The page that an unattended screen opens: the wall stands in a frame of it. The hub gives that frame a process of its
 * own (Document-Isolation-Policy), so that this one goes on when the wall hangs, or its process dies, and opens it anew:
 * within one process nothing can reload a page that hangs, neither a worker nor a service worker.
 */
const LOOK_EVERY_MS = 1_000
/** A hub that does not answer for so long is not there; it is asked again. */
const ANSWER_MS_MAX = 5_000
const screen = document.querySelector<HTMLElement>('#screen')
const restarting = document.querySelector<HTMLElement>('#restarting')
if (!screen || !restarting) throw new Error('kiosk.html has no #screen or #restarting')

let frame: HTMLIFrameElement | undefined
let madeAt = 0
let beatAt: number | null = null
let openFrom = 0

/** The same path for all screens: it leads on to the wall of the one that is signed in, or shows the code of a new one. */
function open(into: HTMLElement): void {
  frame = document.createElement('iframe')
  frame.src = `/screen${location.search}`
  frame.allow = 'fullscreen; autoplay; screen-wake-lock'
  frame.title = document.title
  // Keys, and those of a remote control, are the wall's.
  frame.addEventListener('load', ({ currentTarget }) => (currentTarget as HTMLIFrameElement).contentWindow?.focus())
  madeAt = sinceOpened()
  beatAt = null
  into.replaceChildren(frame)
}

/** What a frozen page shows looks live: it goes at once, and the next one comes when the hub answers. */
async function look(into: HTMLElement, said: HTMLElement): Promise<void> {
  if (frame && isFrozen(madeAt, beatAt, sinceOpened())) {
    console.warn('the wall has frozen, and is opened anew')
    frame = undefined
    into.replaceChildren()
    openFrom = sinceOpened() + GONE_MS
  }
  said.hidden = frame !== undefined
  if (frame === undefined && sinceOpened() >= openFrom && (await isThere())) open(into)
}

function isThere(): Promise<boolean> {
  return fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS_MAX) }).then(
    ({ ok }) => ok,
    () => false,
  )
}

addEventListener('message', (message) => {
  if (isBeat(message, { origin: location.origin, frame: frame?.contentWindow })) beatAt = sinceOpened()
})
const again = async (): Promise<void> => {
  await look(screen, restarting)
  setTimeout(() => void again(), LOOK_EVERY_MS)
}
void again()
