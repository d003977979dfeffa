import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  addressOf,
  COMPOSED,
  faultsOf,
  LANGUAGES,
  openWall,
  SIZES,
  settleWall,
} from '../../dashboard/dev/compositions.ts'
import { type DevHub, startDevHub } from '../../dashboard/dev/hub.ts'
import { startBrowser } from '../support/browser.ts'
import { record } from '../support/measures.ts'

/** By day, and by night on one size: the letters are the same. */
const LIGHTS = [
  { name: 'day', more: '', sizes: SIZES },
  { name: 'night', more: '&dim=0-0', sizes: SIZES.slice(0, 1) },
] as const

let browser: Browser
/** for nobody, and for national command, which sees alerts, objectives and changes since the shift began too */
let hubs: readonly DevHub[]

beforeAll(async () => {
  browser = await startBrowser()
  // Wednesday the 17th: "all Wed 10 Nov" is the longest line of its kind.
  hubs = await Promise.all(
    [false, true].map((account) => startDevHub({ kind: 'drill', events: 0, today: '2021-11-17', account })),
  )
  for (const { situation } of hubs) situation.crowd('5001')
})

afterAll(async () => {
  await browser?.close()
  for (const hub of hubs ?? []) await hub.stop()
})

const WHO = ['nobody', 'national'] as const
const PARTS = WHO.flatMap((who, i) => COMPOSED.map((composed) => ({ who, i, ...composed, composed })))
/** addresses, sizes and lights that have been looked at, with what is wrong there */
const looked = new Map<string, readonly string[]>()

// One at a time, so that some of them can be run: `-t '/wall/50'`.
it.each(PARTS)(
  '$path, $view, for $who: nothing scrolls, is cut, lies over another, is too small or too weak',
  async ({ who, i, composed }) => {
    const page = await browser.newPage()
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(`thrown: ${error.message}`))
    for (const { name: light, more, sizes } of LIGHTS) {
      for (const language of LANGUAGES) {
        const address = addressOf(composed, language) + more
        await openWall(page, hubs[i]!.url + address, sizes[0])
        for (const size of sizes) {
          await settleWall(page, size)
          const where = `${who} ${light} ${size.name} ${address}`
          looked.set(
            where,
            [...(await faultsOf(page)), ...thrown.splice(0)].map((fault) => `${where}: ${fault}`),
          )
        }
      }
    }
    await page.close()
    const of = [...looked].filter(([where]) => where.startsWith(who) && where.includes(addressOf(composed, '')))
    expect(of.flatMap(([, faults]) => faults)).toEqual([])
  },
)

it('every composition on every size in both languages', async (test) => {
  const all = PARTS.length * LANGUAGES.length * LIGHTS.reduce((sum, { sizes }) => sum + sizes.length, 0)
  test.skip(looked.size < all, 'only some were looked at')
  const faults = [...looked.values()].flat()
  await record({
    name: 'compositions × sizes × languages with something cut, over another, too small or too weak',
    value: [...looked.values()].filter((of) => of.length > 0).length,
    unit: 'screens',
    goal: '0',
    met: faults.length === 0,
    how: `${looked.size} screens (${COMPOSED.length} compositions, ${SIZES.length} sizes, ${LANGUAGES.length} languages, for nobody and for national command, one size by night too) with the longest words and largest numbers; geometry and contrast as the browser draws them: text ≥ 2.1 hundredths of the shorter side, 4.5:1, numbers 7:1`,
  })
  expect(faults).toEqual([])
})
