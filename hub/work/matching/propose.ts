import type { z } from 'zod'
import {
  type FreeBedsRow,
  freeBedsOf,
  provincesNear,
  provincesOfRegion,
  waitingForBed,
} from '../../../db/queries/placements.ts'
import type { freeBedsQuery, placementsQuery } from '../../contract/api/cases.ts'
import { provinceOf } from '../../contract/vocabulary/areas.ts'
import type { BedLevel } from '../../contract/vocabulary/beds.ts'
import type { GeoPoint } from '../../contract/vocabulary/placing.ts'
import type { CommandContext } from '../command/run.ts'
import { type FreeBeds, firstComeFirstServed, type Patient, proposePlacements } from './match.ts'
import { hoursSaved } from './saved.ts'

/** People of one round; of more, those whose case came first. */
const WAITING_MAX = 20_000
/** Proposals that are shown; whoever has taken these asks again. */
const PROPOSALS_MAX = 500

/** Who of an area could go where now, the most urgent first, and what that saves. Nothing is asked for by it. */
export async function propose({ trx }: CommandContext, { area, region }: z.output<typeof placementsQuery>) {
  const within = region === undefined ? [area] : await provincesOfRegion(trx, region)
  const rows = await waitingForBed(trx, within, WAITING_MAX)
  const patients = rows.map(
    ({ id, severity, risk608, since, lat, lon, refused_by }): Patient => ({
      id,
      severity,
      risk608,
      waitingSince: since.getTime(),
      from: pointOf(lat, lon),
      refusedBy: refused_by,
    }),
  )
  const facilities = facilitiesWith(await freeBedsOf(trx, within))
  const placements = proposePlacements(patients, facilities)
  const saved = hoursSaved(patients, placements, firstComeFirstServed(patients, facilities))
  const byId = new Map(rows.map((row) => [row.id, row]))
  const destinations = new Map(facilities.map((each) => [each.id, each]))
  return {
    waiting: rows.length,
    placed: placements.length,
    saved,
    placements: placements.slice(0, PROPOSALS_MAX).flatMap(({ patient, facility, level, km }) => {
      const [row, to] = [byId.get(patient), destinations.get(facility)]
      if (row === undefined || to === undefined) return []
      const { severity, risk608, place, since } = row
      const { district, nameTh, nameEn } = to
      const where = { facility, district, nameTh, nameEn }
      return [{ caseId: patient, ...where, level, km, severity, risk608, place, waitingSince: since.getTime() }]
    }),
  }
}

function pointOf(lat: number | null, lon: number | null): GeoPoint | null {
  return lat === null || lon === null ? null : { lat, lon }
}

type Destination = FreeBeds & { readonly district: string; readonly nameTh: string; readonly nameEn: string }

function facilitiesWith(rows: readonly FreeBedsRow[]): Destination[] {
  const found = new Map<number, Destination & { free: Partial<Record<BedLevel, number>> }>()
  for (const { id, district, name_th: nameTh, name_en: nameEn, level, free, lat, lon } of rows) {
    const known = found.get(id) ?? { id, district, nameTh, nameEn, at: pointOf(lat, lon), free: {} }
    known.free[level] = free
    found.set(id, known)
  }
  return [...found.values()]
}

/** Provinces whose free beds are told of: a patient is hardly sent farther. */
const PROVINCES_NEAR = 12

/** Facilities of the provinces around that of an area with free beds, for whom there is none at home. */
export async function freeBedsAround({ trx }: CommandContext, { area }: z.output<typeof freeBedsQuery>) {
  const rows = await freeBedsOf(trx, await provincesNear(trx, provinceOf(area), PROVINCES_NEAR))
  return {
    facilities: facilitiesWith(rows).flatMap(({ id, at, ...each }) =>
      at === null ? [] : [{ facility: id, ...each, ...at }],
    ),
  }
}
