import { parse } from 'csv-parse/sync'
import { beforeEach, describe, expect, it } from 'vitest'
import { casesCsv, facilitiesCsv, reportsCsv } from '../../../dashboard/src/pages/list/csv.ts'
import { indicatorListed, type ListKind, listHref, listKind } from '../../../dashboard/src/panels/lists.ts'
import type { Worker } from '../../../tests/support/case-hub.ts'
import { expectedCells } from '../../../tests/support/expected-cells.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'
import { INDICATOR_IDS, INDICATORS, type IndicatorId } from '../../contract/indicators/index.ts'
import type { Option, Options } from '../../contract/indicators/indicator.ts'
import { cellKey } from '../../contract/live/apply.ts'
import { BED_LEVELS } from '../../contract/vocabulary/beds.ts'
import { DOSE_NUMBERS } from '../../contract/vocabulary/doses.ts'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'

const DAY = '2021-11-11'

/** Two provinces, three days, every severity and place of care, cases that ended or were merged, beds of all levels, late doses and corrections. */
const DATA = `
  update operation set day = '${DAY}';
  insert into cases (district, report_day, classification, severity, care_place, outcome, outcome_day, source)
    select (array['5001', '5002', '1001', '0000'])[1 + n % 4], date '${DAY}' - n % 3, 'confirmed',
      (array['red', 'yellow', 'green', 'unknown'])[1 + n % 4],
      (array['waiting', 'hi', 'ci', 'field', 'hospitel', 'hospital', 'unknown'])[1 + n % 7],
      (array['none', 'none', 'none', 'died', 'recovered'])[1 + n % 5],
      case when n % 5 < 3 then 'infinity' else date '${DAY}' - n % 2 end, 'api'
    from generate_series(0, 279) as n;
  insert into cases (district, report_day, classification, severity, care_place, outcome, outcome_day, source, stage,
      closed_reason, merged_into)
    select '5001', '${DAY}', 'confirmed', 'red', (array['waiting', 'hospital', 'hi'])[1 + n % 3],
      (array['none', 'died'])[1 + n % 2], case when n % 2 = 0 then 'infinity' else date '${DAY}' end, 'api', stage,
      case stage when 'closed' then 'unreachable' else stage end, case when stage = 'duplicate' and n % 2 = 0 then 1 end
    from generate_series(0, 11) as n, unnest(array['closed', 'duplicate', 'invalid']) as stage;
  insert into needs (case_id, district, kind, claimed_by, holder_label, claimed_at, lease_until, status)
    select id, district, case when id % 2 = 0 then 'bed' else 'oxygen' end,
      case when id % 3 = 0 then gen_random_uuid() end, case when id % 3 = 0 then 'T' end,
      case when id % 3 = 0 then now() end, case when id % 3 = 0 then now() end,
      case when id % 3 = 0 then 'claimed' else 'open' end from cases
    where stage = 'reported';
  insert into facilities (code, district, kind, name_th, name_en)
    select 'f' || n, (array['5001', '5002', '1001'])[1 + n % 3], (array['hospital', 'field', 'vaccination'])[1 + n / 3 % 3],
      'โรงพยาบาล ' || n, 'Hospital ' || n from generate_series(1, 24) as n;
  insert into beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked)
    select id, level, district, 2 * id + 4, id, 1, id, 2, 1 from facilities, unnest(array['0', '1', '2.1', '2.2', '3']) as level
    where kind <> 'vaccination';
  insert into vaccinations (district, day, dose, kind, doses, facility_id)
    select district, date '${DAY}' - id % 3, 1 + id % 4, 'report', 100 + id, id from facilities where kind = 'vaccination';
  insert into vaccinations (district, day, dose, kind, doses) values
    ('5001', '${DAY}', 1, 'late', 7), ('5001', '${DAY}', 1, 'correction', -3), ('1001', '2021-11-10', 2, 'correction', -1);
  insert into vaccinations (district, day, dose, kind, doses, target_group) values ('1001', '${DAY}', 3, 'report', 9, 'age60');
  update cases set classification = 'not_a_case' where report_day < '${DAY}' and stage = 'reported' and id % 20 = 1;
  update beds set late = id % 2 = 0 from facilities where id = facility_id and level = '3';
  insert into stock (facility_id, item, district, on_hand, per_day, reported_at, late)
    select id, item, district, id * 2, id % 5, now(), id % 2 = 0 from facilities, unnest(array['oxygen', 'vaccine']) as item;
  update facilities set late = exists (select from beds where facility_id = id and late);
  update cases set uncontacted = id % 3 = 0 where stage = 'reported' and outcome = 'none' and care_place in ('unknown', 'waiting', 'hi', 'ci');
  update cases set uncalled = id % 2 = 0 where stage = 'reported' and outcome = 'none' and care_place in ('waiting', 'hi', 'ci');
  update needs set status = 'open', freed = 'expired', claimed_by = null, holder_label = null, claimed_at = null, lease_until = null
    where status = 'claimed' and id % 2 = 0;
  -- Somebody of whom two requests lapsed; and one whose request was taken, and who was then found to be another's.
  insert into needs (case_id, district, kind, status, freed) select id, district, kind, 'open', 'expired'
    from (select id, district from cases where stage = 'reported' and severity = 'red' order by id limit 1) as someone,
      unnest(array['transport', 'funeral']) as kind;
  insert into needs (case_id, district, kind, claimed_by, holder_label, claimed_at, lease_until, status)
    select id, district, 'food', gen_random_uuid(), 'T', now(), now(), 'claimed' from cases where merged_into is not null limit 1;
  update needs set status = 'fulfilled', claimed_by = null, holder_label = null, claimed_at = null, lease_until = null, ended_at = now()
    where case_id in (select id from cases where merged_into is not null);
  insert into tests (district, day, kind, tested, positive) values
    ('5001', '${DAY}', 'pcr', 50, 7), ('5001', '${DAY}', 'atk', 20, 2), ('1001', '2021-11-09', 'pcr', 30, 1);
`

