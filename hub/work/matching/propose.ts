import type { z } from 'zod'
import { type FreeBedsRow, freeBedsOf, waitingForBed } from '../../../db/queries/placements.ts'
import type { placementsQuery } from '../../contract/api/cases.ts'
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
export async function propose({ trx }: CommandContext, { area }: z.output<typeof placementsQuery>) {
  const prefix = area === 'TH' ? '' : area
  const rows = await waitingForBed(trx, prefix, WAITING_MAX)
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
  const facilities = facilitiesWith(await freeBedsOf(trx, prefix))
  const placements = proposePlacements(patients, facilities)
  const saved = hoursSaved(patients, placements, firstComeFirstServed(patients, facilities))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    waiting: rows.length,
    placed: placements.length,
    saved,
    placements: placements.slice(0, PROPOSALS_MAX).flatMap(({ patient, facility, level, km }) => {
      const row = byId.get(patient)
      if (row === undefined) return []
      const { severity, risk608, place, since } = row
      return [{ caseId: patient, facility, level, km, severity, risk608, place, waitingSince: since.getTime() }]
    }),
  }
}

function pointOf(lat: number | null, lon: number | null): GeoPoint | null {
  return lat === null || lon === null ? null : { lat, lon }
}

function facilitiesWith(rows: readonly FreeBedsRow[]): FreeBeds[] {
  const found = new Map<number, { id: number; at: GeoPoint | null; free: Partial<Record<BedLevel, number>> }>()
  for (const { id, level, free, lat, lon } of rows) {
    const known = found.get(id) ?? { id, at: pointOf(lat, lon), free: {} }
    known.free[level] = free
    found.set(id, known)
  }
  return [...found.values()]
}
