import type { Page } from 'playwright-core'

/** ms since 1970 of the frame in which the wall shows `count` red cases waiting, told by the page itself. */
export function painted(page: Page, count: number): Promise<number> {
  return page.evaluate(
    (expected) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const text = document.querySelector('.waiting-list li .num')?.textContent?.trim()
          if (text === expected) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    String(count),
  )
}
