/// <reference types="node" />
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { startBrowser } from '../../tests/support/browser.ts'
import { type DevHub, startDevHub } from './hub.ts'
import { measureLooks } from './looks.ts'

/**
 * Photographs the built dashboard on the development hub, to be looked at: `node dashboard/dev/screens.ts FOLDER [FILTER]`.
 * CHROMIUM names the browser, DIST the folder of the built pages. Prints what scrolled, what left the origin, and what the page complained about.
 */
const SETTLE_MS = 4_500

type Shot = {
  readonly name: string
  readonly path: string
  readonly size: readonly [number, number]
  readonly act?: (page: Page, hub: DevHub) => Promise<void>
  readonly fullPage?: boolean
}

const WALL = [1920, 1080] as const
const BIG = [3840, 2160] as const
const PHONE = [390, 844] as const
const LAPTOP = [1366, 768] as const
const press = (key: string) => async (page: Page) => {
  await page.keyboard.press(key)
  await page.waitForTimeout(900)
}

const SHOTS: readonly Shot[] = [
  ...(['th', 'en'] as const).flatMap((lang): Shot[] => [
    { name: `wall-${lang}`, path: `/wall?lang=${lang}`, size: WALL },
    { name: `wall-big-${lang}`, path: `/wall?lang=${lang}`, size: BIG },
    { name: `wall-phone-${lang}`, path: `/wall?lang=${lang}`, size: PHONE, fullPage: true },
    { name: `wall-beds-${lang}`, path: `/wall?lang=${lang}`, size: WALL, act: press('2') },
    { name: `wall-waiting-${lang}`, path: `/wall?lang=${lang}`, size: WALL, act: press('3') },
    { name: `wall-doses-${lang}`, path: `/wall?lang=${lang}`, size: WALL, act: press('4') },
    { name: `wall-regions-${lang}`, path: `/wall?lang=${lang}&by=region`, size: WALL },
    { name: `wall-regions-phone-${lang}`, path: `/wall?lang=${lang}&by=region`, size: PHONE, fullPage: true },
    { name: `wall-province-${lang}`, path: `/wall/50?lang=${lang}`, size: WALL },
    { name: `wall-layers-${lang}`, path: `/wall?lang=${lang}&layers=hospital,field,ci`, size: WALL },
    { name: `wall-layers-waiting-${lang}`, path: `/wall?lang=${lang}&layers=waiting,oxygen`, size: WALL },
    {
      name: `wall-province-layers-${lang}`,
      path: `/wall/50?lang=${lang}&layers=hospital,vaccination,test`,
      size: WALL,
    },
    {
      name: `province-layers-phone-${lang}`,
      path: `/province/50?lang=${lang}&layers=hospital,waiting`,
      size: PHONE,
      fullPage: true,
    },
    { name: `wall-help-${lang}`, path: `/wall?lang=${lang}`, size: WALL, act: press('?') },
    { name: `province-${lang}`, path: `/province/50?lang=${lang}`, size: LAPTOP, fullPage: true },
    { name: `province-phone-${lang}`, path: `/province/50?lang=${lang}`, size: PHONE, fullPage: true },
    { name: `start-${lang}`, path: `/?lang=${lang}`, size: LAPTOP },
    { name: `start-phone-${lang}`, path: `/?lang=${lang}`, size: PHONE },
  ]),
  { name: 'wall-gl-th', path: '/wall?lang=th&map=gl', size: WALL },
  { name: 'wall-gl-layers-en', path: '/wall?lang=en&map=gl&layers=hospital,field,waiting', size: WALL },
  { name: 'wall-gl-province-layers-en', path: '/wall/50?lang=en&map=gl&layers=hospital,vaccination', size: WALL },
  { name: 'wall-gl-province-th', path: '/wall/90?lang=th&map=gl', size: WALL },
  {
    name: 'wall-stale-th',
    path: '/wall?lang=th',
    size: WALL,
    act: async (page, hub) => {
      hub.hang(true)
      await page.waitForTimeout(4_000)
    },
  },
  {
    name: 'wall-offline-en',
    path: '/wall?lang=en',
    size: WALL,
    act: async (page, hub) => {
      hub.cut(true)
      await page.waitForTimeout(3_000)
    },
  },
  {
    name: 'wall-source-en',
    path: '/wall?lang=en',
    size: WALL,
    act: async (page, hub) => {
      hub.sourceLost(true)
      await page.waitForTimeout(3_000)
    },
  },
]

async function shoot(page: Page, hub: DevHub, shot: Shot, folder: string): Promise<void> {
  await page.setViewportSize({ width: shot.size[0], height: shot.size[1] })
  await page.goto(hub.url + shot.path)
  if (/wall|province/.test(shot.path)) {
    await page.waitForSelector('[data-drawn-by="maplibre"], [data-drawn-by="svg"]', { timeout: 60_000 })
  }
  await page.waitForTimeout(SETTLE_MS)
  await shot.act?.(page, hub)
  await page.screenshot({ path: join(folder, `${shot.name}.png`), fullPage: shot.fullPage ?? false })
  const looks = await measureLooks(page)
  console.log(shot.name, `scrolls ${looks.scrollX}×${looks.scrollY}`, looks.clipped.join(' | '))
}

const [folder = 'screens', filter = ''] = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const browser = await startBrowser()
for (const shot of SHOTS.filter(({ name }) => name.startsWith(filter))) {
  const hub = await startDevHub({ kind: 'drill', ...(process.env.DIST ? { dist: process.env.DIST } : {}) })
  const page = await browser.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      console.log(`  ${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => console.log(`  thrown: ${error.stack ?? error.message}`))
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== hub.url) console.log(`  left the origin: ${request.url()}`)
  })
  await shoot(page, hub, shot, folder)
  await page.close()
  await hub.stop()
}
await browser.close()
