/// <reference types="node" />
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startBrowser } from '../../tests/support/browser.ts'
import { type DevHub, startDevHub } from './hub.ts'
import { measureLooks, TEXT_MIN_U } from './looks.ts'

/** 2 s of silence are the rule; the rest is what a busy machine takes to look. */
const STALE_SEEN_MS_MAX = 5_000

/** How the walls look and behave in a real browser, on the development hub: no database is in it. */
let browser: Browser
let hub: DevHub
let page: Page
let left: string[]
let errors: string[]

beforeAll(async () => {
  browser = await startBrowser()
})

afterAll(() => browser.close())

beforeEach(async () => {
  hub = await startDevHub({ kind: 'drill', events: 0 })
  page = await browser.newPage()
  left = []
  errors = []
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== hub.url) left.push(request.url())
  })
  page.on('pageerror', (error) => errors.push(error.message))
})

afterEach(async () => {
  await page.close()
  await hub.stop()
})

async function open(path: string, width = 1920, height = 1080): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.goto(hub.url + path)
  await page.locator('[data-freshness=live]').waitFor()
  // A small wall leaves the map out by its rank.
  await page.locator('.wall-panel, .tile').first().waitFor({ timeout: 60_000 })
  const isMapped = width > 1_000 || !path.startsWith('/wall')
  if (isMapped) await page.locator('[data-drawn-by=svg], [data-drawn-by=maplibre]').waitFor({ timeout: 60_000 })
  await page.evaluate(() => document.fonts.ready)
}

describe('a wall', () => {
  test.each([
    ['/wall?lang=th', 1920, 1080],
    ['/wall?lang=en', 1920, 1080],
    ['/wall?lang=th', 3840, 2160],
    ['/wall?lang=en', 3840, 2160],
    ['/wall/50?lang=th', 1920, 1080],
    ['/wall/10?lang=en', 1920, 1080],
  ])('%s at %d×%d: nothing scrolls, nothing is cut, all can be read from 5 m', async (path, width, height) => {
    await open(path, width, height)
    for (const key of ['1', '2', '3', '4']) {
      await page.keyboard.press(key)
      const looks = await measureLooks(page)
      expect({ key, ...looks }).toMatchObject({ key, scrollX: 0, scrollY: 0, clipped: [] })
      expect(looks.smallestText).toBeGreaterThanOrEqual(TEXT_MIN_U - 0.01)
    }
    expect(left).toEqual([])
    expect(errors).toEqual([])
  })

  test.each([1920, 1440, 960, 3840])(
    'at %d px every panel holds its longest words and largest numbers',
    async (width) => {
      await hub.stop()
      // Wednesday the 17th: "all Wed 10 Nov" is the longest line of its kind.
      hub = await startDevHub({ kind: 'drill', events: 0, today: '2021-11-17' })
      hub.situation.crowd('5001')
      const found: string[] = []
      for (const language of ['th', 'en'])
        for (const address of ['/wall', '/wall/50', '/province/50']) {
          await open(`${address}?lang=${language}`, width, (width * 9) / 16)
          const { scrollX, clipped } = await measureLooks(page)
          found.push(
            ...[...clipped, ...(scrollX > 0 ? [`scrolls by ${scrollX}`] : [])].map(
              (what) => `${address} ${language}: ${what}`,
            ),
          )
        }
      expect(found).toEqual([])
    },
  )

  test('on a phone it scrolls down, never sideways', async () => {
    await open('/wall?lang=th', 390, 844)
    const { scrollX, scrollY } = await measureLooks(page)
    expect(scrollX).toBeLessThanOrEqual(0)
    expect(scrollY).toBeGreaterThan(0)
  })

  test('the keys choose, change the language and open the definitions', async () => {
    await open('/wall?lang=en')
    const pressed = () => page.locator('.switch:not(.ranking-by) button[aria-pressed=true]').allTextContents()
    await page.keyboard.press('2')
    await page.keyboard.press('2')
    expect(await pressed()).toEqual(['2 Beds', '2.2'])
    await page.keyboard.press('l')
    expect(await page.locator('html').getAttribute('lang')).toBe('th')
    await page.keyboard.press('?')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('WebGL draws the same map: the engine for walls with a graphics card', async () => {
    await open('/wall?lang=th&map=gl')
    expect(await page.locator('[data-drawn-by=maplibre] canvas').count()).toBe(1)
    expect(left).toEqual([])
    expect(errors).toEqual([])
  })
})

test('a Mapbox token that is refused costs the wall nothing: maplibre draws instead', async () => {
  await hub.stop()
  hub = await startDevHub({ kind: 'drill', events: 0, mapboxToken: 'pk.eyJ1IjoidGVzdCIsImEiOiJ0ZXN0In0.test' })
  await page.route(/mapbox\.com/, (route) => route.fulfill({ status: 401, body: '{"message":"Not Authorized"}' }))
  await page.goto(`${hub.url}/wall?lang=en&map=gl`)
  await page.locator('[data-drawn-by=maplibre] canvas').waitFor({ timeout: 90_000 })
  expect(errors).toEqual([])
})

test('another-build: the hub names the build of its pages, so that none reloads by itself', async () => {
  const named: unknown[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const message = JSON.parse(String(payload)) as { t: string; build?: string }
      if (message.t === 'hello') named.push(message.build)
    }),
  )
  await open('/wall?lang=en')
  const own = await page.locator('meta[name=jitasa-build]').getAttribute('content')
  expect(own).toMatch(/^[0-9a-f]{12}$/)
  expect(named).toEqual([own])
})