const { database, hub } = await caseHubForFile(DATA)
const governor = await hub.worker('governor', ['50'], 'Governor')
let national: Worker
// An account may ask 600 times a minute; a test of every cell comes near.
beforeEach(async () => {
  national = await hub.worker('national', ['TH'], 'Command')
})

/** Follows the pages of a list to its end. */
async function all<K extends 'cases' | 'reports' | 'facilities'>(who: Worker, of: K, query: string, limit: number) {
  const rows: Row[K][] = []
  for (let cursor = ''; ; ) {
    const { status, body } = await who.get(`/api/${of}?${query}&limit=${limit}${cursor}`)
    expect(status, `${query}: ${JSON.stringify(body.error)}`).toBe(200)
    rows.push(...(body[of] as readonly Row[K][]))
    if (body.cursor === null) return rows
    cursor = `&${of === 'reports' ? 'before' : 'cursor'}=${body.cursor}`
  }
}

/** A plan is shown by its place and days, in no list (GET /api/dose-plans). Beds that are neither occupied nor free open the list of the staffed ones, with all their states; a mean that of its days. */
const OF_STATES: ReadonlySet<IndicatorId> = new Set(['beds.other', 'cases.mean'])
/** Of which the data above has none. */
const EMPTY_HERE: ReadonlySet<IndicatorId> = new Set([
  'deaths.late',
  'cases.late',
  'deaths.corrected',
  'beds.corrected',
])
const OPTIONS: Readonly<Record<Option, readonly Options[]>> = {
  level: BED_LEVELS.map((level) => ({ level })),
  severity: SEVERITIES.map((severity) => ({ severity })),
  dose: DOSE_NUMBERS.map((dose) => ({ dose })),
  group: [{ group: 'unknown' }, { group: 'age60' }],
  vaccine: [{ vaccine: 'unknown' }, { vaccine: 'pfizer' }],
  knownGroup: [{ knownGroup: 'age60' }],
  test: [{ test: 'pcr' }, { test: 'atk' }],
  site: [{ site: 'hospital' }],
  item: [{ item: 'oxygen' }],
}

/** What the file of a list comes to, read from its lines. */
function inFile(kind: ListKind, rows: readonly unknown[], metric: string): number {
  const csv = { cases: casesCsv, reports: reportsCsv, facilities: facilitiesCsv }[kind] as (
    rows: readonly unknown[],
  ) => string
  const [head = [], ...lines] = parse(csv(rows), { bom: true }) as string[][]
  const column = head.indexOf(metric.startsWith('positive') ? 'positive' : 'amount')
  return sum(lines.map((line) => Number(line[column])))
}

