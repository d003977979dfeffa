import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import type { BedLevel } from '../../../../hub/contract/vocabulary/beds.ts'
import { LEVEL_FOR } from '../../../../hub/contract/vocabulary/placing.ts'
import { compareUrgency, type Urgency } from '../../../../hub/contract/vocabulary/urgency.ts'
import type { ListedTransfer } from '../../api/cases.ts'

/** Where a transfer under way waits: for an approval, for the destination, for the road, for the arrival. */
export const STAGES = ['asked', 'toAccept', 'held', 'onTheRoad'] as const
export type Stage = (typeof STAGES)[number]

function urgencyOf({ case: about, requestedAt }: ListedTransfer): Urgency {
  return { severity: about?.severity ?? 'unknown', risk608: about?.risk608 ?? false, waitingSince: requestedAt }
}

/** Whether it comes from another province, whose request is to be agreed to here. */
export function isIncoming({ district, toDistrict }: ListedTransfer, province: string): boolean {
  return toDistrict?.startsWith(province) === true && !district.startsWith(province)
}

/** The most urgent first, and of these who has waited longest. @param province whose coordination looks */
export function stagesOf(
  all: readonly ListedTransfer[],
  province: string,
): Readonly<Record<Stage, readonly ListedTransfer[]>> {
  const sorted = [...all].sort((a, b) => compareUrgency(urgencyOf(a), urgencyOf(b)) || a.id - b.id)
  const of = (...statuses: readonly string[]) => sorted.filter(({ status }) => statuses.includes(status))
  const answersHere = (one: ListedTransfer) => one.status === 'approved' || isIncoming(one, province)
  return {
    asked: of('requested').filter((one) => !answersHere(one)),
    toAccept: of('requested', 'approved').filter(answersHere),
    held: of('accepted', 'transport'),
    onTheRoad: of('en_route'),
  }
}

/** What stands on the page: who waits with nobody asked yet, and the transfers by where they wait. */
export const TABS = ['waiting', ...STAGES] as const
export type Tab = (typeof TABS)[number]

/** Somebody who needs a place and has none, and for whom nobody has been asked. */
export type Waiting = Urgency & {
  readonly id: number
  /** 6 digits, or 4 when no sub-district is known */
  readonly place: string
  readonly district: string
  readonly level: BedLevel
  /** ms since 1970: when the person last added something to their request */
  readonly heardAt: number | null
}

type Board = {
  readonly cases: readonly RowObject<'case'>[]
  readonly needs: readonly RowObject<'need'>[]
  readonly transfers: readonly RowObject<'transfer'>[]
}

/** The most urgent first, and of these who has waited longest. @param area within it alone */
export function waitingOf({ cases, needs, transfers }: Board, area: string): Waiting[] {
  const since = new Map(needs.flatMap((need) => (need.kind === 'bed' ? [[need.caseId, need.openedAt]] : [])))
  const asked = new Set(transfers.map(({ caseId }) => caseId))
  return cases
    .flatMap((row) => {
      const waitingSince = since.get(row.id)
      if (waitingSince === undefined || asked.has(row.id) || !row.district.startsWith(area)) return []
      const { severity, risk608, place, district, heardAt } = row
      return [
        { id: Number(row.id), severity, risk608, place, district, heardAt, level: LEVEL_FOR[severity], waitingSince },
      ]
    })
    .sort((a, b) => compareUrgency(a, b) || a.id - b.id)
}
