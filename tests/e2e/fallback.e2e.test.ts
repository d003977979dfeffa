import path from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { startBrowser } from '../support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { startProxy, type TestProxy, type UpgradeRule } from '../support/proxy.ts'
import { painted } from '../support/wall.ts'

/** On two shared cores without a GPU; a swallowed upgrade costs the page two waits of 5 s before it gives up on them. */
const REFUSED_MS_MAX = 10_000
const SWALLOWED_MS_MAX = 25_000
const STALE_MS_MAX = 2_000

let database: TestDatabase
let hub: ProductionHub
let browser: Browser
let proxy: TestProxy
let page: Page

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  database = await createTestDatabase()
  await database.pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, source)
     select '5001', (select day from operation), 'confirmed', 'green', 'waiting', 'api' from generate_series(1, 5)`,
  )
  hub = await startProduction(database)
  browser = await startBrowser()
})

afterEach(async () => {
  await page.context().close()
  await proxy.stop()
  await database.pool.query(`update cases set severity = 'green'`)
})

afterAll(async () => {
  await browser.close()
  await hub.kill('SIGKILL')
  await database.drop()
})

/** A tab behind a network with this rule. */
async function behind(rule: (path: string) => UpgradeRule): Promise<void> {
  proxy = await startProxy(hub.port, rule)
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  page = await context.newPage()
}

const isLive = (timeout: number) => page.locator('[data-freshness=live]').waitFor({ timeout })
const note = (language: 'en' | 'th') =>
  page.getByText(language === 'en' ? 'through Socket.IO' : 'ผ่าน Socket.IO', { exact: true })

/** Changes `count` cases to red in SQL and waits for the number on the wall. */
async function redInSql(count: number): Promise<void> {
  const seen = painted(page, count)
  await database.pool.query(
    `update cases set severity = 'red' where id in (select id from cases order by id limit $1)`,
    [count],
  )
  await seen
}

it('where WebSockets pass, Socket.IO is not even fetched', async () => {
  await behind(() => 'pass')
  const fetched: string[] = []
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
  await page.goto(`${proxy.url}/wall?lang=en`)
  await isLive(REFUSED_MS_MAX)
  await redInSql(2)
  expect(fetched.filter((path) => path.includes('socketio') || path.includes('socket.io'))).toEqual([])
  expect(await note('en').count()).toBe(0)
})

it('a network that refuses /live: the wall goes live by itself through Socket.IO, and a reload knows', async () => {
  await behind((path) => (path === '/live' ? 'refuse' : 'pass'))
  const began = Date.now()
  await page.goto(`${proxy.url}/wall?lang=en`)
  await isLive(REFUSED_MS_MAX)
  console.log(`/live refused → live through Socket.IO: ${Date.now() - began} ms`)
  await note('en').waitFor()
  await redInSql(3)

  const asked = proxy.upgrades.filter((path) => path === '/live').length
  await page.reload()
  await isLive(REFUSED_MS_MAX)
  await note('en').waitFor()
  expect(proxy.upgrades.filter((path) => path === '/live')).toHaveLength(asked)
})

it('a network that swallows every upgrade: long polling carries the wall, over the death of a hub, too', async () => {
  await behind(() => 'swallow')
  const began = Date.now()
  await page.goto(`${proxy.url}/wall?lang=th`)
  await isLive(SWALLOWED_MS_MAX)
  console.log(`every upgrade swallowed → live by long polling: ${Date.now() - began} ms`)
  await note('th').waitFor()
  await redInSql(1)

  const killed = Date.now()
  await hub.kill('SIGKILL')
  await page.locator('[data-freshness=stale], [data-freshness=offline]').waitFor({ timeout: 10_000 })
  expect(Date.now() - killed).toBeLessThan(STALE_MS_MAX + 500)
  await database.pool.query(`update cases set severity = 'red'`)
  hub = await startProduction(database, { PORT: String(hub.port) })
  await isLive(3 * SWALLOWED_MS_MAX)
  await painted(page, 5)
  await note('th').waitFor()
})