type Body = Awaited<ReturnType<Worker['get']>>['body']
type Row = { [K in 'cases' | 'reports' | 'facilities']: Body[K][number] }

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** What the list behind a number adds up to. */
async function counted(metric: string, area: string, day?: string, days = 1): Promise<number> {
  const query = `area=${area}&metric=${metric}${day ? `&day=${day}&days=${days}` : ''}`
  const [stem] = metric.split('.')
  const isOfFacilities = stem === 'beds' || stem === 'sites' || stem === 'occupied' || stem === 'stock'
  if (isOfFacilities) return sum((await all(national, 'facilities', query, 10)).map(({ amount }) => amount))
  if (stem === 'doses' || stem === 'given' || stem === 'corrected' || stem === 'late')
    return sum((await all(national, 'reports', query, 20)).map(({ amount }) => amount))
  if (stem === 'tests') return sum((await all(national, 'reports', query, 20)).map(({ amount }) => amount))
  if (stem === 'positive') return sum((await all(national, 'reports', query, 20)).map(({ positive }) => positive ?? 0))
  return sum((await all(national, 'cases', query, 200)).map(({ amount }) => amount))
}

describe('the list behind a number', () => {
  it.each(['nation', 'province:50'] as const)('adds up to it, for every cell of %s', async (scope) => {
    const cells = await expectedCells(database.pool, scope)
    const stems = new Set([...cells.keys()].map((key) => key.split(/[.@|]/, 1)[0]))
    expect([...stems]).toEqual(
      expect.arrayContaining([
        'claims',
        'lapsed',
        'uncontacted',
        'uncalled',
        'sites',
        'occupied',
        'corrected',
        'late',
        'stock',
      ]),
    )
    for (const [key, value] of cells) {
      const [column = '', area = ''] = key.split('|')
      const [metric = '', day] = column.split('@')
      expect(await counted(metric, area, day), key).toBe(value)
    }
  })

  it('adds up for a metric that ends early, and for a week', async () => {
    const cells = await expectedCells(database.pool, 'nation')
    const total = (pattern: RegExp) => sum([...cells].filter(([key]) => pattern.test(key)).map(([, value]) => value))
    expect(await counted('waiting', 'TH')).toBe(total(/^waiting\..*\|TH$/))
    expect(await counted('unclaimed', 'TH')).toBe(total(/^unclaimed\..*\|TH$/))
    expect(await counted('care', 'TH')).toBe(total(/^care\..*\|TH$/))
    expect(await counted('care.hospital', '50')).toBe(total(/^care\.hospital\..*\|50$/))
    expect(await counted('cases', '50', DAY, 7)).toBe(total(/^cases@.*\|50$/))
    expect(await counted('doses', '50', DAY)).toBe(total(/^doses\.\d@2021-11-11\|50$/))
    expect(await counted('doses', 'TH', DAY, 2)).toBe(total(/^doses\.\d@2021-11-1[01]\|TH$/))
    expect(await counted('tests', 'TH', DAY, 7)).toBe(100)
  })
})

describe('a number that counts, the head of its list and the file of it', () => {
  const COUNTING = INDICATOR_IDS.filter(
    (id) => INDICATORS[id].unit === 'count' && !OF_STATES.has(id) && id !== 'doses.planned',
  )
  it.each(COUNTING)('%s: come to the same', async (id) => {
    const held = await expectedCells(database.pool, 'nation')
    const cells = (column: string, area: string) => held.get(cellKey(column, area)) ?? 0
    const { by, required } = INDICATORS[id]
    const asked: readonly Options[] = by === undefined ? [{}] : [...(required ? [] : [{}]), ...OPTIONS[by]]
    let compared = 0
    for (const options of asked) {
      const listed = indicatorListed(id, options, DAY)!
      const { value } = INDICATORS[id].read(cells, { code: 'TH', parts: [] }, DAY, 0, options)
      const query = new URLSearchParams(listHref({ ...listed, area: 'TH' }).split('?')[1])
      const kind = listKind(listed.metric)
      const { status, body } = await national.get(`/api/${kind}?${query}&limit=1`)
      expect(status, `${query}`).toBe(200)
      const number = value ?? 0
      expect(body.amount, `${query}`).toBeCloseTo(number, 6)
      const rows = await all(national, kind, `${query}`, 100)
      expect(inFile(kind, rows, listed.metric), `${query}`).toBeCloseTo(number, 6)
      if (value) compared++
    }
    if (!EMPTY_HERE.has(id)) expect(compared).toBeGreaterThan(0)
  })
})

