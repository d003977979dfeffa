import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { buildDashboard } from '../../hub/process/build.ts'
import { startBrowser } from './browser.ts'
import { createTestDatabase, type TestDatabase } from './pg.ts'
import { type ProductionHub, startProduction } from './production.ts'

/** ms since 1970 of the frame in which the wall shows `count` red cases waiting, told by the page itself. */
export function painted(page: Page, count: number): Promise<number> {
  return page.evaluate(
    (expected) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          const text = document.querySelector('.waiting-list li .num')?.textContent?.trim()
          if (text === expected) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    String(count),
  )
}

export type OpenWall = {
  readonly database: TestDatabase
  readonly browser: Browser
  readonly page: Page
  /** another one, once the test has killed the first */
  hub: ProductionHub
  close(): Promise<void>
}

/** A production hub over five cases that wait, and the national wall in a browser, live. */
export async function openWall(prepare?: (database: TestDatabase) => Promise<unknown>): Promise<OpenWall> {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  const database = await createTestDatabase()
  await prepare?.(database)
  await database.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, source)
     select '5001', (select day from operation), 'confirmed', 'green', 'waiting', 'api' from generate_series(1, 5)`,
  )
  const hub = await startProduction(database)
  const browser = await startBrowser()
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${hub.url}/wall?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  const wall: OpenWall = {
    database,
    browser,
    page,
    hub,
    async close() {
      await browser.close()
      await wall.hub.kill('SIGKILL')
      await database.drop()
    },
  }
  return wall
}

/** @param pauseMs between one number on the wall and the next UPDATE. @returns ms from each commit to its frame */
export async function paintLatencies(
  { database, page }: OpenWall,
  updates: number,
  pauseMs: (i: number) => number = () => 0,
): Promise<number[]> {
  const latencies: number[] = []
  for (let i = 0; i < updates; i++) {
    const count = i % 2 === 0 ? 5 : 0
    const seen = painted(page, count)
    await database.pool.query('update cases set severity = $1', [count === 5 ? 'red' : 'green'])
    const committed = Date.now()
    latencies.push((await seen) - committed)
    await page.waitForTimeout(pauseMs(i))
  }
  return latencies
}

/** Stops the hub without ending it, until the wall has said so. @returns ms until then, by the page's own clock */
export async function hangUntilStale({ hub, page }: OpenWall): Promise<number> {
  const seen = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector('[data-freshness=stale], [data-freshness=offline]')) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
  )
  const began = Date.now()
  hub.child.kill('SIGSTOP')
  return (await seen) - began
}
