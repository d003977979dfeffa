import type pg from 'pg'
import { expect, test } from 'vitest'
import { databaseForFile } from '../support/for-file.ts'
import { type Probe, probe } from './source-probe.ts'

const STARTS = 12
const WRITERS = 4
const DISTRICTS = ['1001', '1002', '1003', '5001', '5002', '9001']

const db = await databaseForFile()

/** Any write that moves counts, as fast as PostgreSQL takes it, some of them several to a transaction. */
async function writeUntil(done: () => boolean, pool: pg.Pool): Promise<number> {
  const one = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T
  const somewhere = () => `'${one(DISTRICTS)}'`
  const writes = [
    () =>
      `insert into cases (district, report_day, classification, severity, care_place, source)
       select ${somewhere()}, day - ${Math.floor(Math.random() * 30)}, '${one(['suspect', 'confirmed'])}',
         '${one(['green', 'yellow', 'red'])}', '${one(['waiting', 'hi', 'hospital'])}', 'api' from operation`,
    () => `update cases set severity = 'red', district = ${somewhere()} where id = (select max(id) from cases)`,
    () => `update cases set stage = 'monitoring' where id = (select max(id) from cases)`,
    () =>
      `update cases set outcome = 'recovered', outcome_day = report_day, care_place = 'discharged'
       where id = (select min(id) from cases where outcome = 'none')`,
    () => 'delete from cases where id = (select min(id) from cases)',
    () =>
      `insert into vaccinations (district, day, dose, doses)
       select ${somewhere()}, day, ${one([1, 2, 3])}, ${one([1, 10, 500])} from operation`,
    () =>
      `insert into tests (district, day, kind, tested, positive) select ${somewhere()}, day, 'atk', 5, 1 from operation`,
  ]
  let count = 0
  for (; !done(); count++) {
    const write = one(writes)()
    await writeOrRollBack(pool, Math.random() < 0.2 ? `begin; ${write}; ${one(writes)()}; commit` : write)
  }
  return count
}

const DEADLOCK_DETECTED = '40P01'

/** Two updates of two writers may cross: PostgreSQL then rolls one of them back, which no feed may show either. */
async function writeOrRollBack(pool: pg.Pool, sql: string): Promise<void> {
  const session = await pool.connect()
  try {
    await session.query(sql)
  } catch (error) {
    if ((error as pg.DatabaseError).code !== DEADLOCK_DETECTED) throw error
    await session.query('rollback')
  } finally {
    session.release()
  }
}

/** Written by hand, not derived from what is counted. */
const TRUTH = {
  'cases.total': `select left(district, 2), count(*) from cases where classification = 'confirmed' group by 1`,
  'waiting.red': `select left(district, 2), count(*) from cases
    where severity = 'red' and exists (select from needs where case_id = cases.id and kind = 'bed' and ended_at is null) group by 1`,
  'care.hi.yellow': `select left(district, 2), count(*) from cases
    where care_place = 'hi' and outcome = 'none' and severity = 'yellow' group by 1`,
  'doses.total.2': 'select left(district, 2), sum(doses) from vaccinations where dose = 2 group by 1',
  'tests.atk@': `select left(district, 2), sum(tested) from tests where kind = 'atk' and day = (select day from operation) group by 1`,
  'recovered@': `select left(district, 2), count(*) from cases
    where classification = 'confirmed' and outcome = 'recovered' and outcome_day = (select day from operation) group by 1`,
}

function provinces(from: Probe, column: string): Record<string, number> {
  const group = from.situation.since('nation', 0).c.find(([name]) => name === column) ?? [column]
  const cells: Record<string, number> = {}
  for (let i = 1; i < group.length; i += 2) if (group[i] !== 'TH') cells[String(group[i])] = Number(group[i + 1])
  return cells
}

test(`${STARTS} starts under ${WRITERS} full-speed writers: every one ends equal to SQL`, async () => {
  const { rows } = await db.pool.query<{ day: string }>('select day::text from operation')
  const today = rows[0]?.day
  let done = false
  const writers = Array.from({ length: WRITERS }, () => writeUntil(() => done, db.pool))
  const probes: Probe[] = []
  for (let i = 0; i < STARTS; i++) {
    const one = probe(db.hubUrl, { limits: { snapshotReaders: 1 + (i % 2) } })
    probes.push(one)
    await one.streaming()
  }
  done = true
  const writes = (await Promise.all(writers)).reduce((sum, count) => sum + count, 0)
  expect(writes).toBeGreaterThan(100)

  await db.pool.query(`update operation set title_en = 'the last commit'`)
  const last = (from: Probe) =>
    from.changes().some((change) => change.kind === 'update' && change.row.title_en === 'the last commit')
  for (const [metric, sql] of Object.entries(TRUTH)) {
    const found = await db.pool.query({ text: sql, rowMode: 'array' })
    const truth = Object.fromEntries(found.rows.map(([area, n]) => [area, Number(n)]).filter(([, n]) => n !== 0))
    for (const one of probes) {
      await one.until('the last commit', () => last(one))
      expect(provinces(one, metric.endsWith('@') ? metric + today : metric)).toEqual(truth)
    }
  }
  expect(new Set(probes.map((one) => JSON.stringify(one.situation.since('nation', 0).sum))).size).toBe(1)
  expect(new Set(probes.map((one) => one.situation.position)).size).toBe(1)
  for (const one of probes) {
    // 'starting' says what a new slot waits for: a transaction of a stranger on the same server is no break.
    expect(one.states.map(({ kind }) => kind).filter((kind) => kind !== 'starting')).toEqual(['streaming'])
    await one.source.stop()
  }
})
