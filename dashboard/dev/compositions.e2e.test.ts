/// <reference types="node" />
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser } from '../../tests/support/browser.ts'
import { type DevHub, startDevHub } from './hub.ts'
import { measureLooks, TEXT_MIN_U } from './looks.ts'

/** Every composition on every screen in both languages, measured: boxes, not pictures, so that nothing is stored and nothing drifts. */
const SIZES = [
  ['1920×1080', 1920, 1080, 10],
  ['3840×2160', 3840, 2160, 10],
  ['5760×1080', 5760, 1080, 15],
  ['1080×1920', 1080, 1920, 9],
  ['1366×768', 1366, 768, 10],
] as const
const SEEN = { timeout: 20_000 }
/** A district without an account shows only what counts no people. */
const FEW: Readonly<Record<string, number>> = { '/wall/5001': 2, '/wall/R01': 9 }
const VACCINATION_FLOOR = 5

let browser: Browser
let hub: DevHub
let page: Page
const errors: string[] = []

beforeAll(async () => {
  browser = await startBrowser()
  hub = await startDevHub({ kind: 'drill', events: 0 })
  page = await browser.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
})

afterAll(async () => {
  await browser?.close()
  await hub?.stop()
})

const panels = () => page.locator('.wall-panel').evaluateAll((all) => all.map((one) => one.getAttribute('data-panel')))

/** Until two frames in a row have the same boxes. */
const settled = () =>
  page.waitForFunction(() => {
    const boxes = [...document.querySelectorAll('.wall-panel')].map((panel) => panel.getAttribute('style')).join()
    const same = boxes !== '' && boxes === document.body.dataset.boxes
    document.body.dataset.boxes = boxes
    return same
  }, SEEN)

describe.each(['/wall', '/wall/R01', '/wall/50', '/wall/5001'])('%s', (path) => {
  describe.each(['situation', 'vaccination'])('%s', (view) => {
    test.each(SIZES)(
      '%s: nothing scrolls, is cut or lies over another, in Thai and English',
      async (name, width, height, floor) => {
        await page.setViewportSize({ width, height })
        for (const language of ['th', 'en']) {
          await page.goto(`${hub.url}${path}?view=${view}&lang=${language}`)
          await page.locator('.wall[data-freshness=live]').waitFor(SEEN)
          await page.evaluate(() => document.fonts.ready)
          await settled()
          await expect
            .poll(async () => {
              const { scrollX, scrollY, clipped } = await measureLooks(page)
              return { scrollX, scrollY, clipped }
            }, SEEN)
            .toEqual({ scrollX: 0, scrollY: 0, clipped: [] })
          const { smallestText } = await measureLooks(page)
          expect(smallestText, `${name} ${language}`).toBeGreaterThanOrEqual(TEXT_MIN_U - 0.01)
          const least = view === 'vaccination' ? VACCINATION_FLOOR : floor
          expect((await panels()).length).toBeGreaterThanOrEqual(Math.min(least, FEW[path] ?? least))
        }
        expect(errors.splice(0)).toEqual([])
      },
    )
  })
})

test('who reads from further away sees fewer panels in larger letters', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await page.goto(`${hub.url}/wall?lang=en&distance=3.5`)
  await page.locator('.wall[data-freshness=live]').waitFor(SEEN)
  await settled()
  expect(await panels()).toContain('newCases')
  const { scrollX, scrollY, smallestText } = await measureLooks(page)
  expect({ scrollX, scrollY }).toEqual({ scrollX: 0, scrollY: 0 })
  expect(smallestText).toBeGreaterThanOrEqual(TEXT_MIN_U - 0.01)
  const unit = await page
    .locator('.wall')
    .evaluate((wall) => Number.parseFloat(getComputedStyle(wall).getPropertyValue('--u')))
  expect(unit).toBeGreaterThan(18)
})

test('a phone, and a screen at 400 %, is a page that scrolls downwards and cuts nothing', async () => {
  for (const [width, height] of [
    [390, 844],
    [480, 270],
    [1440, 270],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.goto(`${hub.url}/wall?lang=en`)
    await page.locator('.wall[data-freshness=live]').waitFor(SEEN)
    const { scrollX, scrollY } = await measureLooks(page)
    expect(scrollX, `${width}`).toBe(0)
    expect(scrollY).toBeGreaterThan(0)
  }
})

test('a view that there is not is said, and the way on', async () => {
  await page.goto(`${hub.url}/wall?view=weather&lang=en`)
  await page.getByText('There is no view weather', { exact: true }).waitFor(SEEN)
  await page.goto(`${hub.url}/wall/R99?lang=en`)
  await page.getByText('There is no wall of R99', { exact: true }).waitFor(SEEN)
})
