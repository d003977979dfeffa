import fc from 'fast-check'
import { expect, it } from 'vitest'
import { writeOldest } from '../../db/queries/oldest.ts'
import type { Cells } from '../../hub/contract/indicators/cells.ts'
import { INDICATOR_IDS, INDICATORS, type IndicatorId } from '../../hub/contract/indicators/index.ts'
import type { Oldest, Options, Subject } from '../../hub/contract/indicators/indicator.ts'
import { cellKey } from '../../hub/contract/live/apply.ts'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { expectedCells } from '../support/expected-cells.ts'
import { databaseForFile } from '../support/for-file.ts'

/** The dictionary over the cells and rows of random histories equals SQL that was written by hand from the tables: every number of it. */
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
const stock = (what: string) => `select ${what} from stock where district like '50%' and item = 'oxygen'`
const beds = (what: string) => `select ${what} from beds where district like '50%' and level = '3'`
const doses = (from: number, days: number) =>
  `select sum(doses) from vaccinations where district like '50%' and ${between('day', from, days)}`
const IN_CARE = `outcome = 'none' and stage not in ('closed', 'duplicate', 'invalid') and care_place in ('hi', 'ci', 'field', 'hospitel', 'hospital')`
const tests = (column: string) =>
  `select sum(${column}) from tests where district like '50%' and ${between('day', 0, 7)}`

const reals = (district: string) =>
  `classification in ('probable', 'confirmed') and stage not in ('duplicate', 'invalid') and ${district}`
const revised = (kind: string, subject: string) =>
  `select coalesce(sum(amount), 0) from revisions where kind = '${kind}' and subject = '${subject}' and day = ${ago(0)} and district like '50%'`
const dosesOf = (kind: string) => `${doses(0, 1)} and kind = '${kind}'`
const PLANNING = `select left(district, 2) from dose_plans where day = ${ago(0)}`
/** Doses over residents, of the provinces that have residents of the group and doses of any. */
const covered = (dose: number, where: string) => {
  const group = where === 'true' ? 'general' : 'pregnant'
  return `select sum(given)::float8 / sum(people) from (
    select (select coalesce(sum(doses), 0) from vaccinations where district like code || '%' and target_group = '${group}' and dose = ${dose}) as given,
      (select sum(residents) from residents where district like code || '%' and target_group = '${group}') as people
    from areas where code in ('10', '50', '83') and ${where}
      and exists (select from vaccinations where district like code || '%' and target_group <> 'unknown')) as each where people > 0`
}
/** Bounds of the classes in which waits are counted, minutes. */
const CLASSES = `(values ('15m', 0, 15), ('1h', 15, 60), ('4h', 60, 240), ('12h', 240, 720), ('24h', 720, 1440),
  ('48h', 1440, 2880), ('later', 2880, 2880)) as class (bucket, low, high)`
/** The wait that a share of the claims of a week stay below, straight within its class. */
const claimed = (share: number) => `
  with counted as (
    select low, high, count(id) as n, sum(count(id)) over (order by low, high) as upto
    from ${CLASSES} left join needs on claim_bucket = bucket and district like '50%' and ${between('claim_day', 0, 7)} group by low, high
  ), rank as (select ${share} * sum(n) as at from counted)
  select low + (high - low) * (at - (upto - n)) / n from counted, rank where n > 0 and upto >= at order by low limit 1`
/** Of all who are to be reached, straight within its class; who was marked is in the last. */
const apart = (share: number) => `
  with counted as (
    select low, high, count(id) as n, sum(count(id)) over (order by low, high) as upto
    from (values ('6h', 0, 360), ('12h', 360, 720), ('24h', 720, 1440), ('48h', 1440, 2880), ('later', 2880, 2880)) as class (age, low, high)
    left join cases on district like '50%' and contact_age = age group by low, high
  ), rank as (select ${share} * sum(n) as at from counted)
  select low + (high - low) * (at - (upto - n)) / n from counted, rank where n > 0 and upto >= at order by low limit 1`
