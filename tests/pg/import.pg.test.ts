import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ImportKind, ImportOptions } from '../../db/import/run.ts'
import { startJobs } from '../../hub/jobs/index.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { databaseForFile, folderForFile } from '../support/for-file.ts'
import { importFile } from '../support/import-file.ts'

const DELTA = join(import.meta.dirname, '../../../shared/data/cases_by_province_daily.csv')
const DOSES = join(import.meta.dirname, '../../../shared/data/vaccinations_by_province_daily.csv')

const db = await databaseForFile()
const folder = await folderForFile()
beforeEach(async () => {
  await db.pool.query('truncate cases, vaccinations, imports, day_reports, revisions cascade')
  await db.pool.query(`update operation set day = '2026-11-01', kind = 'live'`)
})

const load = (kind: ImportKind, path: string, options: Partial<ImportOptions> = {}) =>
  importFile(db.url, kind, path, options)

async function csv(name: string, header: string, rows: readonly string[]): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `# made by the test\n${header}\n${rows.join('\n')}\n`)
  return path
}

const cases = (name: string, rows: readonly string[]) => csv(name, 'date,province_code,new_cases,new_deaths', rows)

async function counted(): Promise<Record<string, string>> {
  const { rows } = await db.pool.query<{ key: string; n: string }>(
    `select district || ' ' || report_day || case outcome when 'died' then ' died ' || outcome_day else '' end as key,
       count(*)::text as n
     from cases where classification = 'confirmed' and source = 'import' and stage = 'closed' group by 1 order by 1`,
  )
  return Object.fromEntries(rows.map((row) => [row.key, row.n]))
}

test('cases come with unknown axes on the unspecified district; deaths are set on earlier cases', async () => {
  const path = await cases('one.csv', [
    '2021-04-01,10,3,0',
    '2021-04-02,กระบี่,2,',
    '2021-04-09,10,1,2',
    '2021-04-01,00,4,0',
  ])
  const { written } = await load('cases', path)
  expect(written).toBe(true)
  expect(await counted()).toEqual({
    '0000 2021-04-01': '4',
    '1000 2021-04-01': '1',
    '1000 2021-04-01 died 2021-04-09': '2',
    '1000 2021-04-09': '1',
    '8100 2021-04-02': '2',
  })
  const { rows } = await db.pool.query('select distinct severity, care_place, stage, source from cases')
  expect(rows).toEqual([{ severity: 'unknown', care_place: 'unknown', stage: 'closed', source: 'import' }])
})

test('an empty database takes the last day of the file as its day and says so', async () => {
  const { lines } = await load('cases', await cases('day.csv', ['2021-04-01,10,3,0']))
  expect(lines.at(-1)).toContain("the screens' day is now 2021-04-01")
  const { rows } = await db.pool.query('select day::text, kind from operation')
  expect(rows).toEqual([{ day: '2021-04-01', kind: 'replay' }])
  const again = await load('cases', await cases('day2.csv', ['2020-01-01,10,3,0']))
  expect(again.lines.at(-1)).toContain('set-day 2020-01-01')
})

test('doses alone: an empty database shows their last day too, one at work says how to look at them', async () => {
  const first = await load('vaccinations', await doses('alone.csv', ['2021-05-11,10,100,', '2021-05-20,10,130,5']))
  expect(first.lines.at(-1)).toContain("the screens' day is now 2021-05-20")
  await db.pool.query(`update operation set day = '2026-11-01', kind = 'live'`)
  const second = await load('vaccinations', await doses('more.csv', ['2021-06-01,10,150,9']))
  expect(second.lines.at(-1)).toContain('set-day 2021-06-01')
})

test('a number that no province has people for is refused before a row is written', async () => {
  const { errors, written } = await load('cases', await cases('slip.csv', ['2021-04-01,10,999999999,0']))
  expect(written).toBe(false)
  expect(errors.first).toEqual([
    { line: 3, what: expect.stringMatching(/^new_cases 999999999 is more than the \d+ people/) },
  ])
})

test('what PostgreSQL refuses while rows are copied is said in its words, not as an aborted operation', async () => {
  await db.pool.query(`create function refuse() returns trigger language plpgsql as $$
    begin if new.id % 20000 = 0 then raise 'the disk of the test is full'; end if; return new; end $$`)
  await db.pool.query('create trigger refuse before insert on cases for each row execute function refuse()')
  try {
    const path = await cases('refused.csv', ['2021-04-01,10,50000,0', '2021-04-01,11,20000,0'])
    await expect(load('cases', path)).rejects.toThrow('the disk of the test is full')
  } finally {
    await db.pool.query('drop trigger refuse on cases')
    await db.pool.query('drop function refuse')
  }
})

