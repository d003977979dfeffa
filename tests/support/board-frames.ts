import type { Page } from 'playwright-core'

declare global {
  interface Window {
    /** ms since navigation of the last delta that arrived */
    deltaAt: number
  }
}

/** Runs in the page before its own code: notes when a delta arrives. */
export function watchFrames(): void {
  const Plain = window.WebSocket
  window.deltaAt = Number.NaN
  window.WebSocket = class extends Plain {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', ({ data }) => {
        if (typeof data !== 'string' || data.includes('"t":"delta"')) window.deltaAt = performance.now()
      })
    }
  }
}

/** @returns ms from navigation to the first frame that has the selector painted */
export function takeMark(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector(wanted)) resolve(performance.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    selector,
  )
}

/** @returns ms from the arrival of the last delta to the frame after the one that made the selector match */
export function onFrames(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector(wanted)) resolve(performance.now() - window.deltaAt)
          else requestAnimationFrame(look)
        }
        look()
      }),
    selector,
  )
}

/** Puts a value into a control. @returns ms from the event to the end of the frame that paints what it changed */
export function timeOf(page: Page, selector: string, value: string, event: 'change' | 'input'): Promise<number> {
  return page.evaluate(
    ([wanted, text, kind]) =>
      new Promise<number>((resolve) => {
        const control = document.querySelector<HTMLInputElement | HTMLSelectElement>(wanted)
        if (!control) throw new Error(`nothing is ${wanted}`)
        const began = performance.now()
        control.value = text
        control.dispatchEvent(new Event(kind, { bubbles: true }))
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - began)
          port2.postMessage(null)
        })
      }),
    [selector, value, event] as const,
  )
}
