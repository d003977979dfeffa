/// <reference types="node" />
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../tests/support/browser.ts'
import { type DevHub, startDevHub } from './hub.ts'
import { measureLooks, TEXT_MIN_U } from './looks.ts'

/** Places on the maps in a real browser, on the development hub. */
let browser: Browser
let hub: DevHub
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())
beforeEach(async () => {
  hub = await startDevHub({ kind: 'drill', events: 0 })
  page = await browser.newPage()
  errors = []
  page.on('pageerror', (error) => errors.push(error.message))
})
afterEach(async () => {
  await page.close()
  await hub.stop()
  expect(errors).toEqual([])
})

async function open(path: string, width = 1920, height = 1080): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.goto(hub.url + path)
  await page.locator('[data-freshness=live]').waitFor()
  await page.locator('[data-drawn-by=svg], [data-drawn-by=maplibre]').waitFor({ timeout: 60_000 })
  await page.evaluate(() => document.fonts.ready)
}
const marks = () => page.locator('.situation-map .svg-map-mark')
const letters = async () => [...new Set(await marks().evaluateAll((all) => all.map((one) => one.dataset.mark ?? '')))]
const layers = () => new URL(page.url()).searchParams.get('layers')

describe.each(['th', 'en'])('layers in %s', (lang) => {
  test.each([
    [`/wall?lang=${lang}`, 1920, 1080],
    [`/wall/50?lang=${lang}`, 1920, 1080],
    [`/province/50?lang=${lang}`, 1366, 768],
    [`/province/50?lang=${lang}`, 390, 844],
  ])('%s at %d×%d: by key and by button, kept in the address', async (path, width, height) => {
    await open(path, width, height)
    expect(await marks().count()).toBe(0)
    await page.keyboard.press('5')
    await expect.poll(() => marks().count()).toBeGreaterThan(0)
    expect([await letters(), layers()]).toEqual([['H'], 'hospital'])
    await page.locator('[data-layer=oxygen]').click()
    await expect.poll(layers).toBe('hospital,oxygen')
    await page.keyboard.press('5')
    await expect.poll(letters).toEqual(['O'])
    expect(await page.locator('[data-layer=oxygen]').getAttribute('aria-pressed')).toBe('true')
    await page.keyboard.press('w')
    await expect.poll(() => page.locator('.situation-map .svg-map-ring').count()).toBeGreaterThan(0)
    await page.reload()
    await expect.poll(letters, { timeout: 30_000 }).toEqual(['O'])
    expect((await measureLooks(page)).scrollX).toBeLessThanOrEqual(0)
  })

  test('with all of them a wall scrolls nowhere, cuts nothing and is read from 5 m', async () => {
    for (const path of ['/wall', '/wall/50']) {
      await open(`${path}?lang=${lang}&layers=hospital,ci,field,vaccination,test,oxygen,waiting`)
      await expect.poll(() => marks().count()).toBeGreaterThan(0)
      const looks = await measureLooks(page)
      expect({ path, ...looks }).toMatchObject({ path, scrollX: 0, scrollY: 0, clipped: [] })
      expect(looks.smallestText).toBeGreaterThanOrEqual(TEXT_MIN_U - 0.01)
    }
  })
})

test('what is typed into a list of provinces switches no layer', async () => {
  await open('/province/50?lang=en', 1366, 768)
  await page.locator('.province-choose select').focus()
  await page.keyboard.press('8')
  expect([await marks().count(), layers()]).toEqual([0, null])
})

test('WebGL shows the same places', async () => {
  await open('/wall?lang=en&map=gl&layers=hospital')
  await page.getByText('free beds of level 3').waitFor()
  expect(await page.locator('[data-drawn-by=maplibre] canvas').count()).toBe(1)
})

test('the ranking opens a province, by keyboard too, and back returns to the same layers', async () => {
  await open('/wall?lang=en&layers=hospital')
  const first = page.locator('.ranking-row a.ranking-open').first()
  const name = await first.textContent()
  await first.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: name ?? '' }).waitFor()
  expect(new URL(page.url()).pathname).toMatch(/^\/(?:wall|province)\/\d\d$/)
  await page.goBack()
  await page.getByRole('heading', { level: 1, name: 'Thailand' }).waitFor()
  expect(layers()).toBe('hospital')
})

test.each(['th', 'en', 'my', 'lo', 'km'])('somebody who asks for help in %s sees what is near', async (lang) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${hub.url}/help?lang=${lang}`)
  await page.locator('[data-near-door]').click()
  const near = page.locator('.near')
  await near.locator('select').first().selectOption('50')
  await near.locator('.near-list li').first().waitFor()
  const kinds = await near.locator('li').evaluateAll((all) => all.map((one) => one.dataset.kind))
  expect([...new Set(kinds)].sort()).toEqual(['hospital', 'oxygen', 'test', 'vaccination'])
  expect((await measureLooks(page)).scrollX).toBeLessThanOrEqual(0)
})
