import { expect, it } from 'vitest'
import type { AlertRule } from '../contract/alerts/rules.ts'
import type { Circumstances } from './readings.ts'
import { Readings, Touched } from './watcher.ts'

const icu: AlertRule = {
  ...{
    id: 1,
    area: 'TH',
    nameTh: 'ก',
    nameEn: 'A',
    indicator: 'beds.occupancy',
    option: '3',
    areaKind: 'province',
    condition: 'above',
  },
  ...{ bound: 0.85, clearBound: 0.8, forSeconds: 0, severity: 'severe', owner: 'provincial_health', ackMinutes: 30 },
  ...{ escalateTo: 'national', sound: true, enabled: true },
}
const provinces = [{ code: '10' }, { code: '50' }]
const places = { provinces, districts: [] }

/** Occupied of 20 staffed beds, by province; `asked`: those that were read since it was emptied. */
function hospital(occupied: Record<string, number>, asked: Set<string>): Circumstances {
  const cells: Circumstances['cells'] = (column, area) => {
    asked.add(area)
    return column === 'beds.staffed.3' ? 20 : column === 'beds.occupied.3' ? (occupied[area] ?? 0) : 0
  }
  return {
    ...{ cells, today: '2021-11-11', now: 0, oldest: () => null, facilities: () => [], lagSeconds: 0, messages: 0 },
    apartSince: () => undefined,
    parts: provinces,
  }
}

it('what a commit has not touched is not read again, and says what it said', () => {
  const asked = new Set<string>()
  const occupied: Record<string, number> = { 10: 18, 50: 10 }
  const readings = new Readings()
  const touched = new Touched()
  const look = () => {
    asked.clear()
    return readings.read([icu], places, touched.take(), hospital(occupied, asked))
  }
  const verdicts = () => [...readings.all.values()].map(({ area, verdict }) => `${area} ${verdict}`).sort()

  expect([look(), verdicts(), [...asked]]).toEqual([true, ['10 on', '50 off'], ['10', '50']])
  occupied[50] = 18
  touched.add({ position: 1, at: 1, changes: [{ kind: 'insert', table: 'beds', row: { district: '5001' } }] })
  expect([look(), verdicts(), [...asked]]).toEqual([true, ['10 on', '50 on'], ['50']])
  expect([look(), [...asked]]).toEqual([false, []])
  touched.everything()
  expect([look(), [...asked]]).toEqual([false, ['10', '50']])
})

it('a row that moves has touched both places; of a TRUNCATE all are touched', () => {
  const touched = new Touched()
  expect(touched.take()).toBeNull()
  const row = { district: '5001' }
  touched.add({ position: 1, at: 1, changes: [{ kind: 'update', table: 'cases', row, old: { district: '1001' } }] })
  touched.add({ position: 2, at: 1, changes: [{ kind: 'delete', table: 'cases', old: { district: '9001' } }] })
  expect([...(touched.take() ?? [])].sort()).toEqual(['10', '50', '90'])
  touched.add({ position: 3, at: 1, changes: [{ kind: 'truncate', tables: ['cases'] }] })
  expect(touched.take()).toBeNull()
})

it('a rule that is changed is read everywhere, and one that is turned off nowhere', () => {
  const asked = new Set<string>()
  const readings = new Readings()
  const around = hospital({ 10: 18 }, asked)
  readings.read([icu], places, null, around)
  expect(readings.read([{ ...icu, bound: 0.95 }], places, new Set(), around)).toBe(true)
  expect(readings.read([{ ...icu, enabled: false }], places, new Set(), around)).toBe(true)
  expect(readings.all.size).toBe(0)
})
