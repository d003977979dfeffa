import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addressOf, COMPOSED, faultsOf, LANGUAGES, openWall, SIZES } from '../../dashboard/dev/compositions.ts'
import { type DevHub, startDevHub } from '../../dashboard/dev/hub.ts'
import { startBrowser } from '../support/browser.ts'
import { record } from '../support/measures.ts'

/** By day, and by night on one size: the letters are the same. */
const LIGHTS = [
  { name: 'day', more: '', sizes: SIZES },
  { name: 'night', more: '&dim=0-0', sizes: SIZES.slice(0, 1) },
] as const

let browser: Browser
let hub: DevHub

beforeAll(async () => {
  browser = await startBrowser()
  // Wednesday the 17th: "all Wed 10 Nov" is the longest line of its kind.
  hub = await startDevHub({ kind: 'drill', events: 0, today: '2021-11-17' })
  hub.situation.crowd('5001')
})

afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

it('every composition on every size in both languages: nothing scrolls, is cut, lies over another, is too small or too weak', async () => {
  const faults: string[] = []
  let looked = 0
  for (const { name: light, more, sizes } of LIGHTS) {
    for (const size of sizes) {
      const page = await browser.newPage()
      page.on('pageerror', (error) => faults.push(`${size.name}: ${error.message}`))
      for (const composed of COMPOSED) {
        for (const language of LANGUAGES) {
          const address = addressOf(composed, language)
          await openWall(page, hub.url + address + more, size)
          faults.push(...(await faultsOf(page)).map((fault) => `${light} ${size.name} ${address}: ${fault}`))
          looked++
        }
      }
      await page.close()
    }
  }
  await record({
    name: 'compositions × sizes × languages with something cut, over another, too small or too weak',
    value: new Set(faults.map((fault) => fault.split(': ')[0])).size,
    unit: 'screens',
    goal: '0',
    met: faults.length === 0,
    how: `${looked} screens (${COMPOSED.length} compositions, ${SIZES.length} sizes, ${LANGUAGES.length} languages, one size by night too) with the longest words and largest numbers; geometry and contrast as the browser draws them: text ≥ 2.1 hundredths of the shorter side, 4.5:1, numbers 7:1`,
  })
  expect(faults).toEqual([])
})
