/// <reference types="node" />
import { startBrowser } from '../../tests/support/browser.ts'
import { startDevHub } from './hub.ts'

/**
 * Main thread of a national wall in ms per second, with and without 1,540 places, at 10,000 changes a second (ten frames
 * of 1,000): `node dashboard/dev/measureLayers.ts`. Compare on one machine, do not quote.
 */
const LAYERS = ['', 'hospital,ci,field,vaccination,test,oxygen', 'hospital,ci,field,vaccination,test,oxygen,waiting']
const EVENTS_PER_FRAME = 1_000
const FACILITIES_PER_PROVINCE = 20
const MEASURE_MS = 10_000

const hub = await startDevHub({ events: EVENTS_PER_FRAME, facilities: FACILITIES_PER_PROVINCE })
const browser = await startBrowser()
for (const layers of LAYERS) {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${hub.url}/wall?lang=en&layers=${layers}`)
  await page.locator('[data-drawn-by=svg]').waitFor({ timeout: 60_000 })
  await page.waitForTimeout(4_000)
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busyS = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0
  }
  const before = await busyS()
  await page.waitForTimeout(MEASURE_MS)
  const msPerS = ((await busyS()) - before) / (MEASURE_MS / 1_000_000)
  const marks = await page.locator('.situation-map .svg-map-mark').count()
  console.log(`${layers || 'none'}: ${msPerS.toFixed(0)} ms/s of the main thread, ${marks} marks and clusters`)
  await page.close()
}
await browser.close()
await hub.stop()
process.exit(0)