describe('numbers of weeks and of days', () => {
  const day = (i: number) => `2022-07-${String(i).padStart(2, '0')}`
  const daily = () =>
    cases(
      'daily.csv',
      Array.from({ length: 11 }, (_, i) => `${day(i + 1)},50,10,`),
    )
  const weekly = () =>
    cases(
      'weekly.csv',
      [7, 14, 21].map((i) => `${day(i)},50,70,`),
    )
  const sum = async () => Number((await db.pool.query('select count(*) from cases')).rows[0].count)

  test("a week's 70 does not come to stand beside its seven daily 10s", async () => {
    await load('cases', await daily())
    await expect(load('cases', await weekly(), { acceptIrregular: true })).rejects.toThrow(
      'Chiang Mai (50), the 7 days that end with 2022-07-07: 2022-07-01 … 2022-07-07 are counted',
    )
    expect(await sum()).toBe(110)
  })

  test('nor the days beside their week; weeks again change nothing', async () => {
    await load('cases', await weekly(), { acceptIrregular: true })
    expect((await load('cases', await weekly(), { acceptIrregular: true })).written).toBe(false)
    await expect(load('cases', await daily())).rejects.toThrow('leave these days out of the file')
    expect(await sum()).toBe(210)
    const { rows } = await db.pool.query(`select days from imports order by day`)
    expect(rows.map(({ days }) => days)).toEqual([7, 7, 7])
  })

  test('a column of totals is asked about before it is taken as days', async () => {
    const totals = await cases(
      'totals.csv',
      [3, 5, 9, 9, 12, 20, 31, 31].map((n, i) => `${day(i + 1)},50,${n},`),
    )
    await expect(load('cases', totals)).rejects.toThrow('new_cases never falls in 1 of 1 province')
    expect((await load('cases', totals, { acceptRising: true })).written).toBe(true)
  })
})

describe('numbers that are hardly true', () => {
  test('more cases in a day than a province makes likely, and a correction that takes nearly all', async () => {
    const slip = await cases('slip2.csv', ['2022-06-01,50,120000,0'])
    const refused = await load('cases', slip)
    expect([refused.written, refused.errors.first]).toEqual([
      false,
      [{ line: 3, what: expect.stringMatching(/^new_cases 120,000 is hardly true: .*--accept-implausible$/) }],
    ])
    expect(refused.lines.join()).toContain('would be added')
    await load('cases', await cases('good.csv', ['2022-06-01,50,3000,0']))
    const fall = await load('cases', await cases('fall.csv', ['2022-06-01,50,1,0']))
    expect(fall.errors.first[0]?.what).toContain(
      'new_cases 1 is hardly true: after what was reported before, at least 1,500',
    )
    expect(
      (await load('cases', await cases('fall.csv', ['2022-06-01,50,1,0']), { acceptImplausible: true })).written,
    ).toBe(true)
    expect(await counted()).toEqual({ '5000 2022-06-01': '1' })
  })

  test('more doses than people twice over, and a total that falls by 99.97 %', async () => {
    const path = await doses('slip.csv', ['2022-06-01,50,99999999,', '2022-06-02,51,300000,', '2022-06-03,51,90,'])
    const { errors, written } = await load('vaccinations', path)
    expect([written, errors.first.map(({ line, what }) => [line, what.split(':')[0]])]).toEqual([
      false,
      [
        [3, 'dose1_cum 99,999,999 is hardly true'],
        [5, 'dose1_cum 90 is hardly true'],
      ],
    ])
    expect((await load('vaccinations', path, { skipBadRows: true })).lines.join()).toContain('300,000 doses added')
  })
})

describe('zero is reported, blank is not', () => {
  const reports = async () =>
    (await db.pool.query('select metric, district, day::text from day_reports order by 1, 2, 3')).rows.map((row) =>
      Object.values(row).join(' '),
    )
  test('what was reported is kept by number, province and day; what nobody reported is not', async () => {
    await load(
      'cases',
      await cases('zero.csv', ['2022-05-27,10,0,', '2022-05-27,11,,2', '2022-05-27,12,,', '2022-05-28,00,0,0']),
    )
    expect(await reports()).toEqual(['cases 1000 2022-05-27', 'deaths 1100 2022-05-27'])
    await load('cases', await cases('late.csv', ['2022-05-27,11,0,2']))
    expect(await reports()).toEqual(['cases 1000 2022-05-27', 'cases 1100 2022-05-27', 'deaths 1100 2022-05-27'])
  })
})

