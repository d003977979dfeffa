import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { followReplay } from '../support/replay-follow.ts'

const DAYS = ['2021-07-16', '2021-07-17', '2021-07-18', '2021-07-19'] as const
const TEST_MS_MAX = 180_000

let db: TestDatabase
let folder = ''

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  db = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'jitasa-replay-'))
}, TEST_MS_MAX)
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true })
})

test(
  'the main job: days of every province are replayed, a hub and a screen follow, and neither differs from SQL',
  async () => {
    const { rows: provinces } = await db.pool.query<{ code: string }>(
      `select code from areas where code ~ '^[0-9]{2}$' order by code`,
    )
    const lines = DAYS.flatMap((day, d) =>
      provinces.map(({ code }, p) => `${day},${code},${5 + ((7 * p + 3 * d) % 40)},${d > 1 && p % 9 === 0 ? 1 : 0}`),
    )
    const file = path.join(folder, 'daily.csv')
    await writeFile(file, `date,province_code,new_cases,new_deaths\n${lines.join('\n')}\n`)
    const wanted = lines.reduce((sum, line) => sum + Number(line.split(',')[2]), 0)

    const done = await followReplay(db, {
      path: file,
      from: DAYS[0],
      to: DAYS[3],
      daysPerSecond: 1,
      verifyEveryMs: 1000,
    })
    expect(done.replayed.finished).toBe(true)
    expect(done.verified.length).toBeGreaterThan(1)
    for (const { differences } of done.verified) expect(differences).toEqual([])
    expect(done.verified.at(-1)?.cells).toBeGreaterThan(5000)
    expect(done.screen.differences).toEqual([])
    expect(done.mismatches).toBe(0)
    const { rows } = await db.pool.query<{ n: number }>(`select count(*)::int as n from cases where source = 'replay'`)
    expect(rows[0]?.n).toBe(wanted)
  },
  TEST_MS_MAX,
)
