import type { z } from 'zod'
import { knownFacilities } from '../../../db/queries/facilities.ts'
import { type ComingRow, censusOf, comingTo, dosesOf } from '../../../db/queries/facility-wall.ts'
import type { facilityWallAnswer } from '../../contract/api/facility-wall.ts'
import { BED_LEVELS } from '../../contract/vocabulary/beds.ts'
import { DAYS_INSIDE } from '../../contract/vocabulary/metrics.ts'
import { notFound } from '../command/refusals.ts'
import type { CommandContext } from '../command/run.ts'

type Coming = z.infer<typeof facilityWallAnswer>['coming']

/** By level, the most severe first; a level to which nobody is sent is left out. */
export function comingByLevel(rows: readonly ComingRow[]): Coming {
  const people = (of: readonly ComingRow[]) => of.reduce((sum, row) => sum + row.people, 0)
  return BED_LEVELS.toReversed().flatMap((level) => {
    const own = rows.filter((row) => row.level === level)
    const asked = own.filter(({ status }) => status === 'approved')
    const onTheWay = own.filter(({ status }) => status === 'en_route')
    const held = own.filter((row) => !asked.includes(row) && !onTheWay.includes(row))
    const ends = held
      .flatMap(({ until, people }) => (until === null ? [] : [{ until: until.getTime(), people }]))
      .toSorted((a, b) => a.until - b.until)
    const counts = { asked: people(asked), held: people(held), onTheWay: people(onTheWay) }
    return own.length === 0 ? [] : [{ level, ...counts, ends }]
  })
}

/** @throws ApiError 404 of one that there is not, or that is closed */
export async function showFacilityWall({ trx }: Pick<CommandContext, 'trx'>, id: number) {
  const [known] = await knownFacilities(trx, [id])
  if (!known?.active) throw notFound('facility', id)
  return {
    id,
    kind: known.kind,
    district: known.district,
    nameTh: known.name_th,
    nameEn: known.name_en,
    coming: comingByLevel(await comingTo(trx, id)),
    census: await censusOf(trx, id, DAYS_INSIDE),
    doses: await dosesOf(trx, id),
  }
}
