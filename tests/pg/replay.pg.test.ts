import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createProgress } from '../../db/import/progress.ts'
import { type ReplayOptions, replay } from '../../db/replay/replay.ts'
import { databaseForFile, folderForFile } from '../support/for-file.ts'

/** province → cases on three days and deaths on the third */
const FILE: Readonly<Record<string, readonly [number, number, number, number]>> = {
  '10': [120, 90, 60, 4],
  '95': [7, 0, 12, 1],
  '00': [3, 2, 0, 0],
  '17': [0, 0, 0, 2],
}
const DAYS = ['2021-07-17', '2021-07-18', '2021-07-19'] as const

const db = await databaseForFile()
const folder = await folderForFile()
const path = join(folder, 'daily.csv')
const rows = Object.entries(FILE).flatMap(([province, [a, b, c, deaths]]) =>
  [a, b, c].map((cases, i) => `${DAYS[i]},${province},${cases},${i === 2 ? deaths : ''}`),
)
await writeFile(path, `date,province_code,new_cases,new_deaths\n${rows.join('\n')}\n`)

async function run(options: Partial<ReplayOptions> = {}) {
  const lines: string[] = []
  const out = { write: (text: string) => lines.push(text) }
  const result = await replay({
    ownerUrl: db.url,
    path,
    map: {},
    delimiter: ',',
    from: DAYS[0],
    to: DAYS[2],
    daysPerSecond: 5,
    seed: 1,
    reset: false,
    goOn: false,
    force: false,
    signal: new AbortController().signal,
    progress: createProgress(out, () => 0),
    ...options,
  })
  return { ...result, lines }
}

async function byDay(column: string, where: string): Promise<Record<string, number>> {
  const { rows } = await db.pool.query<{ key: string; n: number }>(
    `select left(district, 2) || ' ' || ${column} as key, count(*)::integer as n from cases where ${where} group by 1`,
  )
  return Object.fromEntries(rows.map((row) => [row.key, row.n]))
}

function expectedCases(): Record<string, number> {
  return Object.fromEntries(
    Object.entries(FILE).flatMap(([province, counts]) =>
      DAYS.flatMap((day, i) => (counts[i] ? [[`${province} ${day}`, counts[i]]] : [])),
    ),
  )
}

test('each case and death stands on its day and province; what no case was there for is counted', async () => {
  const { deathsUnmet, finished, commits } = await run()
  expect(finished).toBe(true)
  expect(commits).toBeGreaterThanOrEqual(5)
  expect(await byDay('report_day', `source = 'replay'`)).toEqual(expectedCases())
  expect(await byDay('outcome_day', `outcome = 'died'`)).toEqual({ '10 2021-07-19': 4, '95 2021-07-19': 1 })
  expect(deathsUnmet).toBe(2)
  const { rows } = await db.pool.query('select day::text, kind, title_en from operation')
  expect(rows).toEqual([{ day: DAYS[2], kind: 'replay', title_en: 'Replay of 2021-07-17 to 2021-07-19' }])
})

test('who has reported: each province of the file with a number, be it 0; a blank number nobody', async () => {
  const { rows } = await db.pool.query<{ report: string }>(
    `select metric || ' ' || district || ' ' || day as report from day_reports order by 1`,
  )
  const areas = ['1000', '1700', '9500']
  expect(rows.map(({ report }) => report)).toEqual([
    ...areas.flatMap((area) => DAYS.map((day) => `cases ${area} ${day}`)),
    ...areas.map((area) => `deaths ${area} ${DAYS[2]}`),
  ])
})

test('beds fill as cases come into care, doses and tests are given at published rates', async () => {
  const { rows } = await db.pool.query(
    `select sum(occupied)::integer as occupied, sum(held)::integer as held, sum(cleaning)::integer as cleaning,
       (select count(*)::integer from cases where outcome = 'none' and care_place in ('ci', 'field', 'hospitel', 'hospital')
          and district < '9999' and left(district, 2) <> '00') as cases from beds`,
  )
  expect(rows[0].cases).toBeGreaterThan(50)
  expect(rows[0].occupied).toBe(rows[0].cases)
  const { rows: doses } = await db.pool.query(
    `select day::text, sum(doses)::integer as doses from vaccinations where day > '-infinity' group by 1 order by 1`,
  )
  expect(doses).toHaveLength(3)
  expect(doses[0].doses).toBeGreaterThan(200_000)
  const { rows: tests } = await db.pool.query(
    `select sum(tested)::integer as tested, sum(positive)::integer as positive from tests where kind = 'pcr'`,
  )
  expect(tests[0].positive).toBe(294)
  expect(tests[0].tested).toBeGreaterThan(294 * 5)
})

test('a second start says what is there; --reset begins anew', async () => {
  await expect(run()).rejects.toThrow('294 replayed cases up to 2021-07-19')
  const { finished } = await run({ reset: true, seed: 2, daysPerSecond: 20 })
  expect(finished).toBe(true)
  expect(await byDay('report_day', `source = 'replay'`)).toEqual(expectedCases())
})

test('an interrupted replay goes on and ends with the same counts', async () => {
  const stop = new AbortController()
  const newest = async () =>
    (await db.pool.query<{ id: number | null }>('select max(id) as id from cases')).rows[0]?.id ?? 0
  const before = await newest()
  const running = run({ reset: true, daysPerSecond: 1, signal: stop.signal })
  await expect.poll(newest, { timeout: 20_000 }).toBeGreaterThan(before)
  stop.abort()
  const first = await running
  expect(first.finished).toBe(false)
  await expect(run()).rejects.toThrow('--continue')
  await run({ goOn: true, daysPerSecond: 20 })
  expect(await byDay('report_day', `source = 'replay'`)).toEqual(expectedCases())
  expect(await byDay('outcome_day', `outcome = 'died'`)).toEqual({ '10 2021-07-19': 4, '95 2021-07-19': 1 })
})

test('days beyond the file, and a database at work, are refused', async () => {
  await expect(run({ to: '2021-07-25', reset: true })).rejects.toThrow('holds 2021-07-17 … 2021-07-19')
  await db.pool.query(
    `insert into cases (district, report_day, classification, source) values ('1001', '2021-07-17', 'suspect', 'help')`,
  )
  await expect(run({ reset: true })).rejects.toThrow('holds 1 case that no replay has written')
  expect((await byDay('report_day', `source = 'help'`))['10 2021-07-17']).toBe(1)
})
