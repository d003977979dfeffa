import { feature } from 'topojson-client'
import type { GeometryCollection } from 'topojson-specification'
import { expect, test } from 'vitest'
import { regionOfProvince } from '../../hub/contract/vocabulary/regions.ts'
import { POPULATIONS } from './facts.ts'
import { readAreas, readProvinceShapes } from './read.ts'
import type { Place } from './types.ts'

const areas = await readAreas()
const shapes = await readProvinceShapes()
const collection = feature(shapes, shapes.objects.provinces as GeometryCollection)
const levels: readonly (readonly [string, readonly (readonly [...Place, ...number[]])[], RegExp, number])[] = [
  ['provinces', areas.provinces, /^[1-9]\d$/, 77],
  ['districts', areas.districts, /^[1-9]\d{3}$/, 928],
  ['subdistricts', areas.subdistricts, /^[1-9]\d{5}$/, 7436],
]

type Ring = readonly (readonly number[])[]

function inRing(ring: Ring, x: number, y: number): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi = 0, yi = 0] = ring[i] ?? []
    const [xj = 0, yj = 0] = ring[j] ?? []
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside
}

function ringsOf(code: string): readonly Ring[] {
  const geometry = collection.features.find((shape) => shape.id === code)?.geometry
  if (geometry?.type === 'Polygon') return geometry.coordinates
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates.flat()
  throw new Error(`no shape ${code}`)
}

test.each(levels)('%s: all there, once, in order, named in Thai and English', (_, places, code, count) => {
  expect(places).toHaveLength(count)
  const codes = places.map((place) => place[0])
  expect(codes).toEqual([...new Set(codes)].sort())
  for (const [own, th, en] of places) {
    expect(own).toMatch(code)
    expect(th).toMatch(/^[ก-๎][ก-๎().\- ]*$/)
    expect(th).not.toMatch(/^(?:เขต|แขวง|อำเภอ|ตำบล|จังหวัด)\s/)
    expect(en).toMatch(/^[A-Z][A-Za-z'\- ]+$/)
    expect(en).not.toMatch(/[a-z][A-Z]|\s{2}|\s$/)
  }
})

test('every district has its province and every sub-district its district', () => {
  const provinces = new Set(areas.provinces.map((place) => place[0]))
  const districts = new Set(areas.districts.map((place) => place[0]))
  expect(areas.districts.filter((place) => !provinces.has(place[0].slice(0, 2)))).toEqual([])
  expect(areas.subdistricts.filter((place) => !districts.has(place[0].slice(0, 4)))).toEqual([])
  expect([...districts].filter((code) => !areas.subdistricts.some((place) => place[0].startsWith(code)))).toEqual([])
})

test('Bangkok is 10, with 50 districts without "เขต" and 180 sub-districts', () => {
  expect(areas.provinces[0]?.slice(0, 3)).toEqual(['10', 'กรุงเทพมหานคร', 'Bangkok'])
  const inBangkok = areas.districts.filter((place) => place[0].startsWith('10'))
  expect(inBangkok).toHaveLength(50)
  expect(inBangkok.filter((place) => place[1].startsWith('เขต'))).toEqual([])
  expect(areas.subdistricts.filter((place) => place[0].startsWith('10'))).toHaveLength(180)
})

test('every point lies in Thailand', () => {
  for (const [, places] of levels) {
    for (const [code, , , lat, lon] of places) {
      expect(lat, code).toBeGreaterThan(5.6)
      expect(lat, code).toBeLessThan(20.5)
      expect(lon, code).toBeGreaterThan(97.3)
      expect(lon, code).toBeLessThan(105.7)
    }
  }
})

test('13 health regions; 66,558,935 registered people (DOPA, 31 December 2019)', () => {
  expect(Object.keys(POPULATIONS)).toEqual(areas.provinces.map((place) => place[0]))
  for (const [code, , , , , region] of areas.provinces) expect(region, code).toBe(regionOfProvince(code))
  expect(new Set(areas.provinces.map((province) => province[5])).size).toBe(13)
  expect(areas.provinces.reduce((sum, province) => sum + province[6], 0)).toBe(66_558_935)
})

test('the map has the 77 provinces, with codes and nothing else, in under 70 kB', () => {
  expect(collection.features.map((shape) => shape.id)).toEqual(areas.provinces.map((place) => place[0]))
  expect(collection.features.filter((shape) => Object.keys(shape.properties ?? {}).length > 0)).toEqual([])
  expect(JSON.stringify(shapes).length).toBeLessThan(70_000)
})

test('a shape bears the code of the province that it is: label and districts lie in it', () => {
  for (const [code, , nameEn, lat, lon] of areas.provinces) {
    const rings = ringsOf(code)
    const holds = (x: number, y: number) => rings.some((ring) => inRing(ring, x, y))
    expect(holds(lon, lat), `label of ${nameEn}`).toBe(true)
    const districts = areas.districts.filter((place) => place[0].startsWith(code))
    const inside = districts.filter((place) => holds(place[4], place[3]))
    expect(inside.length / districts.length, `districts of ${nameEn}`).toBeGreaterThan(0.6)
  }
})
