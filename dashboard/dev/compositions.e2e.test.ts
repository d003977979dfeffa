/// <reference types="node" />
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBrowser } from '../../tests/support/browser.ts'
import { bytesOf, openCold, WALL_SCRIPT_MAX } from '../../tests/support/opened-cold.ts'
import { addressOf, COMPOSED, faultsOf, LANGUAGES, openWall, panelsOf, SIZES } from './compositions.ts'
import { type DevHub, startDevHub } from './hub.ts'
import { measureLooks, TEXT_MIN_U } from './looks.ts'

const SEEN = { timeout: 30_000 }

let browser: Browser
let hub: DevHub
/** for national command, which sees alerts, objectives and changes since the shift began too */
let commanded: DevHub
let page: Page
const errors: string[] = []

beforeAll(async () => {
  browser = await startBrowser()
  hub = await startDevHub({ kind: 'drill', events: 0 })
  commanded = await startDevHub({ kind: 'drill', events: 0, account: true })
  page = await browser.newPage()
  page.on('pageerror', (error) => errors.push(error.message))
})

afterAll(async () => {
  await browser?.close()
  await hub?.stop()
  await commanded?.stop()
})

/** Each composition once, each size and language in turn; all of them are tests/measures/compositions.measure.ts. */
const SAMPLE = COMPOSED.map((composed, i) => ({
  composed,
  size: SIZES[i % SIZES.length]!,
  address: addressOf(composed, LANGUAGES[Math.floor(i / SIZES.length) % 2]!),
}))

test.each(SAMPLE)(
  '$address at $size.name: nothing scrolls, is cut, is too small or too weak',
  async ({ address, size }) => {
    for (const { url } of [hub, commanded]) {
      await openWall(page, url + address, size)
      expect(await faultsOf(page)).toEqual([])
    }
    expect(errors.splice(0)).toEqual([])
  },
)

test('before its first number a wall asks for 120 kB of script at most, whoever looks', async () => {
  for (const { url } of [hub, commanded]) {
    const opened = await openCold(browser, `${url}/wall?lang=en`)
    expect(bytesOf(opened), opened.scripts.map((each) => each.join(' ')).join('\n')).toBeLessThanOrEqual(
      WALL_SCRIPT_MAX,
    )
  }
})

test('by night a wall is dimmed, and read as well', async () => {
  await openWall(page, `${hub.url}/wall?lang=th&dim=0-0`, SIZES[0])
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const night = await background()
  expect(await page.locator('html[data-night]').count()).toBe(1)
  expect(await faultsOf(page)).toEqual([])
  await openWall(page, `${hub.url}/wall?lang=th&dim=nonsense`, SIZES[0])
  expect(await page.locator('html[data-night]').count()).toBe(0)
  expect(await background()).not.toBe(night)
})

test('a vaccination day opens on doses, any other on new cases', async () => {
  const chosen = () => page.locator('.switch:not(.ranking-by) button[aria-pressed=true]').first().textContent()
  await openWall(page, `${hub.url}/wall?view=vaccination&lang=en`, SIZES[0])
  expect(await chosen()).toBe('4 Doses')
  await openWall(page, `${hub.url}/wall?lang=en`, SIZES[0])
  expect(await chosen()).toBe('1 New cases')
})

test('who reads from further away sees fewer panels in larger letters', async () => {
  await openWall(page, `${hub.url}/wall?lang=en&distance=3.5`, SIZES[0])
  expect(await panelsOf(page)).toContain('newCases')
  expect(await faultsOf(page)).toEqual([])
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
    await openWall(page, `${hub.url}/wall?lang=en`, { width, height })
    const { scrollX, scrollY, smallestText } = await measureLooks(page)
    expect(scrollX, `${width}`).toBe(0)
    expect(scrollY).toBeGreaterThan(0)
    expect(smallestText).toBeGreaterThanOrEqual(TEXT_MIN_U - 0.01)
  }
})

test('a screen with no WebGL draws its map nevertheless, also where WebGL is asked for', async () => {
  const context = await browser.newContext()
  await context.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...rest: unknown[]) {
      return kind.startsWith('webgl') ? null : Reflect.apply(real, this, [kind, ...rest])
    } as typeof real
  })
  const old = await context.newPage()
  await openWall(old, `${hub.url}/wall?lang=en&map=gl`, SIZES[0])
  await old.locator('[data-drawn-by=svg]').waitFor(SEEN)
  await context.close()
})

test('a view that there is not, and a place, are said, with the way on', async () => {
  await page.goto(`${hub.url}/wall?view=weather&lang=en`)
  await page.getByText('There is no view weather', { exact: true }).waitFor(SEEN)
  for (const place of ['R99', 'H999999']) {
    await page.goto(`${hub.url}/wall/${place}?lang=en`)
    await page.getByText(`There is no wall of ${place}`, { exact: true }).waitFor(SEEN)
  }
})
