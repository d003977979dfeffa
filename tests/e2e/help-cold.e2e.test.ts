import { expect, it } from 'vitest'
import { systemForFile } from '../support/for-file.ts'

/** What a cheap phone on a full cell gets: 400 kbit/s each way. */
const BYTES_PER_S = 50_000
const LATENCY_MS = 100
const COLD_BYTES_MAX = 120_000
const FIRST_PAINT_MS_MAX = 1_500

const { system, browser } = await systemForFile()

it('/help on a cold phone costs 120 kB at most, and shows something within 1.5 s at 400 kbit/s', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_PER_S,
    uploadThroughput: BYTES_PER_S,
  })
  const sizes = new Map<string, number>()
  const names = new Map<string, string>()
  devtools.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(requestId, encodedDataLength))
  await page.goto(`${system.url}/help?lang=th`)
  await page.locator('.help-languages button').first().waitFor()
  await page.waitForLoadState('networkidle')
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const each = [...sizes].map(([id, size]) => `${size} ${names.get(id)?.split('/').at(-1)}`)
  const paint = await page.evaluate(() => performance.getEntriesByName('first-paint')[0]?.startTime ?? Infinity)
  console.info(`/help cold: ${bytes} bytes, first paint after ${Math.round(paint)} ms`)
  expect(bytes, each.join('\n')).toBeLessThanOrEqual(COLD_BYTES_MAX)
  expect(paint).toBeLessThanOrEqual(FIRST_PAINT_MS_MAX)
  await context.close()
})
