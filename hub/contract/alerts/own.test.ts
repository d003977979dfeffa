import { describe, expect, it } from 'vitest'
import { hasPeople, replacedIn } from './own.ts'
import type { AlertRule } from './rules.ts'

const nation: AlertRule = {
  ...{ id: 1, area: 'TH', nameTh: 'ก', nameEn: 'A', indicator: 'beds.occupancy', option: '3', areaKind: 'province' },
  ...{
    condition: 'above',
    bound: 0.85,
    clearBound: 0.8,
    forSeconds: 300,
    severity: 'severe',
    owner: 'provincial_health',
  },
  ...{ ackMinutes: 30, escalateTo: 'national', sound: true, enabled: true },
}
const own = (over: Partial<AlertRule> = {}): AlertRule => ({ ...nation, id: 2, area: '50', bound: 0.9, ...over })

describe('a rule of the nation', () => {
  it.each([
    ['gives way to one that watches the same', {}, ['50']],
    ['not to one that is off', { enabled: false }, []],
    ['not to one that cannot be computed', { bound: 7 }, []],
    ['not to one of another level', { option: '2.2' }, []],
    ['not to one of another condition', { condition: 'below', bound: 0.1, clearBound: 0.2 }, []],
    ['not to one of districts', { areaKind: 'district' }, []],
  ] as const)('%s', (_, over, areas) => {
    expect([...replacedIn(nation, [nation, own(over)])]).toEqual(areas)
  })

  it('gives way to none of the nation, and no province’s gives way to another', () => {
    expect([...replacedIn(nation, [nation, { ...nation, id: 3 }])]).toEqual([])
    expect([...replacedIn(own(), [own(), own({ id: 3 })])]).toEqual([])
  })
})

it('somebody answers where an account of the role covers the place; of the nation’s rules, where any has the role', () => {
  const owners = [{ role: 'district_chief', areas: ['5001', '10'] }]
  expect(hasPeople(owners, 'district_chief', '5001')).toBe(true)
  expect(hasPeople(owners, 'district_chief', '1042')).toBe(true)
  expect(hasPeople(owners, 'district_chief', '50')).toBe(false)
  expect(hasPeople(owners, 'district_chief', 'TH')).toBe(true)
  expect(hasPeople(owners, 'governor', '5001')).toBe(false)
  expect(hasPeople([{ role: 'national', areas: ['TH'] }], 'national', '50')).toBe(true)
})
