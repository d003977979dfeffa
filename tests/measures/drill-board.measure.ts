import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDrill } from '../../db/replay/drill.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

/** Share of the published numbers; the counts below are said for all of them. */
const SCALE = 0.1
const SECONDS_PER_DAY = 12

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

test('how many cases of a day of its peak the drill puts on the boards', async () => {
  const stop = new AbortController()
  const drill = await startDrill(database.url, {
    signal: stop.signal,
    secondsPerDay: SECONDS_PER_DAY,
    scale: SCALE,
    onLine: () => undefined,
  })
  const most = { all: 0, province: 0, needs: 0, day: '' }
  const started = Date.now()
  while (Date.now() - started < 2 * SECONDS_PER_DAY * 1_000) {
    const { rows } = await database.pool.query<{ all: number; province: number; needs: number; day: string }>(
      `select sum(n)::int as all, max(n)::int as province, (select count(*)::int from needs where ended_at is null) as needs,
         (select day::text from operation) as day
       from (select count(*) as n from cases where on_board group by left(district, 2)) as boards`,
    )
    const now = rows[0]!
    if ((now.all ?? 0) > most.all) Object.assign(most, now)
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  stop.abort()
  await drill.ended
  const full = (n: number) => Math.round(n / SCALE)
  console.log(
    `drill: at most ${most.all} cases on the boards at ${SCALE} of the published numbers (${most.day}): ` +
      `${full(most.all)} at all of them, ${full(most.province)} on the fullest board, ${full(most.needs)} needs`,
  )
  expect(most.all).toBeGreaterThan(0)
}, 120_000)
