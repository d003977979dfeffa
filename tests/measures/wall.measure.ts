import { afterAll, beforeAll, expect, it } from 'vitest'
import { quantile, record } from '../support/measures.ts'
import { hangUntilStale, type OpenWall, openWall, paintLatencies } from '../support/wall.ts'

const UPDATES = 200
const HANGS = 5

let wall: OpenWall

beforeAll(async () => {
  wall = await openWall()
  await wall.page.waitForTimeout(3000)
})

afterAll(() => wall?.close())

it('commit → painted on the wall', async () => {
  const latencies = await paintLatencies(wall, UPDATES, (i) => 20 + (i % 7) * 30)
  expect(latencies).toHaveLength(UPDATES)
  const how = `${UPDATES} UPDATEs of 5 rows by SQL; from the commit's return to the frame that shows the number, headless Chromium with software drawing`
  await record(
    { name: 'commit to painted on the wall, p50', value: quantile(latencies, 0.5), unit: 'ms', how },
    {
      name: 'commit to painted on the wall, p99',
      value: quantile(latencies, 0.99),
      unit: 'ms',
      goal: '< 250 ms on a quiet machine',
      met: quantile(latencies, 0.99) < 250,
      how,
    },
  )
})

it('a hub that hangs → the wall says so', async () => {
  const took: number[] = []
  for (let i = 0; i < HANGS; i++) {
    took.push(await hangUntilStale(wall))
    wall.hub.child.kill('SIGCONT')
    await wall.page.locator('[data-freshness=live]').waitFor({ timeout: 30_000 })
    await wall.page.waitForTimeout(500)
  }
  await record({
    name: 'hung hub to stale on the wall, worst',
    value: Math.max(...took),
    unit: 'ms',
    goal: '≤ 2000 ms',
    met: Math.max(...took) <= 2000,
    how: `${HANGS} times SIGSTOP of the hub; until the frame in which the page carries data-freshness=stale`,
  })
})
