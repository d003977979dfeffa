import { type Accessor, createResource } from 'solid-js'
import { type RowObject, rowObjects } from '../../../../hub/contract/live/rows.ts'
import type { LevelBeds, Site } from '../../../../hub/contract/vocabulary/placing.ts'
import type { UnitKind } from '../../../../hub/contract/vocabulary/units.ts'
import type { Area } from '../../api/areas.ts'
import { ask } from '../../api/http.ts'
import type { Point } from '../../api/record.ts'
import { areasBelow, pointOf } from '../../places/areas.ts'

/** A facility where patients can be sent, with its names. */
export type Destination = Site & {
  readonly kind: string
  readonly nameTh: string
  readonly nameEn: string
  /** what it has free beside beds, by kind, where it counts them */
  readonly units: Readonly<Partial<Record<UnitKind, number>>>
}

/** `error`: why the list is empty */
export type Destinations = { readonly list: readonly Destination[]; readonly error?: unknown }

/** The facilities of a province that take patients, with what is asked for and when holds end as far as `transfers` say; one without a point of its own is where its district is. */
export function destinationsOf(
  facilities: readonly RowObject<'facility'>[],
  beds: readonly RowObject<'beds'>[],
  districts: readonly Area[],
  transfers: readonly RowObject<'transfer'>[] = [],
  units: readonly RowObject<'unit'>[] = [],
): readonly Destination[] {
  const district = new Map(districts.map((area) => [area.code, pointOf(area)]))
  const ends = new Map<string, number>()
  const asked = new Map<string, number>()
  for (const { facility, level, status, heldUntil } of transfers) {
    if (facility === null) continue
    const key = `${facility}.${level}`
    if (status === 'requested' || status === 'approved') asked.set(key, (asked.get(key) ?? 0) + 1)
    if (heldUntil !== null) ends.set(key, Math.min(heldUntil, ends.get(key) ?? heldUntil))
  }
  const counted = new Map<string, Map<string, LevelBeds>>()
  for (const row of beds) {
    const id = String(row.facility)
    const levels = counted.get(id) ?? new Map()
    const { staffed, available: free, held, occupied, cleaning } = row
    const moving = { asked: asked.get(row.id) ?? 0, until: ends.get(row.id) ?? null }
    counted.set(id, levels.set(row.level, { staffed, free, held, occupied, cleaning, ...moving }))
  }
  const freeUnits = new Map<string, Partial<Record<UnitKind, number>>>()
  for (const { facility, kind, total, inUse } of units) {
    const id = String(facility)
    freeUnits.set(id, { ...freeUnits.get(id), [kind]: total - inUse })
  }
  return facilities
    .filter(({ kind }) => kind !== 'vaccination')
    .map((row) => ({
      id: Number(row.id),
      kind: row.kind,
      nameTh: row.nameTh,
      nameEn: row.nameEn,
      point: row.lat === null || row.lon === null ? district.get(row.district) : { lat: row.lat, lon: row.lon },
      beds: counted.get(row.id) ?? new Map(),
      units: freeUnits.get(row.id) ?? {},
    }))
}

async function fetchDestinations(province: string): Promise<readonly Destination[]> {
  const [{ r: rows }, districts] = await Promise.all([
    ask('GET /api/situation', { query: { scope: `province:${province}` } }),
    areasBelow(province).catch((): readonly Area[] => []),
  ])
  return destinationsOf(rowObjects(rows, 'facility'), rowObjects(rows, 'beds'), districts)
}

/** The facilities of a province as they are when the page opens. @param province false: nothing is asked for */
export function createDestinations(province: Accessor<string | false>): Accessor<Destinations> {
  const [found] = createResource(province, (code) =>
    fetchDestinations(code).then(
      (list): Destinations => ({ list }),
      (error: unknown): Destinations => ({ list: [], error }),
    ),
  )
  return () => found.latest ?? { list: [] }
}

/** Where a place of 4 or 6 digits is; not known without the network, and then nothing is near. */
export function createPoint(place: Accessor<string>): Accessor<Point | undefined> {
  const [point] = createResource(place, (code) => placePoint(code).catch(() => undefined))
  return () => point.latest
}

async function placePoint(place: string): Promise<Point | undefined> {
  for (const code of [place.slice(0, 6), place.slice(0, 4)]) {
    if (code.length < 4) continue
    const area = (await areasBelow(code.slice(0, code.length - 2))).find((each) => each.code === code)
    const point = area && pointOf(area)
    if (point) return point
  }
  return undefined
}
