import { describe, expect, test } from 'vitest'
import { COUNTED, ROW_TABLES } from '../situation/index.ts'
import { epochOf, slotName } from './slot.ts'
import { groupQueries, rowQuery } from './snapshot-sql.ts'

const metricIndex = (table: string, metric: string): number =>
  COUNTED.find((counted) => counted.table === table)?.metrics.findIndex((m) => m.metric === metric) ?? -1

const queries = groupQueries('2021-11-14')
const query = (table: string, metric: string) =>
  queries.find((q) => q.table === table && q.metrics.includes(metricIndex(table, metric)))

const REAL =
  `"classification" in ('probable', 'confirmed') and "stage" in ('closed', 'reported', 'verified', 'triaged', 'waiting', ` +
  `'contacted', 'in_care', 'monitoring')`

describe('the snapshot', () => {
  test('asks for every metric of every counted table exactly once', () => {
    for (const { table, metrics } of COUNTED) {
      const asked = queries.filter((q) => q.table === table).flatMap((q) => q.metrics)
      expect(asked.toSorted((a, b) => a - b)).toEqual([...metrics.keys()])
    }
  })

  test('reads a flow for 120 days, the last 14 by district and older ones by province', () => {
    expect(query('cases', 'cases')).toEqual({
      table: 'cases',
      metrics: [metricIndex('cases', 'cases')],
      columns: ['district', 'report_day'],
      sql:
        `select case when "report_day" >= '2021-11-01' then "district" else left("district", 2) end, "report_day", count(*) ` +
        `from "cases" where ${REAL} and "report_day" >= '2021-07-18' and "report_day" < 'infinity' group by 1, 2`,
    })
  })

  test('reads a stock whole, by its dimensions, and sums an amount', () => {
    expect(query('vaccinations', 'doses.total')).toMatchObject({
      columns: ['district', 'dose'],
      sql: 'select "district", "dose", sum("doses") from "vaccinations" where true group by 1, 2',
    })
  })

  test('reads metrics of the same dimensions in one scan; what they share is asked once, what tells them apart by each', () => {
    expect(query('cases', 'deaths.total')).toEqual({
      table: 'cases',
      metrics: [metricIndex('cases', 'cases.total'), metricIndex('cases', 'deaths.total')],
      columns: ['district'],
      sql:
        `select "district", count(*), count(*) filter (where "outcome" in ('died')) ` +
        `from "cases" where ${REAL} group by 1`,
    })
    expect(query('cases', 'waiting')?.sql).toMatch(
      /where \(\("waiting" in \('t'\)\) or \("unclaimed" in \('t'\)\) or \("uncontacted" in \('t'\)\) or \("uncalled" in \('t'\)\)\) group by 1, 2$/,
    )
    expect(queries.filter((q) => q.table === 'beds')).toHaveLength(1)
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