describe('the truth of what is shown', () => {
  const red = () => page.locator('.waiting-list li').first().locator('.num').textContent()

  test('a change is painted, and a wrong checksum is said, repaired and counted', async () => {
    await open('/wall?lang=en')
    const before = Number((await red())?.replace(',', ''))
    hub.situation.change('waiting.red', '5001', 1)
    await expect.poll(red, { timeout: 20_000 }).toBe((before + 1).toLocaleString('en-GB'))
    hub.corruptNext()
    hub.situation.change('waiting.red', '5001', 1)
    await page.getByText('1 wrong').waitFor()
    await expect.poll(red, { timeout: 20_000 }).toBe((before + 2).toLocaleString('en-GB'))
    await page.locator('[data-freshness=live]').waitFor()
  })

  test('a hung hub is soon stale, and what it says afterwards is taken', async () => {
    await open('/wall?lang=en')
    const hungAt = Date.now()
    hub.hang(true)
    await page.locator('[data-freshness=stale] .banner[role=alert]').waitFor({ timeout: 10_000 })
    const silentMs = Date.now() - hungAt
    console.log(`silence → stale on the screen: ${silentMs} ms`)
    expect(silentMs).toBeLessThan(STALE_SEEN_MS_MAX)
    hub.situation.change('waiting.red', '5001', 7)
    await new Promise((resolve) => setTimeout(resolve, 300))
    hub.hang(false)
    await page.locator('[data-freshness=live]').waitFor({ timeout: 30_000 })
    expect(await page.locator('.banner').count()).toBe(0)
  })

  test('a hub that lost PostgreSQL is stale, one that cut the line offline; both end by themselves', async () => {
    await open('/wall?lang=en')
    hub.sourceLost(true)
    await page.getByText('The hub has lost its database').waitFor()
    hub.sourceLost(false)
    await page.locator('[data-freshness=live]').waitFor()
    hub.cut(true)
    await page.locator('[data-freshness=offline] .banner-offline').waitFor()
    // Where and when is still read on a screen that has lost its hub, and what is dimmed is dimmed alike.
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
    const box = (selector: string) => page.locator(selector).boundingBox()
    const [banner, title, day] = await Promise.all([box('.banner'), box('.wall-head h1'), box('.wall-day')])
    expect(title!.x + title!.width).toBeLessThanOrEqual(banner!.x)
    expect(banner!.x + banner!.width).toBeLessThanOrEqual(day!.x)
    expect(await page.locator('.wall-body').evaluate((body) => getComputedStyle(body).filter)).toBe('none')
    hub.cut(false)
    await page.locator('[data-freshness=live]').waitFor({ timeout: 60_000 })
  })
})
