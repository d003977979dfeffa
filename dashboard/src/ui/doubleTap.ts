/** Some browsers of phones count no taps: two within this, so near to each other, are a double one. */
export const DOUBLE_MS = 350
export const DOUBLE_PX = 24

/** A press, with what it fell on: a link or a button. `counted`: how many in a row the browser says it is. */
export type Press = {
  readonly at: number
  readonly x: number
  readonly y: number
  readonly counted: number
  readonly byTouch: boolean
  readonly on: Element | null
}

/**
 * A double tap is one press. By the second, what the first has done may have put something else under the finger, which nobody has
 * read; and a command, or a step of a form, is not meant twice. Switches and the like take each press.
 */
export function isOneTooMany(first: Press | undefined, press: Press): boolean {
  if (first === undefined || first.on === null || press.on === null || !isDouble(first, press)) return false
  return press.on !== first.on || press.on.matches('a, .button')
}

function isDouble(first: Press, { at, x, y, counted, byTouch }: Press): boolean {
  if (counted > 1) return true
  return byTouch && at - first.at < DOUBLE_MS && Math.hypot(x - first.x, y - first.y) < DOUBLE_PX
}

/** Holds for all pages of a document. A key that is held down, or pressed twice, is no tap. */
export function takeDoubleTapsForOne(): void {
  let first: Press | undefined
  let touchedAt = Number.NEGATIVE_INFINITY
  document.addEventListener('touchend', ({ timeStamp }) => {
    touchedAt = timeStamp
  })
  const look = (event: MouseEvent) => {
    if (event.detail === 0 || !(event.target instanceof Element)) return
    const press: Press = {
      at: event.timeStamp,
      x: event.clientX,
      y: event.clientY,
      counted: event.detail,
      byTouch: event.timeStamp - touchedAt < DOUBLE_MS,
      on: event.target.closest('a, button'),
    }
    if (isOneTooMany(first, press)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    } else first = press
  }
  document.addEventListener('click', look, { capture: true })
}
