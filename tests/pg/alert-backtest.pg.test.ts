import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { caseHubForFile } from '../support/for-file.ts'
import { importFile } from '../support/import-file.ts'

/** A rule on the Delta days of the published file, against SQL that counts by brute force from the cases themselves. */
const FILE = path.join(import.meta.dirname, '../../../shared/data/cases_by_province_daily.csv')
const TODAY = '2021-07-19'
const FIRST = '2021-05-20'
const skipped = !existsSync(FILE)

const { database, hub } = await caseHubForFile()
const command = await hub.worker('national', ['TH'], 'Command')
const rule = {
  ...{ nameTh: 'ก', nameEn: 'A', indicator: 'cases.growth', option: null, areaKind: 'province', condition: 'growth' },
  ...{ bound: 0.5, clearBound: 0.3, forSeconds: 0, severity: 'moderate', owner: 'governor', ackMinutes: 30 },
  ...{ escalateTo: null, sound: false, enabled: true },
}
const tried = async (over: object) => (await command.post('/api/alert-rules/backtest', { ...rule, ...over })).body

beforeAll(async () => {
  await database.pool.query(`update operation set day = '${TODAY}', kind = 'replay'`)
  if (skipped) return
  const [head = '', ...rows] = (await readFile(FILE, 'utf8')).split('\n').filter((line) => !line.startsWith('#'))
  const kept = rows.filter((line) => {
    const [day = '', province = ''] = line.split(',')
    return day >= FIRST && day <= TODAY && /^(?:5\d|6[0-7])$/.test(province)
  })
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-backtest-'))
  try {
    await writeFile(path.join(folder, 'north.csv'), [head, ...kept].join('\n'))
    await importFile(database.url, 'cases', path.join(folder, 'north.csv'))
  } finally {
    await rm(folder, { recursive: true })
  }
}, 120_000)

/** @param value SQL of the value of `province` on day `at`; null: not known */
async function bruteForce(value: string, bound: number, clear: number) {
  const { rows } = await database.pool.query<{ code: string; times: number; floods: number; known: number }>(`
    with recursive days as (select '${TODAY}'::date - 31 + i as at, i from generate_series(0, 30) as i),
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
const REAL = `classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid')`
const cases = (from: number, to: number) =>
  `(select count(*) from cases where ${REAL} and left(district, 2) = province and report_day between at - ${from} and at - ${to})`

describe.skipIf(skipped)('a rule on the Delta days', () => {
  test.each([
    ['growth', {}, `${cases(6, 1)}::float8 / nullif(${cases(13, 8)}, 0) - 1`],
    [
      'growth, with another bound',
      { bound: 0.2, clearBound: 0.1 },
      `${cases(6, 1)}::float8 / nullif(${cases(13, 8)}, 0) - 1`,
    ],
    ['cases of a day', { indicator: 'cases.day', condition: 'above', bound: 40, clearBound: 40 }, cases(0, 0)],
    ['cases of a week', { indicator: 'cases.week', condition: 'above', bound: 300, clearBound: 200 }, cases(6, 0)],
  ])('%s rings as often, and floods as often, as by brute force', async (_, over, value) => {
    const { bound, clearBound } = { ...rule, ...over }
    const expected = await bruteForce(value, bound, clearBound)
    const { why, rang, floods, areas } = await tried(over)
    expect({ why, rang, floods }).toEqual({ why: null, rang: expected.rang, floods: expected.floods })
    expect(rang).toBeGreaterThan(0)
    for (const { area, times } of areas) expect(times, area).toBe(expected.areas.get(area))
    expect(areas).toHaveLength(Math.min(10, expected.areas.size))
  })

  test('what many provinces reach on one day is a flood', async () => {
    await database.pool.query(
      `insert into cases (district, report_day, source, classification)
       select code || '00', '${TODAY}'::date - 10, 'import', 'confirmed' from areas, generate_series(1, 300)
       where level = 'province' and code between '50' and '62'`,
    )
    const expected = await bruteForce(cases(0, 0), 300, 250)
    const { rang, floods } = await tried({ indicator: 'cases.day', condition: 'above', bound: 300, clearBound: 250 })
    expect({ rang, floods }).toEqual({ rang: expected.rang, floods: expected.floods })
    expect(floods).toBe(1)
  })
})

describe('a rule that cannot be tried', () => {
  test('says why, and counts nothing', async () => {
    const none = { rang: 0, floods: 0, areas: [] }
    const waiting = { indicator: 'waiting', condition: 'above', bound: 50, clearBound: 40 }
    expect(await tried(waiting)).toMatchObject({ ...none, why: 'no_history' })
    expect(await tried({ indicator: 'x' })).toMatchObject({ ...none, why: 'rule_indicator' })
    expect(await tried({ clearBound: 0.9 })).toMatchObject({ ...none, why: 'rule_clear' })
  })
})

test('beds are tried by who lay in them at the end of each day, against those that are staffed now', async () => {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into facilities (code, district, kind, name_th, name_en) values ('b1', '1001', 'hospital', 'รพ.', 'Hospital') returning id`,
  )
  const id = rows[0]?.id
  await database.pool.query(
    `insert into beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, reported_at)
     values ($1, '3', '1001', 20, 20, 0, 0, 0, 0, now())`,
    [id],
  )
  // 18 of 20 lie there on three days, and 17 between two of them: that is above where it ends.
  const occupied = [10, 10, 18, 17, 18, 10, 18]
  for (const [i, count] of occupied.entries()) {
    await database.pool.query(
      `insert into bed_census (day, facility_id, level, district, occupied) values ('${TODAY}'::date - 7 + $2::int, $1, '3', '1001', $3)`,
      [id, i, count],
    )
  }
  const icu = { indicator: 'beds.occupancy', option: '3', condition: 'above', bound: 0.9, clearBound: 0.85 }
  expect(await tried(icu)).toMatchObject({ why: null, rang: 2, known: 7, areas: [{ area: '10', times: 2 }] })
})