describe('facilities', () => {
  it('behind a number of beds come the fullest first, with the beds of every level', async () => {
    const rows = await all(governor, 'facilities', 'area=50&metric=beds.occupied.3', 4)
    const amounts = rows.map(({ amount }) => amount)
    expect(amounts).toEqual([...amounts].sort((a, b) => b - a))
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows[0]).toMatchObject({ amount: rows[0]!.id, district: expect.stringMatching(/^50/) })
    expect(rows[0]!.beds.map(({ level }) => level)).toEqual(['3', '2.2', '2.1', '1', '0'])
  })

  it('that vaccinate are listed with their doses, those without any last', async () => {
    const rows = await all(governor, 'facilities', `area=50&kind=vaccination&metric=doses&day=${DAY}`, 3)
    expect(rows.some(({ amount }) => amount > 0)).toBe(true)
    expect(rows.at(-1)?.amount).toBe(0)
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['vaccination']))
    await database.pool.query(
      `insert into vaccinations (district, day, dose, kind, doses, facility_id)
       select district, '2021-11-08', 1, 'report', 5, id from facilities where code = 'f1'`,
    )
    const [first] = await all(national, 'facilities', 'area=TH&kind=vaccination&metric=doses&day=2021-11-08', 3)
    expect(first).toMatchObject({ code: 'f1', kind: 'hospital', amount: 5 })
  })

  it('doses of a district where no site is named stand beside those of its sites, and all are the number', async () => {
    await database.pool.query(
      `insert into vaccinations (district, day, dose, kind, doses, facility_id) values
         ('5001', '2021-11-07', 1, 'report', 70, null), ('5001', '2021-11-07', 1, 'correction', -20, null),
         ('5001', '2021-11-07', 2, 'report', 5, (select id from facilities where code = 'f1')),
         ('1001', '2021-11-07', 1, 'report', 900, null)`,
    )
    const query = 'area=50&kind=vaccination&metric=doses&day=2021-11-07'
    const { body } = await governor.get(`/api/facilities?${query}&limit=1`)
    expect(body.unnamed).toBe(50)
    const sites = await all(governor, 'facilities', query, 3)
    expect(body.unnamed + sum(sites.map(({ amount }) => amount))).toBe(await counted('doses', '50', '2021-11-07'))
    const after = await governor.get(`/api/facilities?${query}&limit=1&cursor=${body.cursor}`)
    expect(after.body.unnamed).toBe(0)
    expect((await governor.get('/api/facilities?area=50&metric=beds.occupied.3')).body.unnamed).toBe(0)
  })

  it('are found by a part of either name, a code or a number; what is typed is no pattern', async () => {
    const found = async (q: string) =>
      (await all(national, 'facilities', `area=TH&q=${encodeURIComponent(q)}`, 50)).map(({ code }) => code)
    expect(await found('hospital 12')).toEqual(['f12'])
    expect(await found('โรงพยาบาล 12')).toEqual(['f12'])
    expect(await found('F12')).toEqual(['f12'])
    expect(await found('โรงพยา\u200bบาล-12'), 'typed in a chat').toEqual(['f12'])
    expect(await found('12')).toContain('f12')
    expect(await found('%')).toEqual([])
    expect(await found('_')).toEqual([])
  })

  it('are listed without a number those that are open, by area', async () => {
    await database.pool.query(`update facilities set active = false where code = 'f1'`)
    const open = await all(national, 'facilities', 'area=TH', 10)
    await database.pool.query('update facilities set active = true')
    expect(open).toHaveLength(23)
    expect(new Set((await all(national, 'facilities', 'area=5002', 2)).map(({ district }) => district))).toEqual(
      new Set(['5002']),
    )
  })
})

