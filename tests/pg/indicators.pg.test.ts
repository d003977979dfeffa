import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Cells } from '../../hub/contract/indicators/cells.ts'
import { INDICATORS, type IndicatorId } from '../../hub/contract/indicators/index.ts'
import type { Options } from '../../hub/contract/indicators/indicator.ts'
import { cellKey } from '../../hub/contract/live/apply.ts'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { databaseForFile } from '../support/for-file.ts'

/**
 * The dictionary over the cells of random histories equals SQL that was written by hand from the tables, where its cells
 * exist. Stock days come with the logistics; statistics with an interval are worked by hand beside the dictionary.
 */
const TODAY = '2021-11-11'
const POPULATION = 1_000_000

const database = await databaseForFile()
await database.pool.query(`update operation set day = '${TODAY}', kind = 'replay'`)
await database.pool.query(`insert into facilities (code, district, kind, name_th, name_en) values
  ('i1', '5001', 'hospital', 'รพ. 1', 'Hospital 1'), ('i2', '5002', 'field', 'รพ. 2', 'Hospital 2')`)

const ago = (days: number) => `'${addDays(TODAY, -days)}'::date`
/** Days that end `from` days ago. */
const between = (column: string, from: number, days: number) =>
  `${column} between ${ago(from + days - 1)} and ${ago(from)}`
const REAL = `classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') and district like '50%'`
const number = (sql: string) => `select (${sql})::float8 as value`
const cases = (from: number, days: number) =>
  `select count(*) from cases where ${REAL} and ${between('report_day', from, days)}`
const beds = (what: string) => `select ${what} from beds where district like '50%' and level = '3'`
const doses = (from: number, days: number) =>
  `select sum(doses) from vaccinations where district like '50%' and ${between('day', from, days)}`
const IN_CARE = `outcome = 'none' and stage not in ('closed', 'duplicate', 'invalid') and care_place in ('hi', 'ci', 'field', 'hospitel', 'hospital')`
const tests = (column: string) =>
  `select sum(${column}) from tests where district like '50%' and ${between('day', 0, 7)}`

type Case = { readonly id: IndicatorId; readonly sql: string; readonly options?: Options }

/** SQL `null`, and 0 where the SQL cannot tell, is "not known or 0": the dictionary says which. */
const CASES: readonly Case[] = [
  { id: 'cases.day', sql: number(cases(0, 1)) },
  { id: 'cases.week', sql: number(cases(0, 7)) },
  { id: 'cases.rate', sql: number(`(${cases(0, 7)}) * 100000.0 / ${POPULATION}`) },
  { id: 'cases.mean', sql: number(`(${cases(1, 7)}) / 7.0`) },
  { id: 'cases.growth', sql: number(`(${cases(1, 6)})::float8 / nullif((${cases(8, 6)}), 0) - 1`) },
  {
    id: 'deaths.total',
    sql: number(`select count(*) from cases where ${REAL} and outcome = 'died'`),
  },
  {
    id: 'beds.occupancy',
    sql: number(beds('sum(occupied)::float8 / nullif(sum(staffed), 0)')),
    options: { level: '3' },
  },
  { id: 'beds.free', sql: number(beds('sum(available)')), options: { level: '3' } },
  { id: 'beds.staffed', sql: number(beds('nullif(sum(staffed), 0)')), options: { level: '3' } },
  { id: 'beds.other', sql: number(beds('sum(held + cleaning + blocked)')), options: { level: '3' } },
  {
    id: 'reporting.beds',
    sql: number(beds('1 - coalesce(sum(staffed) filter (where late), 0)::float8 / nullif(sum(staffed), 0)')),
    options: { level: '3' },
  },
  {
    id: 'reporting.sites',
    sql: number(
      `select 1 - (count(*) filter (where late))::float8 / nullif(count(*), 0) from facilities where active and district like '50%'`,
    ),
  },
  { id: 'waiting', sql: number(`select count(*) from cases where waiting and district like '50%'`) },
  {
    id: 'waiting.red',
    sql: number(`select count(*) from cases where waiting and severity = 'red' and district like '50%'`),
  },
  {
    id: 'waiting.rate',
    sql: number(`(select count(*) from cases where waiting and district like '50%') * 100000.0 / ${POPULATION}`),
  },
  { id: 'unclaimed', sql: number(`select count(*) from cases where unclaimed and district like '50%'`) },
  {
    id: 'unclaimed.red',
    sql: number(`select count(*) from cases where unclaimed and severity = 'red' and district like '50%'`),
  },
  { id: 'uncontacted', sql: number(`select count(*) from cases where uncontacted and district like '50%'`) },
  {
    id: 'leases.lapsed',
    sql: number(`select count(*) from needs where status = 'open' and freed = 'expired' and district like '50%'`),
  },
  { id: 'care', sql: number(`select count(*) from cases where ${IN_CARE} and district like '50%'`) },
  { id: 'doses.day', sql: number(doses(0, 1)) },
  { id: 'doses.week', sql: number(doses(0, 7)) },
  {
    id: 'doses.group',
    sql: number(`${doses(0, 1)} and target_group = 'pregnant'`),
    options: { group: 'pregnant' },
  },
  {
    id: 'coverage',
    sql: number(`(select sum(doses) from vaccinations where dose = 2 and district like '50%')::float8 / ${POPULATION}`),
    options: { dose: 2 },
  },
  {
    id: 'tests.day',
    sql: number(`select sum(tested) from tests where district like '50%' and day = ${ago(0)}`),
  },
  { id: 'positivity', sql: number(`(${tests('positive')})::float8 / nullif((${tests('tested')}), 0)`) },
]

