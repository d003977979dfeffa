import type { z } from 'zod'
import { type CareCursor, listAtHome, placesAtHome } from '../../../db/queries/care.ts'
import type { careQuery } from '../../contract/api/care.ts'
import { bangkokDay } from '../command/days.ts'
import { readCursor, writeCursor } from '../command/keyset.ts'
import type { CommandContext } from '../command/run.ts'
import { msOf } from '../command/times.ts'

/** Sub-districts that are named: the worst. The whole nation has 7,400. */
const PLACES_MAX = 50

/** When today began in Bangkok; the calendar's day, for calls are made in real time in a drill too. */
export function startOfToday(now: number): { day: string; at: Date } {
  const day = bangkokDay(now)
  return { day, at: new Date(`${day}T00:00:00+07:00`) }
}

/** Whom nobody has reached today, or all who are at home: by sub-district, the worst first. @throws ApiError 400 */
export async function pageAtHome(
  { trx, by, now }: CommandContext,
  { area, show, cursor, limit }: z.output<typeof careQuery>,
) {
  const { day, at } = startOfToday(now)
  const filter = { area, all: show === 'all', uncalledSince: at }
  const after = cursor === undefined ? undefined : (readCursor(cursor, 3) as unknown as CareCursor)
  const rows = await listAtHome(trx, filter, after, limit)
  // One look at everybody for both: row-level security asks about each of them.
  const places = after === undefined ? await placesAtHome(trx, filter) : null
  const sum = (of: 'total' | 'uncalled') => places?.reduce((all, place) => all + place[of], 0) ?? 0
  const counts = places && { all: sum('total'), uncalled: sum('uncalled') }
  const last = rows.at(-1)
  return {
    day,
    people: rows.map((row) => ({
      case: row.id,
      place: row.place ?? row.district,
      severity: row.severity,
      risk608: row.risk608,
      carePlace: row.care_place,
      reportedAt: row.reported_at.getTime(),
      contactedAt: msOf(row.contacted_at),
      uncalled: row.uncalled,
      keeper: row.label,
      mine: row.account !== null && row.account === by.account,
    })),
    cursor: last && rows.length === limit ? writeCursor([last.rank, last.at_us, last.id]) : null,
    total: counts?.[show] ?? null,
    counts,
    places: places?.slice(0, PLACES_MAX) ?? null,
  }
}
