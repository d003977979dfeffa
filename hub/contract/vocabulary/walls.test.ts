import { describe, expect, it } from 'vitest'
import { HEALTH_REGIONS, isRegion, provincesOfRegion, regionCode, regionOfProvince } from './regions.ts'
import { isWallPlace, screenMayShow, wallFacility, wallKind, wallPath, wallView } from './walls.ts'

it('every province lies in one health region', () => {
  const regions = Array.from({ length: HEALTH_REGIONS }, (_, i) => regionCode(i + 1))
  const all = regions.flatMap(provincesOfRegion)
  expect(new Set(all).size).toBe(77)
  expect(all).toHaveLength(77)
  for (const region of regions)
    for (const province of provincesOfRegion(region)) expect(regionCode(regionOfProvince(province)!)).toBe(region)
  expect(provincesOfRegion('R06')).toContain('20')
  expect(['R0', 'R00', 'R14', 'R6', 'r06', '06', ''].filter(isRegion)).toEqual([])
  expect(provincesOfRegion('R99')).toEqual([])
  expect(regionOfProvince('99')).toBeUndefined()
})

describe('the place of a wall', () => {
  it.each([
    ['TH', 'nation'],
    ['R13', 'region'],
    ['50', 'province'],
    ['5001', 'district'],
    ['H123', 'facility'],
  ] as const)('%s is a %s', (place, kind) => {
    expect(wallKind(place)).toBe(kind)
  })

  it.each([
    '',
    'th',
    '00',
    '99',
    'R99',
    'R1',
    '5000',
    '9999',
    '0001',
    '500101',
    'H0',
    'H01',
    'H',
    'H1234567890',
    'h12',
    '٥٠',
    '50/../51',
  ])('%j is none', (text) => {
    expect(isWallPlace(text)).toBe(false)
  })

  it('has an address', () => {
    expect(wallPath('TH')).toBe('/wall')
    expect(wallPath('TH', 'vaccination')).toBe('/wall?view=vaccination')
    expect(wallPath('R06')).toBe('/wall/R06')
    expect(wallPath('H123', 'vaccination')).toBe('/wall/H123?view=vaccination')
    expect([undefined, 'situation', 'vaccination', 'x', ''].map(wallView)).toEqual([
      'situation',
      'situation',
      'vaccination',
      undefined,
      undefined,
    ])
    expect(wallFacility('H123')).toBe(123)
  })
})

describe('what a screen may show', () => {
  it('of the nation: all', () => {
    for (const place of ['TH', 'R01', '50', '5001', 'H1']) expect(screenMayShow('TH', place)).toBe(true)
    expect(screenMayShow('TH', '99')).toBe(false)
  })

  it.each(['50', '5001', '500102'])('of %s: the nation, region 1, Chiang Mai and what lies in it', (area) => {
    for (const place of ['TH', 'R01', '50', '5001', '5002']) expect(screenMayShow(area, place)).toBe(true)
    for (const place of ['R02', '51', '5101', 'H1']) expect(screenMayShow(area, place)).toBe(false)
    expect(screenMayShow(area, 'H1', '5003')).toBe(true)
    expect(screenMayShow(area, 'H1', '5101')).toBe(false)
  })
})
