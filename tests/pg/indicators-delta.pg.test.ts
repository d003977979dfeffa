import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INDICATORS, type IndicatorId } from '../../hub/contract/indicators/index.ts'
import { cellKey } from '../../hub/contract/live/apply.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { importFile } from '../support/import-file.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

/** Numbers of the dictionary over imported days of the Delta wave, against arithmetic on the lines of the file itself. */
const FILE = path.join(import.meta.dirname, '../../../shared/data/cases_by_province_daily.csv')
const FIRST = '2021-06-15'
const LAST = '2021-07-19'
const PROVINCES = ['10', '50', '96']
const POPULATION = 1_000_000
/** Days from which the file is looked back. */
const LOOKED = [0, 1, 2, 7].map((ago) => addDays(LAST, -ago))

let folder: string
let database: TestDatabase
/** by province and day */
const lines = new Map<string, { readonly cases: number; readonly deaths: number | null }>()

const skipped = !existsSync(FILE)
beforeAll(async () => {
  if (skipped) return
  const [head = '', ...rows] = (await readFile(FILE, 'utf8')).split('\n').filter((line) => !line.startsWith('#'))
  const kept = rows.filter((line) => {
    const [day = '', province = ''] = line.split(',')
    return day >= FIRST && day <= LAST && PROVINCES.includes(province)
  })
  for (const line of kept) {
    const [day, province, , , cases, , deaths] = line.split(',')
    lines.set(`${province} ${day}`, { cases: Number(cases), deaths: deaths ? Number(deaths) : null })
  }
  folder = await mkdtemp(path.join(tmpdir(), 'jitasa-delta-'))
  const file = path.join(folder, 'delta.csv')
  await writeFile(file, [head, ...kept].join('\n'))
  database = await createTestDatabase()
  await importFile(database.url, 'cases', file)
}, 120_000)
afterAll(async () => {
  if (skipped) return
  await database.drop()
  await rm(folder, { recursive: true })
})

const casesOf = (province: string, day: string) => lines.get(`${province} ${day}`)?.cases ?? Number.NaN
/** The cases of the days that end `skip` days before a day. */
function sum(province: string, day: string, days: number, skip: number): number {
  let all = 0
  for (let i = 0; i < days; i++) all += casesOf(province, addDays(day, -skip - i))
  return all
}

type Sums = (days: number, skip: number) => number
const WORKED: Readonly<Partial<Record<IndicatorId, (sums: Sums) => number>>> = {
  'cases.day': (sums) => sums(1, 0),
  'cases.mean': (sums) => sums(7, 1) / 7,
  'cases.week': (sums) => sums(7, 0),
  'cases.rate': (sums) => (sums(7, 0) / POPULATION) * 100_000,
  'cases.growth': (sums) => sums(6, 1) / sums(6, 8) - 1,
  'cases.surge': (sums) => sums(1, 0) / (sums(7, 1) / 7) - 1,
  'cases.doubling': (sums) => (Math.log(2) * 7) / Math.log(sums(7, 1) / sums(7, 8)),
  'cases.rt': (sums) => sums(7, 1) / sums(7, 5),
}

describe.skipIf(skipped)('the Delta days of ../shared/data', () => {
  test('have no line that is missing', () => {
    expect(lines.size).toBe(PROVINCES.length * 35)
    for (const province of PROVINCES) for (const day of LOOKED) expect(casesOf(province, day)).toBeGreaterThan(0)
  })

  test.each(LOOKED)('on %s, every number of the epidemic of three provinces is that of the file', async (today) => {
    await database.pool.query('update operation set day = $1', [today])
    const cellsOf = async (scope: Scope) => {
      const held = await expectedCells(database.pool, scope)
      return (column: string, area: string) => held.get(cellKey(column, area)) ?? 0
    }
    for (const code of PROVINCES) {
      const cells = await cellsOf(`province:${code}`)
      for (const [id, worked] of Object.entries(WORKED) as [IndicatorId, (sums: Sums) => number][]) {
        const subject = { code, population: POPULATION, parts: [] }
        const { value, parts, reported } = INDICATORS[id].read(cells, subject, today, 0, {})
        expect(value, `${id} ${code}`).toBeCloseTo(
          worked((days, skip) => sum(code, today, days, skip)),
          6,
        )
        expect(reported, `${id} ${code}`).toBe(parts)
      }
      // A blank is not a zero.
      const deaths = lines.get(`${code} ${today}`)?.deaths ?? null
      const read = INDICATORS['deaths.day'].read(cells, { code, parts: [] }, today, 0, {})
      expect(read, `deaths ${code}`).toMatchObject({ value: deaths, reported: deaths === null ? 0 : 1 })
    }
    const cells = await cellsOf('nation')
    const nation = { code: 'TH', parts: PROVINCES.map((code) => ({ code })) }
    expect(INDICATORS['reporting.cases'].read(cells, nation, today, 0, {})).toMatchObject({ value: 1, parts: 3 })
  })
})
