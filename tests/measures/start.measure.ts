import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { makeDataDir } from '../support/data-dir.ts'
import { record } from '../support/measures.ts'
import { flows, killAll, ROOT, up } from '../support/up.ts'

let place: Awaited<ReturnType<typeof makeDataDir>>

beforeAll(async () => {
  await buildDashboard(ROOT)
  place = await makeDataDir()
}, 240_000)
afterAll(async () => {
  killAll()
  await place.remove()
})

it('make run on an empty folder', async () => {
  const began = performance.now()
  const run = await up(place.dataDir)
  await flows(await run.url())
  const seconds = Math.round((performance.now() - began) / 100) / 10
  await run.says('drill-auditor', 60_000)
  const gone = run.ended()
  await run.interrupt()
  expect(await gone).toEqual([])
  await record({
    name: 'empty folder to a wall that moves',
    value: seconds,
    unit: 's',
    goal: '< 60 s',
    met: seconds < 60,
    how: 'npm run up with the dashboard built, until the hub is ready and the nation has moved twice by the drill',
  })
})

it('the second start', async () => {
  const began = performance.now()
  const run = await up(place.dataDir)
  const url = await run.url()
  while (!(await fetch(`${url}/readyz`)).ok) await new Promise((resolve) => setTimeout(resolve, 20))
  const seconds = Math.round((performance.now() - began) / 100) / 10
  expect(run.said.join('\n')).not.toMatch(/migrated|seeded|built/)
  const gone = run.ended()
  await run.interrupt()
  expect(await gone).toEqual([])
  await record({
    name: 'second start until ready',
    value: seconds,
    unit: 's',
    goal: '< 10 s',
    met: seconds < 10,
    how: 'npm run up on the same folder, in the middle of the drill, until /readyz answers 200',
  })
})
