import { gzipSync } from 'node:zlib'
import type { Page, Response } from 'playwright-core'
import { it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'
import { quantile, record } from '../support/measures.ts'

const TIMES = 10
const PAINT_MS_MAX = 1_500
const NUMBER_MS_MAX = 800
const SCRIPT_BYTES_MAX = 120_000
/** What is loaded beside the page: the map and its engines, charts and sparklines. */
const MAPS_AND_CHARTS = /map|chart|sparkline|geometry/i

const { hub, browser } = await productionForFile({ fill: inhabit })

type Opened = { readonly paintMs: number; readonly numberMs: number; readonly scripts: ReadonlyMap<string, number> }

/** The national wall in a browser that has nothing of it. `scripts`: gzipped bytes of each that had come by its first live number */
async function open(): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  const page: Page = await context.newPage()
  const responses = new Map<string, Response>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      responses.set(new URL(response.url()).pathname.split('/').at(-1) ?? '', response)
  })
  await page.addInitScript(() => {
    const look = (): void => {
      const live = document.querySelector('.wall[data-freshness=live] .waiting-list .num')
      if (/\d/.test(live?.textContent ?? '')) Object.assign(window, { firstNumberMs: performance.now() })
      else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.goto(`${hub.url}/wall?lang=en`)
  await page.waitForFunction(() => 'firstNumberMs' in window)
  const early = new Map(responses)
  const scripts = new Map<string, number>()
  for (const [name, response] of early) scripts.set(name, gzipSync(await response.body(), { level: 9 }).length)
  const [paintMs, numberMs] = await page.evaluate(() => [
    performance.getEntriesByName('first-paint')[0]?.startTime ?? Number.POSITIVE_INFINITY,
    (window as unknown as { firstNumberMs: number }).firstNumberMs,
  ])
  await context.close()
  return { paintMs: paintMs ?? Number.POSITIVE_INFINITY, numberMs: numberMs ?? Number.POSITIVE_INFINITY, scripts }
}

it('a wall that is opened for the first time', async () => {
  await open()
  const all: Opened[] = []
  for (let i = 0; i < TIMES; i++) all.push(await open())
  const how = `${TIMES} times in a browser context of its own, loopback, an inhabited database, 1920 × 1080, software drawing`
  const time = (name: string, times: readonly number[], max: number) => {
    const median = Math.round(quantile(times, 0.5))
    const spread = `least ${Math.round(Math.min(...times))}, most ${Math.round(Math.max(...times))} ms`
    return {
      name,
      value: median,
      unit: 'ms',
      goal: `≤ ${max} ms`,
      met: median <= max,
      how: `median; ${spread}; ${how}`,
    }
  }
  const own = [...(all[0]?.scripts ?? [])]
    .filter(([name]) => !MAPS_AND_CHARTS.test(name))
    .toSorted((a, b) => b[1] - a[1])
  const bytes = own.reduce((sum, [, size]) => sum + size, 0)
  await record(
    time(
      'a wall opened cold: first paint',
      all.map(({ paintMs }) => paintMs),
      PAINT_MS_MAX,
    ),
    time(
      'a wall opened cold: first live number',
      all.map(({ numberMs }) => numberMs),
      NUMBER_MS_MAX,
    ),
    {
      name: 'a wall opened cold: script before its first live number, without maps and charts',
      value: bytes,
      unit: 'bytes of gzip',
      goal: `≤ ${SCRIPT_BYTES_MAX}`,
      met: bytes <= SCRIPT_BYTES_MAX,
      how: `${own.length} files, each by itself at level 9; the largest: ${own
        .slice(0, 6)
        .map(([name, size]) => `${name} ${size}`)
        .join(', ')}`,
    },
  )
})
