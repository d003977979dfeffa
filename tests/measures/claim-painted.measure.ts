import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { startBrowser } from '../support/browser.ts'
import { openCases } from '../support/case-hub.ts'
import { quantile, record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'

const CLAIMS = 100
const GOAL_MS = 250

let database: TestDatabase
let hub: ProductionHub
let browser: Browser
let board: Page
let needs: readonly number[]

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  database = await createTestDatabase()
  await createTestAccounts(database, [
    { username: 'rescue-1', role: 'responder', areas: ['50'], label: 'Rescue 1' },
    { username: 'rescue-2', role: 'responder', areas: ['50'], label: 'Rescue 2' },
  ])
  needs = (await openCases(database, CLAIMS)).map(({ need }) => Number(need))
  hub = await startProduction(database)
  browser = await startBrowser()
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await signInContext(context, hub.url, 'rescue-2')
  board = await context.newPage()
  await board.goto(`${hub.url}/board?lang=en`)
  await board.locator('[data-need]').first().waitFor()
  await board.waitForTimeout(2000)
})

afterAll(async () => {
  await browser?.close()
  await hub?.kill('SIGKILL')
  await database?.drop()
})

/** ms since 1970 of the frame in which the board names a holder of the need. */
function painted(need: number): Promise<number> {
  return board.evaluate(
    (id) =>
      new Promise<number>((resolve) => {
        const look = (): void => {
          if (document.querySelector(`[data-need="${id}"][data-holder]`)) resolve(Date.now())
          else requestAnimationFrame(look)
        }
        look()
      }),
    need,
  )
}

it('claim committed → painted on another board', async () => {
  const other = await browser.newContext()
  await signInContext(other, hub.url, 'rescue-1')
  const latencies: number[] = []
  for (const [i, need] of needs.entries()) {
    // Cards far from the screen are not in the page: look for the one that is claimed.
    const { rows } = await database.pool.query<{ case: number }>('select case_id as case from needs where id = $1', [
      need,
    ])
    await board.locator('#board-search').fill(String(rows[0]?.case))
    await board.locator(`[data-need="${need}"]`).waitFor()
    const seen = painted(need)
    const response = await other.request.post(`${hub.url}/api/needs/${need}/claim`, {
      data: {},
      headers: { origin: hub.url, 'idempotency-key': `claim-painted-${i}` },
    })
    expect(response.status()).toBe(200)
    const { rows: times } = await database.pool.query<{ at: Date }>(
      'select claimed_at as at from needs where id = $1',
      [need],
    )
    latencies.push((await seen) - (times[0]?.at.getTime() ?? Number.NaN))
    await board.waitForTimeout(20 + (i % 7) * 30)
  }
  const how = `${CLAIMS} claims over HTTP by one account; from the time the claim carries (before its commit) to the frame in which another account's board names the holder, headless Chromium at 390×844`
  await record(
    { name: 'claim to painted on another board, p50', value: quantile(latencies, 0.5), unit: 'ms', how },
    {
      name: 'claim to painted on another board, p99',
      value: quantile(latencies, 0.99),
      unit: 'ms',
      goal: `< ${GOAL_MS} ms on a quiet machine`,
      met: quantile(latencies, 0.99) < GOAL_MS,
      how,
    },
  )
})
