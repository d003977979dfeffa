import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { Group } from '../../hub/situation/index.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'
import { cell, probe } from './source-probe.ts'

const TODAY = '2021-11-14'
let db: TestDatabase

beforeAll(async () => {
  db = await createTestDatabase()
  await db.pool.query('update operation set day = $1', [TODAY])
  await db.pool.query(
    `insert into cases (district, report_day, classification, source)
     select district, $1::date - age, 'confirmed', 'api'
     from unnest(array['1001', '1002', '5001']) as district, generate_series(-2, 130) as age`,
    [TODAY],
  )
  await db.pool.query(
    `insert into cases (district, report_day, classification, source) values ('1001', '-infinity', 'confirmed', 'import')`,
  )
})
afterAll(() => db.drop())

async function readGroups(): Promise<Group[]> {
  let groups: Group[] = []
  const one = probe(db.hubUrl, { onSnapshot: (snapshot) => (groups = [...snapshot.groups]) })
  await one.streaming()
  await one.source.stop()
  return groups
}

describe('the snapshot', () => {
  test('holds a flow by district for 14 days, by province for 120, and for the days ahead', async () => {
    const flow = (await readGroups()).filter(({ table, metric }) => table === 'cases' && metric === 0)
    const days = (area: string) => flow.filter(({ row }) => row.district === area).map(({ row }) => row.report_day)
    expect(days('1001').sort()).toEqual(Array.from({ length: 16 }, (_, i) => addDays(TODAY, i - 13)))
    expect(days('10').sort()).toEqual(Array.from({ length: 106 }, (_, i) => addDays(TODAY, i - 119)))
    expect(flow.find(({ row }) => row.district === '10')?.n).toBe(2)
  })

  test('holds totals of all days', async () => {
    const totals = (await readGroups()).filter(({ table, metric }) => table === 'cases' && metric === 1)
    expect(Object.fromEntries(totals.map(({ row, n }) => [row.district, n]))).toEqual({
      '1001': 134,
      '1002': 133,
      '5001': 133,
    })
  })

  test('folds to the same cells as the districts would, and a late change to an old day moves them rightly', async () => {
    const one = probe(db.hubUrl)
    await one.streaming()
    const old = addDays(TODAY, -40)
    const cells = () => [
      cell(one.situation, 'nation', `cases@${TODAY}`, '10'),
      cell(one.situation, 'province:10', `cases@${TODAY}`, '1001'),
      cell(one.situation, 'nation', `cases@${old}`, 'TH'),
      cell(one.situation, 'province:10', `cases@${old}`, '10'),
      cell(one.situation, 'province:10', `cases@${old}`, '1001'),
    ]
    expect(cells()).toEqual([2, 1, 3, 2, 0])
    await db.pool.query(`update cases set classification = 'not_a_case' where district = '1001' and report_day = $1`, [
      old,
    ])
    await one.until('the change', () => one.transactions.length === 1)
    expect(cells()).toEqual([2, 1, 2, 1, 0])
    await one.source.stop()
  })

  test('is of one cluster, timeline and database: another database has another epoch', async () => {
    const other = await createTestDatabase()
    try {
      const [here, there] = [probe(db.hubUrl), probe(other.hubUrl)]
      await here.streaming()
      await there.streaming()
      const [a, b] = [here.snapshots[0]?.epoch ?? '', there.snapshots[0]?.epoch ?? '']
      expect(a.split('-').slice(0, 2)).toEqual(b.split('-').slice(0, 2))
      expect(a).not.toBe(b)
      await here.source.stop()
      await there.source.stop()
    } finally {
      await other.drop()
    }
  })
})
