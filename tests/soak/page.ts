import { startBrowser } from '../support/browser.ts'
import { pageHeap } from '../support/page-heap.ts'

/** What a wall's page holds after a garbage collection. `heap`: MiB of JavaScript, without its machine code, `code`; the rest are counts. */
export type PageLook = {
  readonly heap: number
  readonly code: number
  readonly nodes: number
  readonly listeners: number
}

export type WallPage = {
  look(): Promise<PageLook>
  /** what it shows of its link */
  freshness(): Promise<string>
  close(): Promise<void>
}

const FIRST_MS_MAX = 60_000

/** A wall in Chromium, that nobody touches. @param url of the hub, or of a link to it. @param cookie of who looks */
export async function openWallPage(url: string, cookie: string): Promise<WallPage> {
  const browser = await startBrowser()
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  await context.addCookies(
    cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=')
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
    }),
  )
  const page = await context.newPage()
  await page.goto(`${url}/wall?lang=en`)
  const wall = page.locator('[data-freshness]')
  await page.locator('[data-freshness="live"]').waitFor({ timeout: FIRST_MS_MAX })
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable')
  return {
    async look() {
      await devtools.send('HeapProfiler.collectGarbage')
      const { metrics } = await devtools.send('Performance.getMetrics')
      const of = (name: string) => metrics.find((each) => each.name === name)?.value ?? Number.NaN
      return { ...(await pageHeap(devtools)), nodes: of('Nodes'), listeners: of('JSEventListeners') }
    },
    freshness: async () => (await wall.first().getAttribute('data-freshness')) ?? '',
    close: () => browser.close(),
  }
}
