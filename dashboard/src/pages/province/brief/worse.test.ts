import { expect, it } from 'vitest'
import type { IndicatorId } from '../../../../../hub/contract/indicators/index.ts'
import type { Options } from '../../../../../hub/contract/indicators/indicator.ts'
import { worseNumbers } from './worse.ts'

const keyOf = (id: IndicatorId, asked: Options) => [id, ...Object.values(asked)].join(' ')

function worse(now: Record<string, number>, before: Record<string, number>, alarms: readonly string[] = []) {
  const read = (values: Record<string, number>) => (id: IndicatorId, asked: Options) => ({
    value: values[keyOf(id, asked)] ?? null,
  })
  const rows = [
    { id: 'waiting', asked: [{}, { severity: 'red' }, { severity: 'yellow' }] },
    { id: 'waiting.red', asked: [{}] },
    { id: 'beds.free', asked: [{ level: '3' }] },
    { id: 'beds.staffed', asked: [{ level: '3' }] },
    { id: 'cases.growth', asked: [{}] },
  ] as const
  return worseNumbers(rows, {
    now: read(now),
    before: read(before),
    tone: (id) => (alarms.includes(id) ? 'alarm' : 'normal'),
    text: (_, value) => value.toFixed(1),
  }).map(({ id, asked, before: was, now: is }) => `${keyOf(id, asked)}: ${was} → ${is}`)
}

it('more is worse where more is worse, less where less is, and neither where neither is', () => {
  expect(
    worse(
      { waiting: 12, 'beds.free 3': 4, 'beds.staffed 3': 1 },
      { waiting: 10, 'beds.free 3': 9, 'beds.staffed 3': 9 },
    ),
  ).toEqual(['beds.free 3: 9 → 4', 'waiting: 10 → 12'])
  expect(worse({ waiting: 10, 'beds.free 3': 9 }, { waiting: 12, 'beds.free 3': 4 })).toEqual([])
})

it('what is not known, now or then, is not worse; nor what nobody could see', () => {
  expect(worse({ waiting: 12 }, {})).toEqual([])
  expect(worse({}, { 'beds.free 3': 2 })).toEqual([])
  expect(worse({ 'cases.growth': 0.512 }, { 'cases.growth': 0.511 })).toEqual([])
})

it('of each subject the worst stands alone, what is abnormal first', () => {
  const now = { waiting: 100, 'waiting red': 3, 'waiting.red': 3, 'cases.growth': 0.9 }
  const before = { waiting: 10, 'waiting red': 2, 'waiting.red': 2, 'cases.growth': 0.1 }
  expect(worse(now, before)).toEqual(['waiting: 10 → 100', 'cases.growth: 0.1 → 0.9'])
  expect(worse(now, before, ['waiting.red'])).toEqual(['waiting.red: 2 → 3', 'cases.growth: 0.1 → 0.9'])
})