/** Least squares through the occupied beds at the end of the last 14 days, from the first that has any; of today, now. */
const trend = (what: string) => `
  with days as (
    select n, coalesce((select sum(occupied) from bed_census where level = '3' and district like '50%' and day = ${ago(0)} - (13 - n)), 0) as y
      from generate_series(0, 12) as n
    union all select 13, coalesce((${beds('sum(occupied)')}), 0)
  ), line as (
    select count(*) as n, regr_slope(y, n) as slope, regr_syy(y, n) as syy, regr_sxy(y, n) as sxy, regr_sxx(y, n) as sxx
    from days where n >= (select min(n) from days where y <> 0)
  ), error as (
    select *, sqrt(greatest(0, syy - sxy ^ 2 / sxx) / (n - 2) / sxx) * (array[12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365,
      2.306, 2.262, 2.228, 2.201, 2.179])[n - 2] as e from line where n >= 5
  ), free as (${beds('sum(available) as beds, sum(staffed) as staffed')})
  select ${what} from free left join error on true where staffed > 0`
const FULL = `case when beds = 0 then 0 when slope > 0 and beds / slope <= 30`
const longest = (since: string, from: string) =>
  `select extract(epoch from ${AT} - min(${since})) / 60 from ${from} and needs.district like '50%'`
/** After whatever the database has opened by itself. */
const LATER = '2035-01-01T12:00:00+07:00'
const AT = `'${LATER}'::timestamptz`
const NOW = Date.parse(LATER)
const WITH_NEEDS = 'needs join cases on cases.id = case_id where'
/** Of the provinces that are asked, those that have said a number of the day. */
const saidBy = (said: string) =>
  `select count(distinct left(district, 2)) / 3.0 from (${said}) as said where left(district, 2) in ('10', '50', '83')`
const SAID_CASES = `select district from day_reports where metric = 'cases' and day = ${ago(0)}
  union all select district from cases where ${reals('true')} and report_day = ${ago(0)}`
const SAID_DEATHS = `select district from day_reports where metric = 'deaths' and day = ${ago(0)}
  union all select district from cases where ${reals(`outcome = 'died'`)} and outcome_day = ${ago(0)}
  union all select district from cases where ${reals('true')} and report_day = ${ago(0)}
    and not exists (select from day_reports as said where metric = 'cases' and day = ${ago(0)} and left(said.district, 2) = left(cases.district, 2))`

function RT(what: string): string {
  return `select ${what} from (select (${cases(1, 7)})::float8 as now, (${cases(5, 7)})::float8 as before) as weeks where now >= 10 and before >= 10`
}

type Case = {
  readonly id: IndicatorId
  readonly sql: string
  readonly options?: Options
  /** of the nation, not of province 50 */
  readonly nation?: true
  /** the bounds of its interval */
  readonly low?: string
  readonly high?: string
}

