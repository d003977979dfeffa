import { expect, it } from 'vitest'
import type { Cells } from './cells.ts'
import { INDICATORS } from './index.ts'
import { lateReporters } from './reports.ts'

const DAY = '2021-11-11'
const HELD: Readonly<Record<string, number>> = {
  // 10 said zero of both, 11 entered a case, 12 its cases alone by report, 13 nothing.
  [`reported.cases@${DAY}|10`]: 1,
  [`reported.deaths@${DAY}|10`]: 1,
  [`cases@${DAY}|11`]: 1,
  [`cases@${DAY}|12`]: 5,
  [`reported.cases@${DAY}|12`]: 1,
  [`cases@${DAY}|TH`]: 6,
  [`reported.cases@${DAY}|TH`]: 2,
}
const cells: Cells = (column, area) => HELD[`${column}|${area}`] ?? 0
const parts = ['10', '11', '12', '13'].map((code) => ({ code }))

it('who is late is named, and they are as many as the tile says', () => {
  const late = lateReporters(cells, parts, DAY)
  expect(late).toEqual([
    { code: '12', flows: ['deaths'] },
    { code: '13', flows: ['cases', 'deaths'] },
  ])
  for (const flow of ['cases', 'deaths'] as const) {
    const { parts: all, reported } = INDICATORS[`reporting.${flow}`].read(cells, { code: 'TH', parts }, DAY, 0, {})
    expect(late.filter(({ flows }) => flows.includes(flow))).toHaveLength(all - reported)
  }
})
