import type { BedLevel } from './beds.ts'
import type { Severity } from './severity.ts'

export type GeoPoint = { readonly lat: number; readonly lon: number }

/**
 * Beds of one level of a facility as last counted. `asked`: transfers that are requested or approved and may yet take a free
 * one. `until`: when the next hold there ends by itself. Both as far as they are known.
 */
export type LevelBeds = {
  readonly staffed: number
  readonly free: number
  readonly held: number
  readonly occupied: number
  readonly cleaning: number
  readonly asked: number
  readonly until: number | null
}

/** A facility where patients can be sent. `point`: its own, or its district's. */
export type Site = {
  readonly id: number
  readonly point: GeoPoint | undefined
  readonly beds: ReadonlyMap<string, LevelBeds>
}
/** `free`: and not asked for; `km`: as the crow flies, where both places are known; `load`: the share of staffed beds that is occupied or held */
export type Offered<S extends Site = Site> = S & {
  readonly free: number
  readonly level: LevelBeds
  readonly load: number
  readonly km: number | undefined
}

/** DOMAIN.md, "Bed levels" and "Triage": the level of bed that a severity calls for. */
export const LEVEL_FOR: Readonly<Record<Severity, BedLevel>> = { unknown: '1', green: '0', yellow: '2.1', red: '3' }

/** The levels that serve a severity, the one it calls for first. */
export const LEVELS_FOR: Readonly<Record<Severity, readonly BedLevel[]>> = {
  unknown: ['1'],
  green: ['0', '1'],
  yellow: ['2.1', '2.2'],
  red: ['3', '2.2'],
}

/** Km within which somebody is placed as a matter of course; farther, a coordinator has to decide. */
export const NEAR_KM = 60

export const KM_PER_DEGREE = 111.2

/** As the crow flies; good to a percent inside Thailand. */
export function distanceKm(a: GeoPoint, b: GeoPoint): number {
  const narrow = Math.cos((a.lat * Math.PI) / 180)
  return KM_PER_DEGREE * Math.hypot(b.lat - a.lat, (b.lon - a.lon) * narrow)
}

/** Only those that have the level at all; those with a free bed first, and of them the nearest, then the least loaded. */
export function offeredFor<S extends Site>(
  all: readonly S[],
  level: BedLevel,
  from: GeoPoint | undefined,
): Offered<S>[] {
  return all
    .flatMap((site) => {
      const beds = site.beds.get(level)
      if (beds === undefined || beds.staffed === 0) return []
      const km = from && site.point ? distanceKm(from, site.point) : undefined
      const free = Math.max(0, beds.free - beds.asked)
      return [{ ...site, free, level: beds, load: (beds.occupied + beds.held) / beds.staffed, km }]
    })
    .sort(
      (a, b) =>
        Number(b.free > 0) - Number(a.free > 0) ||
        byDistance(a, b) ||
        b.free - a.free ||
        a.load - b.load ||
        a.id - b.id,
    )
}

function byDistance(a: Offered, b: Offered): number {
  if (a.km === b.km) return 0
  return (a.km ?? Number.POSITIVE_INFINITY) - (b.km ?? Number.POSITIVE_INFINITY)
}

/**
 * Why there is no place near for somebody: `no_level`: no facility that is known has staffed beds of the level; `far`:
 * none within NEAR_KM has; `full`: those that have are full, with what has become of their beds. `beyond`: km to the
 * nearest free one, farther away.
 */
export type Blocker =
  | { readonly kind: 'no_level' }
  | { readonly kind: 'far'; readonly beyond: number | undefined }
  | {
      readonly kind: 'full'
      readonly staffed: number
      readonly held: number
      readonly occupied: number
      readonly cleaning: number
      readonly asked: number
      readonly until: number | null
      readonly beyond: number | undefined
    }

const isNear = ({ km }: Offered) => km === undefined || km <= NEAR_KM

/** @param offered of `offeredFor`. @returns `undefined` when a bed is free near */
export function blockerOf(offered: readonly Offered[]): Blocker | undefined {
  if (offered.length === 0) return { kind: 'no_level' }
  const near = offered.filter(isNear)
  if (near.some(({ free }) => free > 0)) return undefined
  const beyond = offered.find(({ free }) => free > 0)?.km
  if (near.length === 0) return { kind: 'far', beyond }
  const sum = (of: 'staffed' | 'held' | 'occupied' | 'cleaning' | 'free') =>
    near.reduce((n, { level }) => n + level[of], 0)
  const ends = near.flatMap(({ level }) => (level.until === null ? [] : [level.until]))
  return {
    kind: 'full',
    staffed: sum('staffed'),
    held: sum('held'),
    occupied: sum('occupied'),
    cleaning: sum('cleaning'),
    asked: sum('free'),
    until: ends.length === 0 ? null : Math.min(...ends),
    beyond,
  }
}