test('an import goes on beside a hub whose jobs run', async () => {
  const jobs = startJobs({ url: db.jobsUrl, clock: systemClock, logger: createLogger('silent') })
  try {
    await expect.poll(() => jobs.leads(), { timeout: 20_000 }).toBe(true)
    const { written } = await load('cases', await cases('beside.csv', ['2021-04-01,10,3,0']))
    expect(written).toBe(true)
  } finally {
    await jobs.stop()
  }
})

test('the same file twice changes nothing', async () => {
  const path = await cases('twice.csv', ['2021-04-01,10,3,1', '2021-04-02,81,2,0'])
  await load('cases', path)
  const before = await counted()
  const { written, lines } = await load('cases', path)
  expect(written).toBe(false)
  expect(lines.join()).toContain('0 changed, 2 unchanged')
  expect(await counted()).toEqual(before)
})

test('changed numbers move the difference, and deaths whose case goes find another', async () => {
  await load('cases', await cases('a.csv', ['2021-04-01,10,3,0', '2021-04-02,10,2,0', '2021-04-09,10,0,3']))
  expect(await counted()).toEqual({
    '1000 2021-04-01': '2',
    '1000 2021-04-01 died 2021-04-09': '1',
    '1000 2021-04-02 died 2021-04-09': '2',
  })
  await load('cases', await cases('b.csv', ['2021-04-02,10,0,0', '2021-04-03,10,4,0', '2021-04-09,10,0,2']))
  expect(await counted()).toEqual({
    '1000 2021-04-01': '1',
    '1000 2021-04-01 died 2021-04-09': '2',
    '1000 2021-04-03': '4',
  })
})

test('what a file changes in numbers of earlier days is counted as corrected or late, once for each number', async () => {
  const revisions = async () =>
    (
      await db.pool.query(
        `select kind || ' ' || subject || ' ' || district || ' ' || amount || ' of ' || revised_day as is from revisions
         where day = '2021-04-05' order by id`,
      )
    ).rows.map((row) => row.is)
  // The third is passed over at first; the fifth is the operation's day.
  const days = (first: string) => [`2021-04-01,10,${first}`, '2021-04-02,10,7,0', '2021-04-04,10,5,0']
  await db.pool.query(`update operation set day = '2021-04-05'`)
  await load('cases', await cases('first.csv', [...days('9,1'), '2021-04-05,10,8,0']))
  expect(await revisions()).toEqual([])
  const changed = [...days('6,2'), '2021-04-03,10,4,0', '2021-04-05,10,9,0', '2021-04-03,50,3,0']
  await load('cases', await cases('second.csv', changed))
  expect(await revisions()).toEqual([
    'corrected cases 1000 3 of 2021-04-01',
    'corrected deaths 1000 1 of 2021-04-01',
    'late cases 1000 4 of 2021-04-03',
  ])
})

test('deaths without a case stand without a report day until cases come', async () => {
  const { lines } = await load('cases', await cases('deaths.csv', ['2021-04-09,10,,3']))
  expect(lines.join()).toContain('3 deaths had no imported case')
  expect(await counted()).toEqual({ '1000 -infinity died 2021-04-09': '3' })
  await load('cases', await cases('late.csv', ['2021-04-05,10,2,']))
  expect(await counted()).toEqual({ '1000 -infinity died 2021-04-09': '1', '1000 2021-04-05 died 2021-04-09': '2' })
  await load('cases', await cases('none.csv', ['2021-04-09,10,,0']))
  expect(await counted()).toEqual({ '1000 2021-04-05': '2' })
})

test('a bad row keeps everything out, unless bad rows may be skipped', async () => {
  const path = await cases('bad.csv', [
    '2021-04-01,10,3,0',
    '2021-04-31,10,1,0',
    '2021-04-02,99,1,0',
    '2021-04-02,10,-1,0',
  ])
  const refused = await load('cases', path)
  expect(refused.written).toBe(false)
  expect(refused.errors.first).toEqual([
    { line: 4, what: 'date 2021-04-31 does not exist' },
    { line: 5, what: 'province "99" is unknown' },
    { line: 6, what: 'new_cases -1 is negative' },
  ])
  expect(await counted()).toEqual({})
  const skipped = await load('cases', path, { skipBadRows: true })
  expect(skipped.errors.count).toBe(3)
  expect(await counted()).toEqual({ '1000 2021-04-01': '3' })
})

