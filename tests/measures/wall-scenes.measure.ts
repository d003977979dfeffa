import type { CDPSession, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { makeDeskAccount, signedInPage } from '../e2e/desk-accounts.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
import { record } from '../support/measures.ts'
import { pageHeap } from '../support/page-heap.ts'

/** As many as a screen with scenes of 72 s has in eight hours. */
const CHANGES = 400
const LOOK_EVERY = 20
/** Caches have filled by then. */
const WARM = 100
const HEAP_GROWTH_MAX = 0.05
const SHIFT_MAX = 0.001
const PLACES = ['TH', '50', 'R01', '5001', '10'] as const

const { hub, browser, database, screen } = await productionForFile({
  fill: async (db) => {
    await inhabit(db)
    // One that rings holds the screen on its place.
    await db.pool.query('update alert_rules set enabled = false')
    await makeDeskAccount(db, 'operator', 'administrator', ['TH'])
    return { screen: await makeDeskAccount(db, 'scenes', 'screen', ['TH']) }
  },
})

type Look = {
  readonly change: number
  /** MiB that the page holds, of JavaScript; `code`: of these, machine code and what belongs to it */
  readonly heap: number
  readonly code: number
  readonly listeners: number
  readonly nodes: number
  readonly canvases: number
}

const SETTLES_MS = 10_000

/** The DOM nodes after a collection: a scene that has just gone is held a moment, by its animations and timers. */
async function settledNodes(devtools: CDPSession, least: number): Promise<number> {
  const until = performance.now() + SETTLES_MS
  for (;;) {
    await devtools.send('HeapProfiler.collectGarbage')
    const { metrics } = await devtools.send('Performance.getMetrics')
    const nodes = metrics.find(({ name }) => name === 'Nodes')?.value ?? Number.NaN
    if (nodes <= least || performance.now() > until) return nodes
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function look(page: Page, devtools: CDPSession, change: number, leastNodes: number): Promise<Look> {
  const nodes = await settledNodes(devtools, leastNodes)
  const { metrics } = await devtools.send('Performance.getMetrics')
  return {
    ...{ change, nodes, ...(await pageHeap(devtools)) },
    listeners: metrics.find(({ name }) => name === 'JSEventListeners')?.value ?? Number.NaN,
    canvases: await page.evaluate(() => document.querySelectorAll('canvas').length),
  }
}

/** MiB per change, by least squares. */
function slope(looks: readonly Look[]): number {
  const mean = (of: (one: Look) => number) => looks.reduce((sum, one) => sum + of(one), 0) / looks.length
  const [x, y] = [mean(({ change }) => change), mean(({ heap }) => heap)]
  const over = looks.reduce((sum, { change, heap }) => sum + (change - x) * (heap - y), 0)
  return over / looks.reduce((sum, { change }) => sum + (change - x) ** 2, 0)
}

it(`${CHANGES} changes of scene leave nothing behind, and nothing jumps`, { timeout: 3_600_000 }, async () => {
  const operator = await signedInPage(browser, hub.url, 'operator')
  const scenes = PLACES.map((place) => ({ place, view: 'situation', seconds: 3_600, hours: null }))
  const set = await operator.request.put(`${hub.url}/api/screens/${screen}/scenes`, {
    data: { scenes },
    headers: { origin: hub.url },
  })
  expect(set.status()).toBe(200)
  await operator.context().close()
  const page = await signedInPage(browser, hub.url, 'scenes', undefined, { width: 1920, height: 1080 })
  await watchShifts(page)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  await page.goto(`${hub.url}/wall?lang=en`)
  await page.locator('.scene-note[data-scene="1"]').waitFor({ timeout: 60_000 })
  const before = await shiftOf(page)

  const looks: Look[] = []
  for (let change = 1; change <= CHANGES; change++) {
    await database.pool.query(`update beds set occupied = occupied + $1, available = available - $1`, [
      change % 2 === 0 ? 1 : -1,
    ])
    await page.keyboard.press('ArrowRight')
    await page.locator(`.scene-note[data-scene="${1 + (change % PLACES.length)}"]`).waitFor({ timeout: 60_000 })
    await page.locator('.wall[data-freshness=live] .map-panel').waitFor({ timeout: 60_000 })
    // All of the same scene: what another one shows is more, or less.
    if (change % LOOK_EVERY !== 0) continue
    looks.push(await look(page, devtools, change, Math.min(...looks.map(({ nodes }) => nodes))))
  }
  const warm = looks.filter(({ change }) => change >= WARM)
  const [first, last] = [warm[0]!, warm.at(-1)!]
  const after = await shiftOf(page)
  const shifted = after.sum - before.sum
  console.log(
    looks
      .map(
        (one) =>
          `${one.change}: ${one.heap.toFixed(2)} MiB and ${one.code.toFixed(2)} of code, ${one.listeners} listeners, ${one.nodes} nodes`,
      )
      .join('\n'),
  )

  const how = `${CHANGES} changes between ${PLACES.length} walls of an inhabited database with changes under way, by heap snapshots, without machine code (${first.code.toFixed(1)} to ${last.code.toFixed(1)} MiB: V8 compiles what runs often)`
  const growth = last.heap / first.heap - 1
  await record(
    {
      name: 'scenes: heap at the start',
      value: Number(first.heap.toFixed(2)),
      unit: 'MiB',
      how: `${how}; after ${WARM}`,
    },
    {
      ...{ name: 'scenes: heap at the end', value: Number(last.heap.toFixed(2)), unit: 'MiB', how },
      ...{ goal: `≤ ${100 * HEAP_GROWTH_MAX} % more than at the start`, met: growth <= HEAP_GROWTH_MAX },
    },
    { name: 'scenes: slope of the heap', value: Number((slope(warm) * 1_024).toFixed(2)), unit: 'KiB a change', how },
    {
      ...{
        name: 'scenes: listeners more than at the start',
        value: last.listeners - first.listeners,
        unit: 'listeners',
        how,
      },
      ...{ goal: '≤ 20', met: last.listeners - first.listeners <= 20 },
    },
    {
      ...{ name: 'scenes: nodes more than at the start', value: last.nodes - first.nodes, unit: 'nodes', how },
      ...{
        goal: `≤ ${100 * HEAP_GROWTH_MAX} % of ${first.nodes}`,
        met: last.nodes <= first.nodes * (1 + HEAP_GROWTH_MAX),
      },
    },
    {
      ...{ name: 'scenes: layout shift', value: Number(shifted.toFixed(4)), unit: '', how },
      ...{ goal: `≤ ${SHIFT_MAX}`, met: shifted <= SHIFT_MAX },
    },
  )
  expect(growth).toBeLessThanOrEqual(HEAP_GROWTH_MAX)
  expect(last.nodes / first.nodes - 1).toBeLessThanOrEqual(HEAP_GROWTH_MAX)
  expect(last.canvases).toBeLessThanOrEqual(first.canvases)
  expect(last.listeners - first.listeners).toBeLessThanOrEqual(20)
  expect(after.moved.slice(before.moved.length), String(shifted)).toSatisfy(() => shifted <= SHIFT_MAX)
})
