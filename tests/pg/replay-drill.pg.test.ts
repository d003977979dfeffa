import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDrill } from '../../db/replay/drill.ts'
import { BEDS_TOTAL } from '../../db/replay/facilities.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.drop())

/** Enough of the numbers to see their course; one test takes all of them. */
const SCALE = 0.05
/** National totals of the Department of Disease Control. */
const PUBLISHED = { '2021-10-18': 10_111, '2021-10-31': 8859, '2021-11-01': 8165, '2021-11-02': 7574 }

async function perDay(): Promise<Record<string, number>> {
  const { rows } = await db.pool.query<{ day: string; n: number }>(
    `select report_day::text as day, count(*)::integer as n from cases where source = 'replay' group by 1 order by 1`,
  )
  return Object.fromEntries(rows.map((row) => [row.day, row.n]))
}

async function operation(): Promise<{ day: string; kind: string }> {
  const { rows } = await db.pool.query<{ day: string; kind: string }>('select day::text, kind from operation')
  return rows[0]!
}

/** Runs the drill until `done` says so, then stops it in order. */
async function runDrill(
  secondsPerDay: number,
  scale: number,
  done: () => Promise<boolean>,
): Promise<readonly string[]> {
  const stop = new AbortController()
  const lines: string[] = []
  const drill = await startDrill(db.url, {
    signal: stop.signal,
    secondsPerDay,
    scale,
    onLine: (line) => lines.push(line),
  })
  try {
    while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 50))
  } finally {
    stop.abort()
    await drill.ended
  }
  return lines
}

test('an interrupted drill goes on with its day, and the day ends with its published total', async () => {
  await runDrill(150, SCALE, async () => true)
  const before = await perDay()
  const POINTS = `kind in ('vaccination', 'test', 'oxygen')`
  await db.pool.query(`update facilities set reported_at = now() - interval '1 hour' where ${POINTS}`)
  const lines = await runDrill(2, SCALE, async () => (await operation()).day === '2021-11-03')
  expect(lines[0]).toContain('goes on with 2021-11-01')
  const after = await perDay()
  for (const [day, cases] of Object.entries(PUBLISHED)) expect(after[day]).toBe(Math.round(cases * SCALE))
  expect(after['2021-10-18']).toBe(before['2021-10-18'])
  const { rows } = await db.pool.query(
    `select sum(b.occupied)::integer as beds, (select count(*)::integer from cases where outcome = 'none'
       and care_place in ('ci', 'field', 'hospitel', 'hospital')) as cases from beds b`,
  )
  expect(rows[0].beds).toBeGreaterThan(0.9 * rows[0].cases)
  const { rows: reporting } = await db.pool.query(
    `select kind, count(distinct left(district, 2))::integer as provinces from facilities
     where ${POINTS} and reported_at > now() - interval '5 minutes' group by 1 order by 1`,
  )
  expect(reporting.map(({ kind }) => kind)).toEqual(['oxygen', 'test', 'vaccination'])
  for (const { kind, provinces } of reporting) expect(provinces, kind).toBeGreaterThan(60)
})

/** How many provinces have reported, at the least and at the most of its days. */
async function reported(): Promise<unknown[]> {
  const { rows } = await db.pool.query(
    `select metric, min(n)::int, max(n)::int, min(day)::text as first, max(day)::text as last
     from (select metric, day, count(*) as n from day_reports group by 1, 2) days group by 1 order by 1`,
  )
  return rows
}

test('a-province-without-a-case is one that has reported 0: all 77 report each day of a drill', async () => {
  const days = { min: 77, max: 77, first: '2021-10-18', last: (await operation()).day }
  expect(await reported()).toEqual([
    { metric: 'cases', ...days },
    { metric: 'deaths', ...days },
  ])
})

test('the round begins anew after its last day; what users recorded stays', async () => {
  await db.pool.query(
    `insert into cases (district, report_day, classification, source) values ('1001', '2021-11-05', 'suspect', 'help')`,
  )
  await db.pool.query(`update operation set day = '2021-11-30'`)
  let sawEnd = false
  const lines = await runDrill(0.5, SCALE, async () => {
    const { day } = await operation()
    sawEnd ||= day < '2021-11-01'
    return sawEnd && day >= '2021-11-01' && day < '2021-11-30'
  })
  expect(lines.join('\n')).toContain('begins anew')
  expect((await perDay())['2021-10-18']).toBe(Math.round(PUBLISHED['2021-10-18'] * SCALE))
  const { rows } = await db.pool.query(`select count(*)::integer as n from cases where source = 'help'`)
  expect(rows[0].n).toBe(1)
})

test('beds that someone else has reported stay as reported', async () => {
  await db.pool.query(`update beds set staffed = 7, available = 7, held = 0, occupied = 0, cleaning = 0, blocked = 0`)
  const { day } = await operation()
  await runDrill(2, SCALE, async () => (await operation()).day !== day)
  const { rows } = await db.pool.query('select bool_and(staffed = 7) as kept from beds')
  expect(rows[0].kept).toBe(true)
})

test('a database at work is refused', async () => {
  const other = await createTestDatabase()
  try {
    await other.pool.query(
      `insert into cases (district, report_day, classification, source) values ('1001', '2021-11-05', 'suspect', 'help')`,
    )
    const stop = new AbortController()
    await expect(startDrill(other.url, { signal: stop.signal, onLine: () => undefined })).rejects.toThrow(
      'not of a drill',
    )
  } finally {
    await other.drop()
  }
})

test('an empty database shows two weeks of history and filling beds within seconds', { timeout: 120_000 }, async () => {
  await db.drop()
  db = await createTestDatabase()
  const startedAt = performance.now()
  let seconds = 0
  await runDrill(150, 1, async () => {
    if (seconds === 0) seconds = (performance.now() - startedAt) / 1000
    return true
  })
  console.info(`drill: history and beds after ${seconds.toFixed(1)} s`)
  expect(await operation()).toEqual({ day: '2021-11-01', kind: 'drill' })
  const cases = await perDay()
  expect(cases['2021-10-18']).toBe(PUBLISHED['2021-10-18'])
  expect(cases['2021-10-31']).toBe(PUBLISHED['2021-10-31'])
  expect(cases['2021-11-01']).toBeGreaterThan(0)
  const { rows } = await db.pool.query(
    `select sum(staffed)::integer as staffed, sum(occupied)::integer as occupied, sum(held)::integer as held from beds`,
  )
  expect(rows[0].staffed).toBe(BEDS_TOTAL)
  expect(rows[0].occupied).toBeGreaterThan(20_000)
  expect(rows[0].held).toBeGreaterThan(0)
  const { rows: doses } = await db.pool.query(
    `select sum(doses)::integer as doses from vaccinations where dose = 1 and day < '2021-11-01'`,
  )
  expect(doses[0].doses).toBe(42_391_514)
})