test('a dry run says what would change and changes nothing', async () => {
  const { lines, written } = await load('cases', await cases('dry.csv', ['2021-04-01,10,3,1']), { dryRun: true })
  expect(written).toBe(false)
  expect(lines.join()).toContain('3 cases and 1 death would be added')
  expect(await counted()).toEqual({})
})

test('a file of weeks is refused as daily counts', async () => {
  const path = await cases('weeks.csv', ['2021-04-01,10,3,0', '2021-04-08,10,3,0', '2021-04-15,10,3,0'])
  await expect(load('cases', path)).rejects.toThrow('is not daily')
  expect((await load('cases', path, { acceptIrregular: true })).written).toBe(true)
})

test('a fault late in the file leaves nothing behind', async () => {
  const rows = Array.from({ length: 5000 }, (_, i) => `2021-04-01,${10 + (i % 10)},1,0`)
  const path = await cases('late-fault.csv', [...rows, '2021-04-02,"10,1,0'])
  await expect(load('cases', path)).rejects.toThrow('never closes')
  expect(await counted()).toEqual({})
})

const doses = (name: string, rows: readonly string[]) => csv(name, 'date,province_code,dose1_cum,dose2_cum', rows)
const doseRows = async () =>
  (
    await db.pool.query(`select district, day::text, dose::integer, kind, doses from vaccinations order by id`)
  ).rows.map((row) => Object.values(row).join(' '))

test('cumulative doses are differenced; a changed total is put right by correction rows', async () => {
  const path = await doses('doses.csv', ['2021-05-11,10,100,', '2021-05-20,10,130,5', '2021-05-25,10,125,9'])
  await load('vaccinations', path)
  const first = await doseRows()
  expect(first).toEqual([
    '1000 -infinity 1 report 100',
    '1000 -infinity 2 report 5',
    '1000 2021-05-20 1 report 30',
    '1000 2021-05-25 1 correction -5',
    '1000 2021-05-25 2 report 4',
  ])
  expect((await load('vaccinations', path)).written).toBe(false)
  await load('vaccinations', await doses('doses2.csv', ['2021-05-20,10,120,5']))
  expect((await doseRows()).slice(first.length)).toEqual([
    '1000 2021-05-20 1 correction -10',
    '1000 2021-05-25 1 correction 10',
  ])
})

describe.skipIf(!existsSync(DELTA))('the real files of ../shared/data', () => {
  test('the Delta wave imports whole, its 110 days and 386,307 cases', { timeout: 180_000 }, async () => {
    const lines = (await readFile(DELTA, 'utf8')).split('\n')
    const delta = join(folder, 'delta.csv')
    await writeFile(delta, lines.filter((line) => !/^20/.test(line) || line < '2021-07-20').join('\n'))
    const startedAt = performance.now()
    const imported = await load('cases', delta)
    console.info(`import of the Delta days: ${((performance.now() - startedAt) / 1000).toFixed(1)} s (goal 60 s)`)
    expect(imported.lines.join()).toContain('386,307 cases and 371 deaths added')
    const { rows } = await db.pool.query(
      `select count(*)::integer as cases, count(distinct report_day)::integer as days,
         count(*) filter (where outcome = 'died')::integer as deaths from cases`,
    )
    expect(rows).toEqual([{ cases: 386_307, days: 110, deaths: 371 }])
    expect((await load('cases', delta)).written).toBe(false)
  })

  test('the totals of doses end where the file ends', async () => {
    const { lines } = await load('vaccinations', DOSES)
    console.info(lines.join('\n'))
    const { rows } = await db.pool.query(
      `select sum(doses)::integer as doses from vaccinations where district = '1000' and dose = 1`,
    )
    const { rows: said } = await db.pool.query(
      `select (amounts ->> '1')::integer as doses from imports where kind = 'vaccinations' and area = '10' order by day desc limit 1`,
    )
    expect(rows).toEqual(said)
    expect((await load('vaccinations', DOSES)).written).toBe(false)
  })
})
