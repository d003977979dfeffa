import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { followReplay } from '../support/replay-follow.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
const FILE = path.join(path.dirname(ROOT), 'shared/data/cases_by_province_daily.csv')
const DELTA = { from: '2021-04-01', to: '2021-07-19', cases: 386_307 } as const
/** The wave in less than four minutes, on a machine that can. */
const DAYS_PER_SECOND = 0.5
/** A slow machine stops somewhere in the wave, and what it has replayed until then is compared. */
const REPLAY_MS_MAX = 300_000

describe.skipIf(!existsSync(FILE))('the Delta wave of 2021 (shared/data), as single events', () => {
  let database: TestDatabase
  beforeAll(async () => {
    await buildDashboard(ROOT)
    database = await createTestDatabase()
  }, 240_000)
  afterAll(() => database?.drop())

  it('replay with a hub and a screen that follow', async () => {
    const { from, to } = DELTA
    const done = await followReplay(database, {
      path: FILE,
      from,
      to,
      daysPerSecond: DAYS_PER_SECOND,
      verifyEveryMs: 15_000,
      signal: AbortSignal.timeout(REPLAY_MS_MAX),
    })
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from cases where source = 'replay' and report_day between $1 and $2`,
      [from, to],
    )
    const replayed = rows[0]?.n ?? 0
    if (done.replayed.finished) expect(replayed).toBe(DELTA.cases)
    const wrong = done.verified.reduce((sum, { differences }) => sum + differences.length, 0)
    const cells = done.verified.at(-1)?.cells
    const pace = `${done.replayed.commits} commits of ${done.replayed.rows} rows in ${Math.round(done.seconds)} s`
    await record(
      {
        name: 'replay of the Delta wave with a hub that follows',
        value: Math.round(replayed / done.seconds),
        unit: 'cases/s',
        how: `npm run replay's code at up to ${DAYS_PER_SECOND} days/s, ${replayed} of ${DELTA.cases} cases one by one, to ${done.replayed.day}: ${pace}`,
      },
      {
        name: 'cells and rows that differ from SQL, under way and after the replay',
        value: wrong,
        unit: 'cells',
        goal: '0',
        met: wrong === 0,
        how: `verify ${done.verified.length} times (${done.notCompared} more the hub was too far behind), ${cells} cells at the end`,
      },
      {
        name: 'what a screen that followed the replay holds and SQL does not',
        value: done.screen.differences.length + done.mismatches,
        unit: 'cells and wrong checksums',
        goal: '0',
        met: done.screen.differences.length + done.mismatches === 0,
        how: `a client of three scopes on /live, ${done.screen.cells} cells, every checksum verified`,
      },
    )
    expect([wrong, done.screen.differences, done.mismatches]).toEqual([0, [], 0])
  })
})