it('the list behind the longest wait begins with who has waited longest for what the number counts', async () => {
  await database.pool.query(
    `update needs set opened_at = timestamptz '2021-11-11 12:00Z' - make_interval(mins => (case_id * 37 % 91)::int)`,
  )
  // Long known, and lately in need; long in need of another thing that somebody has.
  const { rows: late } = await database.pool.query<{ id: string }>(
    `update cases set reported_at = '2021-01-01' where id = (select min(id) from cases where unclaimed and district like '50%') returning id`,
  )
  await database.pool.query(`update needs set opened_at = '2021-11-11 13:00Z' where case_id = $1`, [late[0]!.id])
  await database.pool.query(
    `insert into needs (case_id, district, kind, claimed_by, holder_label, claimed_at, lease_until, status, opened_at)
     select id, district, 'food', gen_random_uuid(), 'T', now(), now(), 'claimed', '2021-01-01' from cases where id = $1`,
    [late[0]!.id],
  )
  for (const [metric, asked] of [
    ['unclaimed', `status = 'open'`],
    ['waiting', `kind = 'bed' and status in ('open', 'claimed', 'in_progress')`],
    ['lapsed', 'lapsed'],
  ]) {
    const { rows } = await database.pool.query<{ id: string }>(
      `select case_id as id from needs join cases on cases.id = case_id where ${asked} and cases.district like '50%'
         ${metric === 'lapsed' ? '' : `and cases.${metric}`} group by case_id order by min(opened_at), case_id`,
    )
    const listed = await all(governor, 'cases', `area=50&metric=${metric}&order=longest`, 7)
    expect(
      listed.map(({ id }) => id),
      metric,
    ).toEqual(rows.map(({ id }) => Number(id)))
    expect(listed.length).toBeGreaterThan(7)
  }
})

it('every list says how many rows all its pages have, once', async () => {
  for (const [kind, query] of [
    ['facilities', 'area=TH'],
    ['facilities', 'area=50&metric=beds.occupied.3'],
    ['reports', 'area=TH&metric=doses.1'],
    ['reports', `area=50&metric=tests&day=${DAY}&days=7`],
    ['cases', 'area=50&metric=waiting'],
  ] as const) {
    const rows = await all(national, kind, query, 3)
    const first = (await national.get(`/api/${kind}?${query}&limit=3`)).body
    expect(first.total, query).toBe(rows.length)
    const after = `&${kind === 'reports' ? 'before' : 'cursor'}=${encodeURIComponent(String(first.cursor))}`
    if (first.cursor !== null)
      expect((await national.get(`/api/${kind}?${query}&limit=3${after}`)).body.total, query).toBeNull()
  }
})

it('a list says what is wrong with a question', async () => {
  for (const path of [
    '/api/facilities?area=50&metric=beds.occupied',
    '/api/facilities?area=50&metric=cases',
    '/api/facilities?area=50&metric=occupied.3',
    '/api/facilities?area=50&metric=occupied.3&day=2021-11-11&days=2',
    '/api/cases?area=50&metric=claims.15m',
    '/api/facilities?area=50&kind=zoo',
    '/api/facilities?area=50&cursor=abc',
    '/api/facilities?area=50&cursor=WzEsMiwzXQ',
    '/api/facilities?area=50&q=%00',
    '/api/reports?area=50&metric=cases',
    '/api/reports?area=50&metric=doses&day=2021-11-11&days=121',
    '/api/cases?area=50&metric=cases&day=2021-11-11&days=0',
  ]) {
    const { status, body } = await governor.get(path)
    expect([status, body.error.code], path).toEqual([400, 'invalid_input'])
  }
})

it('is for an account of the area: others are told, and shown nothing', async () => {
  for (const of of ['facilities?area=10', 'reports?area=10&metric=doses.1']) {
    expect((await governor.get(`/api/${of}`)).status).toBe(403)
    expect((await hub.anyone.get(`/api/${of}`)).status).toBe(401)
  }
  const administrator = await hub.worker('administrator', ['TH'], 'Admin')
  expect((await administrator.get('/api/facilities?area=TH')).body.facilities).toHaveLength(24)
})

it('names the facility of a report, never who sent it', async () => {
  const [row] = await all(national, 'reports', `area=TH&metric=doses.1`, 50)
  expect(Object.keys(row!).sort()).toEqual(
    [
      'amount',
      'day',
      'deviceAt',
      'district',
      'dose',
      'facility',
      'given',
      'group',
      'id',
      'kind',
      'positive',
      'recordedAt',
      'sourceAt',
      'vaccine',
    ].sort(),
  )
  const rows = await all(national, 'reports', 'area=TH&metric=doses', 50)
  expect(rows.find(({ facility }) => facility !== null)?.facility?.nameEn).toMatch(/^Hospital \d+$/)
})
