import { afterAll, describe, expect, it } from 'vitest'
import { createClient } from '../../db/client.ts'
import { readShiftStart, readYesterday } from '../../db/queries/day-marks.ts'
import { withAccount } from '../../db/queries/rls.ts'
import { databaseForFile } from '../../tests/support/for-file.ts'
import { COUNTED } from '../situation/counted.ts'
import { Situation } from '../situation/index.ts'
import { markDay } from './mark-day.ts'

const database = await databaseForFile()
const api = createClient(database.apiUrl)
afterAll(() => api.destroy())
const OPERATION = { id: '1', title_th: '', title_en: '' }
const SCREEN = {
  account: '00000000-0000-4000-8000-000000000001',
  role: 'screen',
  areas: ['50'],
  facility: null,
} as const
const at = (text: string) => Date.parse(`${text}+07:00`)
const cases = COUNTED.find(({ table }) => table === 'cases')!

/** A fold of a day on which Chiang Mai's `waits` reds wait since `since`. */
function situationOf(day: string, kind: string, waits: number, since: number): Situation {
  const situation = new Situation()
  const row = {
    district: '5001',
    report_day: day,
    classification: 'confirmed',
    severity: 'red',
    care_place: 'waiting',
    outcome: 'none',
    waiting: 't',
  }
  situation.reset({
    epoch: 'e',
    position: 100,
    at: since,
    groups: cases.metrics.map((_, metric) => ({ table: 'cases', metric, row, n: waits })),
    rows: [
      { table: 'operation', row: { ...OPERATION, day, kind } },
      {
        table: 'oldest',
        row: {
          area: '50',
          measure: 'waiting.red',
          at: new Date(since).toISOString().replace('T', ' ').replace('Z', '+00'),
        },
      },
    ],
  })
  return situation
}

async function markAt(now: number, day: string, kind: 'live' | 'drill', waits: number): Promise<number> {
  await database.pool.query(`update operation set day = $1, kind = $2`, [day, kind])
  return markDay(situationOf(day, kind, waits, now - 60_000)).run(database.jobs, now)
}

const cell = (cells: readonly (string | number)[][], column: string, area: string) => {
  const group = cells.find(([name]) => name === column) ?? []
  return group[group.indexOf(area) + 1]
}

it('yesterday at the same hour is the newest mark of it, as a mark of the whole scope, and nothing of another hour', async () => {
  expect(await markAt(at('2021-11-11T10:00:00'), '2021-11-11', 'live', 3)).toBe(78)
  expect(await markAt(at('2021-11-11T10:20:00'), '2021-11-11', 'live', 9)).toBe(0)
  expect(await markAt(at('2021-11-11T10:31:00'), '2021-11-11', 'live', 5)).toBe(78)
  await markAt(at('2021-11-12T00:00:05'), '2021-11-12', 'live', 4)
  const found = await readYesterday(api, '50', at('2021-11-12T10:10:00'))
  expect(found).toMatchObject({ day: '2021-11-11', at: new Date(at('2021-11-11T10:00:00')) })
  expect(cell(found!.cells, 'waiting.red', '50')).toBe(3)
  expect(cell(found!.cells, 'waiting.red', '5001')).toBe(3)
  expect(found?.oldest).toEqual([{ area: '50', measure: 'waiting.red', at: at('2021-11-11T09:59:00') }])
  expect(cell((await readYesterday(api, 'TH', at('2021-11-12T10:40:00')))!.cells, 'waiting.red', '50')).toBe(5)
  expect(await readYesterday(api, '50', at('2021-11-12T09:59:00'))).toBeUndefined()
  expect(await readYesterday(api, '50', at('2021-11-12T11:32:00'))).toBeUndefined()
})

it('a drill’s day is as old as its first mark, and only the day before is kept', async () => {
  const began = at('2026-01-01T08:00:00')
  for (const [day, from, waits] of [
    ['2021-11-20', 0, 1],
    ['2021-11-21', 150, 10],
    ['2021-11-22', 300, 20],
  ] as const) {
    for (const s of [0, 40, 80]) await markAt(began + (from + s) * 1_000, day, 'drill', waits + s)
  }
  const { rows } = await database.pool.query('select distinct day::text from day_marks order by 1')
  expect(rows.map(({ day }) => day)).toEqual(['2021-11-21', '2021-11-22'])
  const found = await readYesterday(api, '50', began + 385_000)
  expect(cell(found!.cells, 'waiting.red', '50')).toBe(90)
})

it('a fold that is behind the day marks nothing', async () => {
  await database.pool.query(`update operation set day = '2021-11-23', kind = 'drill'`)
  expect(await markDay(situationOf('2021-11-22', 'drill', 1, 0)).run(database.jobs, at('2026-01-01T09:00:00'))).toBe(0)
})

describe('the start of a shift', () => {
  const period = (area: string, starts: number) =>
    database.pool.query(
      `insert into periods (area, title, starts_at, ends_at, started_label)
         values ($1, 'Shift', $2, $2::timestamptz + interval '8 hours', 'Command')`,
      [area, new Date(starts)],
    )
  const waits = async (area: string, now: number) => {
    const { startedAt, mark } = await withAccount(api, SCREEN, (trx) => readShiftStart(trx, area, now))
    return [startedAt.getTime(), mark && cell(mark.cells, 'waiting.red', '50')]
  }

  it('is marked at once, at 0:00, 8:00 and 16:00 where command has begun none, and is that of no shift before', async () => {
    await database.pool.query('delete from day_marks')
    expect(await markAt(at('2021-12-01T07:50:00'), '2021-12-01', 'live', 5)).toBe(78)
    expect(await waits('50', at('2021-12-01T07:59:00'))).toEqual([at('2021-12-01T00:00:00'), 5])
    expect(await waits('50', at('2021-12-01T08:00:01'))).toEqual([at('2021-12-01T08:00:00'), undefined])
    expect(await markAt(at('2021-12-01T08:00:04'), '2021-12-01', 'live', 7)).toBe(78)
    expect(await markAt(at('2021-12-01T08:31:00'), '2021-12-01', 'live', 9)).toBe(78)
    expect(await waits('50', at('2021-12-01T15:59:00'))).toEqual([at('2021-12-01T08:00:00'), 7])
  })

  it('is that of the area’s own operational period, else of the nation’s', async () => {
    await period('TH', at('2021-12-01T09:10:00'))
    expect(await markAt(at('2021-12-01T09:10:05'), '2021-12-01', 'live', 11)).toBe(78)
    expect(await markAt(at('2021-12-01T09:10:10'), '2021-12-01', 'live', 12)).toBe(0)
    await period('50', at('2021-12-01T09:20:00'))
    expect(await markAt(at('2021-12-01T09:20:05'), '2021-12-01', 'live', 13)).toBe(78)
    const now = at('2021-12-01T10:00:00')
    expect(await waits('50', now)).toEqual([at('2021-12-01T09:20:00'), 13])
    expect(await waits('TH', now)).toEqual([at('2021-12-01T09:10:00'), 11])
  })
})
