import { compareUrgency, type Urgency } from '../../../../hub/contract/vocabulary/urgency.ts'
import type { ListedTransfer } from '../../api/cases.ts'

/** Where a transfer under way waits: for an approval, for the destination, for the road. */
export const STAGES = ['asked', 'toAccept', 'onTheRoad'] as const
export type Stage = (typeof STAGES)[number]

function urgencyOf({ case: about, requestedAt }: ListedTransfer): Urgency {
  return { severity: about?.severity ?? 'unknown', risk608: about?.risk608 ?? false, waitingSince: requestedAt }
}

/** The most urgent first, and of these who has waited longest. */
export function stagesOf(all: readonly ListedTransfer[]): Readonly<Record<Stage, readonly ListedTransfer[]>> {
  const sorted = [...all].sort((a, b) => compareUrgency(urgencyOf(a), urgencyOf(b)) || a.id - b.id)
  const of = (...statuses: readonly string[]) => sorted.filter(({ status }) => statuses.includes(status))
  return { asked: of('requested'), toAccept: of('approved'), onTheRoad: of('accepted', 'transport', 'en_route') }
}
