import { describe, expect, test } from 'vitest'
import { FACILITY_KINDS } from '../../../hub/contract/vocabulary/facilities.ts'
import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import { INDICATORS } from '../panels/indicators.ts'
import { LAYER_KEYS, LAYERS, layerOfKey, readLayers, toggledLayer, writeLayers } from './layers.ts'
import { freeBeds, SITE_MARKS, siteAge, siteMark } from './marks.ts'
import { nearestSites } from './near.ts'
import { shownSites, waitingRings } from './overlay.ts'

const HOUR = 3_600_000
const NOW = Date.parse('2021-11-08T10:00:00+07:00')
const site = (over: Partial<Site> = {}): Site => ({
  id: '1',
  kind: 'hospital',
  lat: 18.8,
  lon: 99,
  nameTh: 'รพ.',
  nameEn: 'Hospital',
  reportedAt: NOW - HOUR,
  hours: null,
  free: {},
  ...over,
})

describe('layers', () => {
  test('the address holds them in one order, and nothing but layers', () => {
    expect(writeLayers(readLayers('oxygen,nonsense,hospital'))).toBe('hospital,oxygen')
    expect(writeLayers(readLayers(undefined))).toBeUndefined()
    expect(writeLayers(toggledLayer(readLayers('hospital,oxygen'), 'hospital'))).toBe('oxygen')
    expect(writeLayers(toggledLayer(readLayers(''), 'waiting'))).toBe('waiting')
  })

  test('each has a key that chooses no indicator, turns no language and opens nothing', () => {
    const taken = new Set([...INDICATORS.map((_, i) => String(i + 1)), 'l', 'f', '?'])
    const keys = LAYERS.map((layer) => LAYER_KEYS[layer])
    expect(new Set(keys).size).toBe(LAYERS.length)
    expect(keys.filter((key) => taken.has(key))).toEqual([])
    expect(keys.map(layerOfKey)).toEqual(LAYERS)
    expect([layerOfKey('W'), layerOfKey('1'), layerOfKey('Enter')]).toEqual(['waiting', undefined, undefined])
  })

  test('a facility that is on no public layer is not shown', () => {
    const all = FACILITY_KINDS.map((kind) => site({ kind }))
    expect(shownSites(all, new Set(LAYERS)).map(({ kind }) => kind)).not.toContain('crematorium')
    expect(shownSites(all, readLayers('field')).map(({ kind }) => kind)).toEqual(['field', 'hospitel'])
  })
})

describe('marks', () => {
  const words = { name: (of: Site) => of.nameEn, age: (ms: number) => `${ms / HOUR} h`, never: 'never', number: String }

  test('no two kinds look alike without colour', () => {
    const looks = FACILITY_KINDS.map((kind) => SITE_MARKS[kind].letter)
    expect(new Set(looks).size).toBe(FACILITY_KINDS.length)
  })

  test.each([
    [1, 'fresh', 'Hospital\n3: 0'],
    [30, 'old', 'Hospital\n3: 0 · 30 h'],
    [80, 'silent', 'Hospital\n3: 0 · 80 h'],
  ] as const)('a report of %d hours ago is %s and says so', (hours, age, label) => {
    const at = site({ reportedAt: NOW - hours * HOUR, free: { '3': 0 } })
    expect(siteMark(at, NOW, words)).toMatchObject({ age, label, letter: 'H' })
  })

  test('a hospital that never reported is silent, not full; an oxygen point has nothing to count', () => {
    expect(siteMark(site({ reportedAt: null }), NOW, words)).toMatchObject({ age: 'silent', label: 'Hospital\nnever' })
    expect(siteAge(site({ kind: 'oxygen', reportedAt: null }), NOW)).toBe('fresh')
  })

  test('the most severe levels come first', () => {
    expect(freeBeds(site({ free: { '0': 9, '1': 8, '2.1': 7, '3': 2 } }), String)).toBe('3: 2 · 2.1: 7 · 1: 8')
  })
})

test('a ring is as large as the number, the areas keep their proportion, and nobody is no ring', () => {
  const parts = ['a', 'b', 'c'].map((code) => ({ code, lat: 1, lon: 1 }))
  const count = { a: 100, b: 25, c: 0 } as Readonly<Record<string, number>>
  const rings = waitingRings(parts, (code) => count[code] ?? 0, 20, String)
  expect(rings.map(({ code, label }) => `${code} ${label}`)).toEqual(['a 100', 'b 25'])
  expect(rings[0]!.radius / rings[1]!.radius).toBeCloseTo(2)
})

describe('near somebody', () => {
  const here = { lat: 18.8, lon: 99 }
  const at = (id: string, km: number, over: Partial<Site> = {}) => site({ id, lat: 18.8 + km / 111.2, ...over })
  const found = (sites: readonly Site[]) => nearestSites(sites, here, NOW).map(({ site: { id }, open }) => [id, open])

  test('the nearest of each kind, three at most; community isolation is not gone to by oneself', () => {
    const sites = [5, 1, 4, 2, 3].map((km) => at(`h${km}`, km))
    expect(found([...sites, at('ci', 0.1, { kind: 'ci' }), at('o', 9, { kind: 'oxygen' })])).toEqual([
      ['h1', undefined],
      ['h2', undefined],
      ['h3', undefined],
      ['o', undefined],
    ])
  })

  test('what is closed gives way to what is open farther off, and is said when there is nothing else', () => {
    const closed = at('v1', 1, { kind: 'vaccination', hours: 'Sa 08:00-12:00' })
    const open = at('v2', 20, { kind: 'vaccination', hours: 'Mo-Fr 08:00-16:30' })
    expect(found([closed, open])).toEqual([['v2', true]])
    expect(found([closed, at('h', 30)])).toEqual([
      ['h', undefined],
      ['v1', false],
    ])
  })

  test('distances are kilometres', () => {
    expect(nearestSites([at('h', 10)], here, NOW)[0]!.metres / 1_000).toBeCloseTo(10, 1)
  })
})
