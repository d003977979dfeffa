import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { startBrowser } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { copyProject, upgradeCopy } from '../support/project-copy.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const SECRET = 'a secret that a restart keeps, of sixty-four characters or so..'
/** Walls reload within 20 s, spread; the rest is a page on shared cores. */
const RELOADED = { timeout: 60_000, interval: 250 }
const PAINTED = { timeout: 20_000 }

let root: string
let database: TestDatabase
let hub: ProductionHub
let browser: Browser

beforeAll(async () => {
  await buildDashboard(ROOT)
  // A copy, since its dashboard is built anew while other tests look at this one's.
  root = await copyProject()
  database = await createTestDatabase()
  hub = await startProduction(database, {}, SECRET, root)
  browser = await startBrowser()
})

afterAll(async () => {
  await browser?.close()
  await hub?.kill('SIGKILL')
  await database?.drop()
  await rm(root, { recursive: true, force: true })
})

async function opened(at: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${hub.url}${at}`)
  return page
}

const buildOf = (page: Page) =>
  page.evaluate(() => document.querySelector('meta[name=jitasa-build]')?.getAttribute('content'))

async function restart(): Promise<void> {
  await hub.kill('SIGTERM')
  hub = await startProduction(database, { PORT: String(hub.port) }, SECRET, root)
}

it('an upgrade with pages open: clicking on works, a wall loads the new build when nobody is at it', async () => {
  const [start, second, wall, touched] = await Promise.all([
    opened('/?lang=en'),
    opened('/?lang=en'),
    opened('/wall?lang=en'),
    opened('/wall/50?lang=en'),
  ])
  for (const page of [start, second]) await page.getByRole('link', { name: 'Ask for help' }).waitFor(PAINTED)
  for (const page of [wall, touched]) await page.locator('[data-freshness=live]').waitFor(PAINTED)
  const before = await buildOf(wall)
  await start.evaluate(() => Object.assign(window, { isTheSamePage: true }))

  await upgradeCopy(root, 'Jitasa, upgraded')
  await touched.keyboard.press('2')
  await restart()

  // Of the build that the page was opened with: no part of it has gone, and it was not reloaded.
  await start.getByRole('link', { name: 'Ask for help' }).click()
  await start.waitForURL('**/help**', PAINTED)
  await start.getByText('1669').first().waitFor(PAINTED)
  expect(await start.evaluate(() => 'isTheSamePage' in window)).toBe(true)

  await expect.poll(() => buildOf(wall).catch(() => before), RELOADED).not.toBe(before)
  expect(await buildOf(touched), 'somebody is at this one').toBe(before)
  await wall.locator('[data-freshness=live]').waitFor(PAINTED)
  await touched.locator('[data-freshness=live]').waitFor(PAINTED)

  // A week later what that page needs is gone for good: it loads itself anew, once, and arrives where it was sent.
  const earlier = path.join(root, 'dashboard/dist/assets/.earlier.json')
  for (const name of JSON.parse(await readFile(earlier, 'utf8')) as string[])
    await rm(path.join(root, 'dashboard/dist/assets', name))
  await rm(earlier)
  await restart()
  await second.getByRole('link', { name: 'Chiang Mai' }).first().click()
  await second.waitForURL('**/province/50**', PAINTED)
  await second.locator('.province[data-freshness=live]').waitFor(PAINTED)
  expect(await buildOf(second)).not.toBe(before)
  expect(await second.title()).toContain('Jitasa, upgraded')
})
