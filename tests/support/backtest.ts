import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importFile } from './import-file.ts'
import type { TestDatabase } from './pg.ts'

const FILE = path.join(import.meta.dirname, '../../../shared/data/cases_by_province_daily.csv')
export const DELTA_TODAY = '2021-07-19'
const FIRST = '2021-05-20'
export const hasDeltaDays = existsSync(FILE)

/** Imports the published days of the north until DELTA_TODAY, which is made the operation's day. */
export async function addDeltaDays(database: TestDatabase): Promise<void> {
  await database.pool.query(`update operation set day = '${DELTA_TODAY}', kind = 'replay'`)
  const [head = '', ...rows] = (await readFile(FILE, 'utf8')).split('\n').filter((line) => !line.startsWith('#'))
  const kept = rows.filter((line) => {
    const [day = '', province = ''] = line.split(',')
    return day >= FIRST && day <= DELTA_TODAY && /^(?:5\d|6[0-7])$/.test(province)
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-backtest-'))
  try {
    await writeFile(path.join(folder, 'north.csv'), [head, ...kept].join('\n'))
    await importFile(database.url, 'cases', path.join(folder, 'north.csv'))
  } finally {
    await rm(folder, { recursive: true })
  }
}

const REAL = `classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid')`
/** SQL of the cases of a `province` between days before day `at`. */
export const casesBetween = (from: number, to: number) =>
  `(select count(*) from cases where ${REAL} and left(district, 2) = province and report_day between at - ${from} and at - ${to})`

/** A rule, and SQL of the number that it judges. */
export type Trial = {
  readonly says: string
  readonly indicator: string
  readonly condition: string
  readonly bound: number
  readonly clearBound: number
  readonly value: string
}
const growth = {
  ...{ indicator: 'cases.growth', condition: 'growth' },
  value: `${casesBetween(6, 1)}::float8 / nullif(${casesBetween(13, 8)}, 0) - 1`,
}
/** Fewer than ten of a day are no surge, whatever they are of. */
const surge = {
  ...{ indicator: 'cases.surge', condition: 'growth' },
  value: `case when ${casesBetween(0, 0)} < 10 then -1
    else ${casesBetween(0, 0)}::float8 / greatest(${casesBetween(7, 1)} / 7.0, 1) - 1 end`,
}
export const TRIALS: readonly Trial[] = [
  { says: 'growth', ...growth, bound: 0.5, clearBound: 0.3 },
  { says: 'growth, with another bound', ...growth, bound: 0.2, clearBound: 0.1 },
  { says: 'a surge of the day', ...surge, bound: 1, clearBound: 0.5 },
  { says: 'a surge of the day, with another bound', ...surge, bound: 0.5, clearBound: 0.3 },
  {
    says: 'cases of a day',
    indicator: 'cases.day',
    condition: 'above',
    bound: 40,
    clearBound: 40,
    value: casesBetween(0, 0),
  },
  {
    says: 'cases of a week',
    indicator: 'cases.week',
    condition: 'above',
    bound: 300,
    clearBound: 200,
    value: casesBetween(6, 0),
  },
]

/** How often a rule rings in the north by the end of each of 30 days, counted by PostgreSQL. @param value SQL of the value of `province` on day `at`; null: not known */
export async function bruteForce({ pool }: TestDatabase, value: string, bound: number, clear: number) {
  const { rows } = await pool.query<{ code: string; times: number; floods: number; known: number }>(`
    with recursive days as (select '${DELTA_TODAY}'::date - 31 + i as at, i from generate_series(0, 30) as i),
    read as materialized (
      select code, i, (${value})::float8 as value
      from (select code as province, code from areas where level = 'province' and code between '50' and '67') as areas, days
    ), state as (
      select code, i, value, coalesce(value >= ${bound}, false) as ringing, false as rang from read where i = 0
      union all
      select read.code, read.i, read.value,
        case when read.value >= ${bound} then true when read.value < ${clear} then false else ringing end,
        coalesce(read.value >= ${bound}, false) and not ringing
      from state join read on read.code = state.code and read.i = state.i + 1
    )
    select code, count(*) filter (where rang)::int as times, count(value) filter (where i > 0)::int as known,
      (select count(*)::int from (select i from state where rang group by i having count(*) > 10) as flood) as floods
    from state group by code`)
  return {
    rang: rows.reduce((sum, { times }) => sum + times, 0),
    known: rows.reduce((sum, { known }) => sum + known, 0),
    floods: rows[0]?.floods,
    areas: new Map(rows.filter(({ times }) => times > 0).map(({ code, times }) => [code, times])),
  }
}
