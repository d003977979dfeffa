import type { Feature, FeatureCollection, Geometry, Position } from 'geojson'
import { BED_LEVELS } from '../../contract/vocabulary/beds.ts'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'
import type { Numbers } from './numbers.ts'

/** Facilities and areas as GeoJSON features (RFC 7946) of OGC API Features. */
export type Place = {
  readonly code: string
  readonly nameTh: string
  readonly nameEn: string
  readonly population: number | null
  readonly lat: number | null
  readonly lon: number | null
}

/** West, south, east, north, in degrees. */
export type Box = readonly [number, number, number, number]

/** A name for a column that every GIS takes: `beds.available.2.1` → `beds_available_2_1`. */
const fieldName = (column: string): string => column.replaceAll('.', '_')

const said = (reading: ReturnType<Numbers['read']>): number | null => (typeof reading === 'number' ? reading : null)

const pointOf = ({ lat, lon }: { lat: number | null; lon: number | null }): Geometry | null =>
  lat === null || lon === null ? null : { type: 'Point', coordinates: [lon, lat] }

const AREA_COLUMNS = [
  'cases.total',
  'deaths.total',
  ...SEVERITIES.map((severity) => `waiting.${severity}`),
  ...BED_LEVELS.flatMap((level) => [`beds.staffed.${level}`, `beds.available.${level}`]),
]

/**
 * An area with its numbers of now and today; `null` where nothing is known or shown. Which of them are `null` because they
 * are of fewer than five people stands in `fewer_than_5`: a field of numbers cannot hold "< 5".
 */
export function areaFeature(place: Place, geometry: Geometry | null, numbers: Numbers): Feature<Geometry | null> {
  const { code, nameTh, nameEn, population } = place
  const columns = [
    ['cases_today', `cases@${numbers.today}`],
    ['deaths_today', `deaths@${numbers.today}`],
    ...AREA_COLUMNS.map((column) => [fieldName(column), column] as const),
  ] as const
  const counts = columns.map(([field, column]) => [field, numbers.read(column, code)] as const)
  const few = counts.filter(([, reading]) => reading === 'masked').map(([field]) => field)
  return {
    type: 'Feature',
    id: code,
    geometry: geometry ?? pointOf(place),
    properties: {
      code,
      nameTh,
      nameEn,
      population,
      day: numbers.today,
      ...Object.fromEntries(counts.map(([field, reading]) => [field, said(reading)])),
      fewer_than_5: few.join(' '),
    },
  }
}

/** Facilities with their beds by level as last counted. */
export function facilityFeatures(numbers: Numbers): Feature<Geometry | null>[] {
  const beds = numbers.rows('beds')
  return numbers.rows('facility').map(({ id, lat, lon, reportedAt, ...row }) => ({
    type: 'Feature',
    id,
    geometry: pointOf({ lat, lon }),
    properties: {
      number: Number(id),
      ...row,
      reportedAt: reportedAt === null ? null : new Date(reportedAt).toISOString(),
      ...Object.fromEntries(
        beds
          .filter(({ facility }) => String(facility) === id)
          .flatMap(({ level, staffed, available }) => [
            [fieldName(`beds.staffed.${level}`), staffed],
            [fieldName(`beds.available.${level}`), available],
          ]),
      ),
    },
  }))
}

/** @returns `undefined` for a text that is no box */
export function readBox(text: string): Box | undefined {
  const numbers = text.split(',').map(Number)
  if ((numbers.length !== 4 && numbers.length !== 6) || !numbers.every(Number.isFinite)) return undefined
  const [west, south, east, north] = numbers.length === 4 ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]]
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined
  return south > north ? undefined : [west, south, east, north]
}

function* positions(geometry: Geometry): Generator<Position> {
  if (geometry.type === 'Point') yield geometry.coordinates
  else if (geometry.type === 'Polygon') yield* geometry.coordinates.flat()
  else if (geometry.type === 'MultiPolygon') yield* geometry.coordinates.flat(2)
}

/** By the extent of the feature; what is nowhere is in no box. */
export function isInBox({ geometry }: Feature<Geometry | null>, [west, south, east, north]: Box): boolean {
  if (geometry === null) return false
  const [low, high] = [
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ] as [[number, number], [number, number]]
  for (const [x = 0, y = 0] of positions(geometry)) {
    low[0] = Math.min(low[0], x)
    low[1] = Math.min(low[1], y)
    high[0] = Math.max(high[0], x)
    high[1] = Math.max(high[1], y)
  }
  const across = west <= east ? low[0] <= east && high[0] >= west : low[0] <= east || high[0] >= west
  return across && low[1] <= north && high[1] >= south
}

export type Page = FeatureCollection<Geometry | null> & {
  readonly numberMatched: number
  readonly numberReturned: number
}

export function pageOf(features: readonly Feature<Geometry | null>[], offset: number, limit: number): Page {
  const shown = features.slice(offset, offset + limit)
  return { type: 'FeatureCollection', features: shown, numberMatched: features.length, numberReturned: shown.length }
}
