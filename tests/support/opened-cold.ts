import { gzipSync } from 'node:zlib'
import type { Browser, Response } from 'playwright-core'

/** bytes of gzip, without maps and charts */
export const WALL_SCRIPT_MAX = 120_000
/** What is loaded beside the page: the map and its engines, charts and sparklines. */
const MAPS_AND_CHARTS = /map|chart|sparkline|geometry/i

/** `scripts`: by name, gzipped bytes of each that was asked for before the first live number, the largest first */
export type OpenedCold = {
  readonly paintMs: number
  readonly numberMs: number
  readonly scripts: readonly (readonly [name: string, bytes: number])[]
}

const nameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''
export const bytesOf = ({ scripts }: Pick<OpenedCold, 'scripts'>): number =>
  scripts.reduce((sum, [, size]) => sum + size, 0)

/** A wall in a browser that has nothing of it. */
export async function openCold(browser: Browser, url: string): Promise<OpenedCold> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page = await context.newPage()
  const responses = new Map<string, Response>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.set(nameOf(response.url()), response)
  })
  await page.addInitScript(() => {
    const look = (): void => {
      const live = document.querySelector('.wall[data-freshness=live] .waiting-list .num')
      if (/\d/.test(live?.textContent ?? '')) Object.assign(window, { firstNumberMs: performance.now() })
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(url)
  await page.waitForFunction(() => 'firstNumberMs' in window)
  // By the page's own clock: on a busy machine this process hears of the number when much more has come.
  const { paintMs, numberMs, early } = await page.evaluate(() => {
    const numberMs = (window as unknown as { firstNumberMs: number }).firstNumberMs
    return {
      numberMs,
      paintMs: performance.getEntriesByName('first-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
      early: performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime <= numberMs)
        .map(({ name }) => name),
    }
  })
  const names = new Set(early.map(nameOf))
  const scripts: [string, number][] = []
  for (const [name, response] of responses)
    if (names.has(name) && !MAPS_AND_CHARTS.test(name))
      scripts.push([name, gzipSync(await response.body(), { level: 9 }).length])
  await context.close()
  return { paintMs, numberMs, scripts: scripts.toSorted((a, b) => b[1] - a[1]) }
}