type Statement = readonly [sql: string, values: readonly unknown[]]
const district = fc.constantFrom('5001', '5002', '1001')
/** Half of them today, so that the numbers of the day are met too. */
const day = fc.oneof(
  fc.constant(TODAY),
  fc.nat(14).map((days) => addDays(TODAY, -days)),
)
const statement: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({
        district,
        day,
        classification: fc.constantFrom('suspect', 'confirmed', 'confirmed'),
        severity: fc.constantFrom('green', 'yellow', 'red'),
        care: fc.constantFrom('unknown', 'waiting', 'hi', 'hospital'),
        outcome: fc.constantFrom('none', 'none', 'died'),
      })
      .map(
        (c): Statement => [
          `insert into cases (district, report_day, classification, severity, care_place, outcome, outcome_day, stage, source)
         values ($1, $2, $3, $4, $5, $6, $7, 'triaged', 'api')`,
          [
            c.district,
            c.day,
            c.classification,
            c.severity,
            c.care,
            c.outcome,
            c.outcome === 'none' ? 'infinity' : c.day,
          ],
        ],
      ),
  },
  fc.constant<Statement>([
    `insert into needs (case_id, district, kind) select id, district, 'oxygen' from cases order by id desc limit 1
     on conflict do nothing`,
    [],
  ]),
  fc.constant<Statement>([
    `update needs set status = 'open', freed = 'expired', claimed_by = null, holder_label = null, claimed_at = null,
       lease_until = null where id = (select id from needs where status in ('open', 'claimed') order by id desc limit 1)`,
    [],
  ]),
  fc.constant<Statement>([
    `update cases set uncontacted = true where stage <> 'closed' and outcome = 'none'
       and care_place not in ('field', 'hospitel', 'hospital', 'discharged')
       and id = (select max(id) from cases)`,
    [],
  ]),
  fc.tuple(fc.constantFrom('i1', 'i2'), fc.nat(9), fc.nat(9), fc.nat(3), fc.boolean()).map(
    ([code, available, occupied, held, late]): Statement => [
      `insert into beds (facility_id, level, district, staffed, available, occupied, held, late)
         select id, '3', district, $2::int + $3 + $4, $2, $3, $4, $5 from facilities where code = $1
       on conflict (facility_id, level) do update set staffed = excluded.staffed, available = excluded.available,
         occupied = excluded.occupied, held = excluded.held, late = excluded.late`,
      [code, available, occupied, held, late],
    ],
  ),
  fc
    .tuple(fc.constantFrom('i1', 'i2'), fc.boolean())
    .map(([code, late]): Statement => ['update facilities set late = $2 where code = $1', [code, late]]),
  fc
    .tuple(
      district,
      day,
      fc.constantFrom(1, 2),
      fc.integer({ min: 1, max: 500 }),
      fc.constantFrom('pregnant', 'general'),
    )
    .map(
      (row): Statement => [
        `insert into vaccinations (district, day, dose, kind, doses, target_group) values ($1, $2, $3, 'report', $4, $5)`,
        row,
      ],
    ),
  fc
    .tuple(district, day, fc.nat(50), fc.nat(50))
    .map(
      ([where, on, tested, positive]): Statement => [
        `insert into tests (district, day, kind, tested, positive) values ($1, $2, 'pcr', $3, $4)`,
        [where, on, tested, Math.min(tested, positive)],
      ],
    ),
)

it('each indicator over the cells of random histories equals SQL from the tables; what it does not know, SQL has none of', async () => {
  const compared = new Map<IndicatorId, number>()
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 5, maxLength: 40 }), async (statements) => {
      for (const [sql, values] of statements) await database.pool.query(sql, [...values])
      const held = await expectedCells(database.pool, 'province:50')
      const cells: Cells = (column, area) => held.get(cellKey(column, area)) ?? 0
      const subject = { code: '50', population: POPULATION, parts: [{ code: '5001' }, { code: '5002' }] }
      for (const { id, sql, options = {} } of CASES) {
        const { value } = INDICATORS[id].read(cells, subject, TODAY, 0, options)
        const { rows } = await database.pool.query<{ value: number | null }>(sql)
        const expected = rows[0]?.value ?? null
        if (value === null) {
          // A zero of SQL may be a blank; a mean or a change with a blank day has no value at all.
          if (id !== 'cases.mean' && id !== 'cases.growth') expect(expected ?? 0, id).toBe(0)
          continue
        }
        expect(value, id).toBeCloseTo(expected ?? 0, 9)
        compared.set(id, (compared.get(id) ?? 0) + 1)
      }
    }),
    { numRuns: 60, endOnFailure: true },
  )
  for (const { id } of CASES) expect(compared.get(id) ?? 0, id).toBeGreaterThan(10)
})
