import { regionOfProvince } from '../../hub/contract/vocabulary/regions.ts'
import { DISTRICT_POINTS, POPULATIONS } from './facts.ts'
import type { Named, Sources } from './fetch.ts'
import type { AreaTable, Place } from './types.ts'

type Point = readonly [lat: number, lon: number]

/** Bangkok's districts carry their kind in the source; no other does. */
const KHET = /^เขต\s*/

/** "KhuKhan" → "Khukhan": the source has capitals inside words. */
function nameEn(text: string): string {
  return text.trim().replace(/(?<=[a-z])[A-Z]/g, (letter) => letter.toLowerCase())
}

function round(degrees: number): number {
  return Math.round(degrees * 1000) / 1000
}

function place([code, th, en]: Named, [lat, lon]: Point): Place {
  return [code, th.trim().replace(KHET, ''), nameEn(en), round(lat), round(lon)]
}

function mean(points: readonly Point[]): Point | undefined {
  if (points.length === 0) return undefined
  const sum = (axis: 0 | 1) => points.reduce((total, point) => total + point[axis], 0)
  return [sum(0) / points.length, sum(1) / points.length]
}

function byCode(a: Named, b: Named): number {
  return a[0] < b[0] ? -1 : 1
}

/**
 * A district's point is the mean of its sub-districts' points, those of retired codes too; a sub-district without a
 * point of its own (made or renumbered after the points were taken) stands on its district's.
 * @returns the table and, as sentences, what was filled in or left out.
 * @throws Error when a province or district has no point or no fact.
 */
export function makeTable(sources: Sources): { table: AreaTable; notes: string[] } {
  const districtPoints = new Map<string, Point>()
  for (const [code] of sources.districts) {
    const own = [...sources.points].filter(([sub]) => sub.startsWith(code)).map(([, point]) => point)
    const point = mean(own) ?? DISTRICT_POINTS[code]
    if (point === undefined) throw new Error(`district ${code} has no point: add it to DISTRICT_POINTS`)
    districtPoints.set(code, point)
  }
  const shapes = new Map(
    sources.shapes.map(({ properties }) => [properties.iso_3166_2.slice('TH-'.length), properties]),
  )
  const known = new Set(sources.subdistricts.map(([code]) => code))
  const without = sources.subdistricts.filter(([code]) => !sources.points.has(code)).map(([code]) => code)
  const retired = [...sources.points.keys()].filter((code) => !known.has(code))
  const provinces = sources.provinces.toSorted(byCode).map((named) => {
    const shape = shapes.get(named[0])
    const region = regionOfProvince(named[0])
    const population = POPULATIONS[named[0]]
    if (shape === undefined || region === undefined || population === undefined)
      throw new Error(`province ${named[0]} has no shape, no region or no population`)
    return [...place(named, [shape.latitude, shape.longitude]), region, population] as const
  })
  const districts = sources.districts.toSorted(byCode).map((named) => place(named, districtPoints.get(named[0])!))
  const subdistricts = sources.subdistricts
    .toSorted(byCode)
    .map((named) => place(named, sources.points.get(named[0]) ?? districtPoints.get(named[0].slice(0, 4))!))
  return {
    table: { provinces, districts, subdistricts },
    notes: [
      `${provinces.length} provinces, ${districts.length} districts, ${subdistricts.length} sub-districts`,
      `${without.length} sub-districts stand on their district's point: ${without.join(' ')}`,
      `${retired.length} points of retired codes left out: ${retired.join(' ')}`,
    ],
  }
}
