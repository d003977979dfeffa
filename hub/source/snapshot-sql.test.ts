import { describe, expect, test } from 'vitest'
import { COUNTED, ROW_TABLES } from '../situation/index.ts'
import { epochOf, slotName } from './slot.ts'
import { groupQueries, rowQuery } from './snapshot-sql.ts'

const metricIndex = (table: string, metric: string): number =>
  COUNTED.find((counted) => counted.table === table)?.metrics.findIndex((m) => m.metric === metric) ?? -1

const query = (table: string, metric: string) =>
  groupQueries('2021-11-14').find((q) => q.table === table && q.metric === metricIndex(table, metric))

describe('the snapshot', () => {
  test('has one query per metric of every counted table', () => {
    expect(groupQueries('2021-11-14')).toHaveLength(COUNTED.reduce((sum, table) => sum + table.metrics.length, 0))
  })

  test('reads a flow for 120 days, the last 14 by district and older ones by province', () => {
    expect(query('cases', 'deaths')).toEqual({
      table: 'cases',
      metric: metricIndex('cases', 'deaths'),
      columns: ['district', 'outcome_day'],
      sql:
        `select case when "outcome_day" >= '2021-11-01' then "district" else left("district", 2) end, "outcome_day", count(*) ` +
        `from "cases" where "classification" in ('probable', 'confirmed') and "outcome" in ('died') ` +
        `and "outcome_day" >= '2021-07-18' and "outcome_day" < 'infinity' group by 1, 2`,
    })
  })

  test('reads a stock whole, by its dimensions, and sums an amount', () => {
    expect(query('vaccinations', 'doses.total')).toMatchObject({
      columns: ['district', 'dose'],
      sql: 'select "district", "dose", sum("doses") from "vaccinations" group by 1, 2',
    })
  })

  test('reads the rows that travel', () => {
    const operation = ROW_TABLES.find(({ table }) => table === 'operation')
    expect(operation && rowQuery(operation)).toBe('select "id", "day", "kind", "title_th", "title_en" from "operation"')
    const facilities = ROW_TABLES.find(({ table }) => table === 'facilities')
    expect(facilities && rowQuery(facilities)).toMatch(/ from "facilities" where active$/)
  })
})

describe('names', () => {
  test('a slot is named after its process, and differs from one of the same pid elsewhere', () => {
    expect(slotName(4711, 0)).toBe('jitasa_4711_000000')
    expect(slotName(4711, 1 - Number.EPSILON)).toBe('jitasa_4711_zzzzzz')
  })

  test('an epoch is short, and another for every cluster, timeline and database', () => {
    const system = { id: '7564532101234567890', timeline: '1' }
    const epoch = epochOf(system, '16384')
    expect(epoch).toBe('1lgzeu1101cr6-1-cn4')
    expect(epochOf({ ...system, timeline: '2' }, '16384')).not.toBe(epoch)
    expect(epochOf({ ...system, id: '7564532101234567891' }, '16384')).not.toBe(epoch)
    expect(epochOf(system, '16385')).not.toBe(epoch)
    expect(epochOf({ id: '18446744073709551615', timeline: '4294967295' }, '4294967295').length).toBeLessThan(40)
  })
})