/** SQL `null`, and 0 where the SQL cannot tell, is "not known or 0": the dictionary says which. */
const CASES: readonly Case[] = [
  { id: 'cases.day', sql: number(cases(0, 1)) },
  { id: 'cases.week', sql: number(cases(0, 7)) },
  { id: 'cases.rate', sql: number(`(${cases(0, 7)}) * 100000.0 / ${POPULATION}`) },
  { id: 'cases.mean', sql: number(`(${cases(1, 7)}) / 7.0`) },
  { id: 'cases.growth', sql: number(`(${cases(1, 6)})::float8 / nullif((${cases(8, 6)}), 0) - 1`) },
  {
    id: 'cases.surge',
    sql: number(`case when (${cases(0, 1)}) >= 10 then (${cases(0, 1)}) / greatest((${cases(1, 7)}) / 7.0, 1) - 1 end`),
  },
  {
    id: 'cases.doubling',
    sql: number(`ln(2) * 7 / nullif(ln(nullif((${cases(1, 7)}), 0)::float8 / nullif((${cases(8, 7)}), 0)), 0)`),
  },
  {
    id: 'cases.rt',
    sql: number(RT('now / before')),
    low: number(RT('now / before / exp(1.96 * sqrt(1 / now + 1 / before))')),
    high: number(RT('now / before * exp(1.96 * sqrt(1 / now + 1 / before))')),
  },
  { id: 'cases.late', sql: number(revised('late', 'cases')) },
  { id: 'cases.corrected', sql: number(revised('corrected', 'cases')) },
  { id: 'deaths.late', sql: number(revised('late', 'deaths')) },
  { id: 'deaths.corrected', sql: number(revised('corrected', 'deaths')) },
  {
    id: 'deaths.day',
    sql: number(`select count(*) from cases where ${REAL} and outcome = 'died' and outcome_day = ${ago(0)}`),
  },
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
    id: 'beds.full',
    sql: number(trend(`${FULL} then beds / slope end`)),
    low: number(trend(`${FULL} then beds / (slope + e) end`)),
    high: number(trend(`${FULL} and slope > e then beds / (slope - e) end`)),
    options: { level: '3' },
  },
  { id: 'beds.corrected', sql: number(revised('corrected', 'beds')) },
  {
    id: 'stock.days',
    sql: number(stock('sum(on_hand)::float8 / nullif(sum(per_day), 0)')),
    options: { item: 'oxygen' },
  },
  {
    id: 'stock.short',
    sql: number(stock('case when count(*) > 0 then count(*) filter (where on_hand < 3 * per_day) end')),
    options: { item: 'oxygen' },
  },
  { id: 'reporting.cases', sql: number(saidBy(SAID_CASES)), nation: true },
  { id: 'reporting.deaths', sql: number(saidBy(SAID_DEATHS)), nation: true },
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
  {
    id: 'waiting.oldest',
    sql: number(longest('opened_at', `${WITH_NEEDS} kind = 'bed' and status in ('open', 'claimed', 'in_progress')`)),
  },
  { id: 'unclaimed.oldest', sql: number(longest('opened_at', `${WITH_NEEDS} status = 'open'`)) },
  { id: 'claim.median', sql: number(claimed(0.5)) },
  { id: 'claim.p90', sql: number(claimed(0.9)) },
  {
    id: 'uncontacted.oldest',
    sql: number(
      `select extract(epoch from ${AT} - min(coalesce(contacted_at, reported_at))) / 60 from cases where uncontacted and district like '50%'`,
    ),
  },
  { id: 'uncalled', sql: number(`select count(*) from cases where uncalled and district like '50%'`) },
  { id: 'contact.median', sql: number(apart(0.5)) },
  { id: 'contact.p90', sql: number(apart(0.9)) },
  { id: 'uncontacted', sql: number(`select count(*) from cases where uncontacted and district like '50%'`) },
  {
    id: 'leases.lapsed',
    sql: number(`select count(*) from needs where status = 'open' and freed = 'expired' and district like '50%'`),
  },
  { id: 'care', sql: number(`select count(*) from cases where ${IN_CARE} and district like '50%'`) },
  { id: 'doses.day', sql: number(doses(0, 1)) },
  { id: 'doses.day', sql: number(`${doses(0, 1)} and dose = 2`), options: { dose: 2 } },
  { id: 'doses.week', sql: number(doses(0, 7)) },
  { id: 'doses.rate', sql: number(`(${doses(0, 7)}) * 100000.0 / ${POPULATION}`) },
  { id: 'doses.growth', sql: number(`coalesce((${doses(1, 6)}), 0)::float8 / nullif((${doses(8, 6)}), 0) - 1`) },
  { id: 'doses.late', sql: number(dosesOf('late')) },
  { id: 'doses.corrected', sql: number(dosesOf('correction')) },
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
    id: 'doses.vaccine',
    sql: number(`${doses(0, 1)} and vaccine = 'pfizer'`),
    options: { vaccine: 'pfizer' },
  },
  {
    id: 'doses.planned',
    sql: number(`select sum(doses) from dose_plans where day = ${ago(0)} and district like '50%'`),
  },
  {
    id: 'doses.achieved',
    sql: number(`select (select coalesce(sum(doses), 0) from vaccinations where day = ${ago(0)} and left(district, 2) in (${PLANNING}))::float8
      / (select sum(doses) from dose_plans where day = ${ago(0)})`),
    nation: true,
  },
  ...([1, 2, 3] as const).flatMap((dose) => {
    const id = (['coverage.first', 'coverage.second', 'coverage.third'] as const)[dose - 1]!
    return [
      { id, sql: number(covered(dose, `substr(code, 1, 2) = '50'`)), options: { knownGroup: 'pregnant' } as const },
      { id, sql: number(covered(dose, 'true')), options: { knownGroup: 'general' } as const, nation: true as const },
    ]
  }),
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
  fc.noBias(fc.nat(14)).map((days) => addDays(TODAY, -days)),
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
        copies: fc.integer({ min: 1, max: 6 }),
      })
      .map(
        (c): Statement => [
          `insert into cases (district, report_day, classification, severity, care_place, outcome, outcome_day, stage, source)
         select $1, $2, $3, $4, $5, $6, $7, 'triaged', 'api' from generate_series(1, $8::int)`,
          [
            c.district,
            c.day,
            c.classification,
            c.severity,
            c.care,
            c.outcome,
            c.outcome === 'none' ? 'infinity' : c.day,
            c.copies,
          ],
        ],
      ),
  },
  fc.constant<Statement>([
    `insert into needs (case_id, district, kind) select id, district, 'oxygen' from cases order by id desc limit 1
     on conflict do nothing`,
    [],
  ]),
  // A need of its own age, which somebody may take.
  fc
    .tuple(fc.constantFrom('bed', 'food'), fc.integer({ min: 1, max: 4000 }), fc.boolean())
    .chain(([kind, minutes, taken]) =>
      fc.constant<Statement>([
        `with asked as (
         insert into needs (case_id, district, kind, opened_at) select id, district, $1, ${AT} - make_interval(mins => $2::int)
           from cases where stage = 'triaged' order by id desc limit 1 on conflict do nothing returning id
       ) select id from asked where $3::boolean`,
        [kind, minutes, taken],
      ]),
    ),
  fc.constant<Statement>([
    `update needs set status = 'claimed', freed = null, fence = fence + 1, claimed_by = gen_random_uuid(), holder_label = 'T',
       claimed_at = ${AT}, lease_until = ${AT} where id = (select max(id) from needs where status = 'open' and opened_at < ${AT})`,
    [],
  ]),
  // What was reported wrongly, is corrected, or belongs to another day.
  fc
    .tuple(day, fc.constantFrom('not_a_case', 'confirmed'))
    .map(
      ([on, classification]): Statement => [
        `update cases set report_day = $1, classification = $2 where id = (select max(id) from cases)`,
        [on, classification],
      ],
    ),
  fc.tuple(fc.constantFrom('i1', 'i2'), fc.integer({ min: 0, max: 12 }), fc.nat(9)).map(
    ([code, ago, occupied]): Statement => [
      `insert into bed_census (day, facility_id, level, district, occupied)
       select date '${TODAY}' - 1 - $2::int, id, '3', district, $3 + (12 - $2::int) from facilities where code = $1
     on conflict (day, facility_id, level) do update set occupied = excluded.occupied`,
      [code, ago, occupied],
    ],
  ),
  // A count of a day before that comes today.
  fc.constant<Statement>([
    `insert into revisions (day, kind, subject, district, amount, revised_day)
       select day, 'corrected', 'beds', '5001', 2, day - 1 from operation`,
    [],
  ]),
  fc
    .tuple(fc.constantFrom('1000', '5000', '8300'), fc.constantFrom('cases', 'deaths'), day)
    .map(
      ([where, metric, on]): Statement => [
        `insert into day_reports (metric, district, day) values ($1, $2, $3) on conflict do nothing`,
        [metric, where, on],
      ],
    ),
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
  fc.constant<Statement>([
    `update cases set uncalled = true where stage <> 'closed' and outcome = 'none' and care_place in ('hi', 'ci', 'waiting')
       and merged_into is null and id % 2 = 0`,
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
  fc.tuple(fc.constantFrom('i1', 'i2'), fc.nat(60), fc.nat(9), fc.boolean()).map(
    ([code, onHand, perDay, late]): Statement => [
      `insert into stock (facility_id, item, district, on_hand, per_day, reported_at, late)
         select id, 'oxygen', district, $2, $3, ${AT}, $4 from facilities where code = $1
       on conflict (facility_id, item) do update set on_hand = excluded.on_hand, per_day = excluded.per_day, late = excluded.late`,
      [code, onHand, perDay, late],
    ],
  ),
  fc
    .tuple(fc.constantFrom('i1', 'i2'), fc.boolean())
    .map(([code, late]): Statement => ['update facilities set late = $2 where code = $1', [code, late]]),
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        district,
        day,
        fc.constantFrom(1, 2, 3),
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom('pregnant', 'general'),
        fc.constantFrom('report', 'late', 'correction'),
        fc.constantFrom('pfizer', 'unknown'),
      )
      .map(
        (row): Statement => [
          `insert into vaccinations (district, day, dose, kind, doses, target_group, vaccine)
           values ($1, $2, $3, $6, case $6 when 'correction' then -1 else $4::int end, $5, $7)`,
          row,
        ],
      ),
  },
  fc.tuple(fc.constantFrom('5000', '1000'), day, fc.integer({ min: 1, max: 400 })).map(
    (row): Statement => [
      `insert into dose_plans (district, day, doses) values ($1, $2, $3)
         on conflict (district, day) where facility_id is null do update set doses = excluded.doses`,
      row,
    ],
  ),
  fc.tuple(fc.constantFrom('5001', '5000', '1000'), fc.constantFrom('pregnant', 'general'), fc.nat(2_000)).map(
    (row): Statement => [
      `insert into residents (district, target_group, residents, source, as_of) values ($1, $2, $3, 'test', '${TODAY}')
         on conflict (district, target_group) do update set residents = excluded.residents`,
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

/** What needs every one of its days has no value with a blank one, of which SQL makes a zero. */
const NEEDS_ALL_DAYS: ReadonlySet<IndicatorId> = new Set([
  'cases.mean',
  'cases.growth',
  'cases.surge',
  'cases.doubling',
  'cases.rt',
  'doses.growth',
])

const RUNS = 60
/** From here on every day has cases: whether chance fills them all, so that a mean is known, is not left to it. */
const NO_BLANK_DAY = `insert into cases (district, report_day, classification, severity, care_place, stage, source)
  select district, day, 'confirmed', 'green', 'hospital', 'triaged', 'api'
  from generate_series(date '${TODAY}' - 40, '${TODAY}', '1 day') as day, unnest(array['5001', '1001']) as district`

async function oldestOf(): Promise<Oldest> {
  await writeOldest(database.jobs)
  const { rows } = await database.pool.query<{ name: string; at: number }>(
    `select area || '.' || measure as name, (extract(epoch from at) * 1000)::float8 as at from oldest`,
  )
  const byName = new Map(rows.map(({ name, at }) => [name, at]))
  return (area, measure) => byName.get(`${area}.${measure}`) ?? null
}

it('every number of the dictionary over random histories equals SQL from the tables; what it does not know, SQL has none of', async () => {
  const compared = new Map<IndicatorId, number>()
  let runs = 0
  const scalar = async (sql: string) =>
    (await database.pool.query<{ value: number | null }>(sql)).rows[0]?.value ?? null
  await fc.assert(
    fc.asyncProperty(fc.array(statement, { minLength: 20, maxLength: 50, size: 'max' }), async (statements) => {
      for (const [sql, values] of statements) await database.pool.query(sql, [...values])
      if (runs++ === RUNS / 2) await database.pool.query(NO_BLANK_DAY)
      const oldest = await oldestOf()
      const [province, nation] = await Promise.all(
        (['province:50', 'nation'] as const).map(async (scope) => {
          const held = await expectedCells(database.pool, scope)
          return (column: string, area: string) => held.get(cellKey(column, area)) ?? 0
        }),
      )
      const whole: Subject = { code: '50', population: POPULATION, parts: [{ code: '5001' }, { code: '5002' }], oldest }
      const country: Subject = { code: 'TH', parts: [{ code: '10' }, { code: '50' }, { code: '83' }], oldest }
      for (const { id, sql, options = {}, nation: isNation, low, high } of CASES) {
        const [cells, subject] = isNation ? [nation as Cells, country] : [province as Cells, whole]
        const value = INDICATORS[id].read(cells, subject, TODAY, NOW, options)
        const expected = await scalar(sql)
        if (value.value === null) {
          if (!NEEDS_ALL_DAYS.has(id)) expect(expected ?? 0, `${id} ${value.why}`).toBe(0)
          continue
        }
        expect(value.value, id).toBeCloseTo(expected ?? 0, 6)
        if (low && value.low !== undefined) expect(value.low, `${id} low`).toBeCloseTo((await scalar(low)) ?? 0, 6)
        if (high && value.high != null) expect(value.high, `${id} high`).toBeCloseTo((await scalar(high)) ?? 0, 6)
        if (high && value.high === null) expect(await scalar(high), `${id} high`).toBeNull()
        compared.set(id, (compared.get(id) ?? 0) + 1)
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
  for (const id of INDICATOR_IDS) expect(compared.get(id) ?? 0, id).toBeGreaterThan(10)
}, 300_000)
