import { addCaseEvent, type EventDetails } from '../../../db/queries/case-events.ts'
import type { CommandContext } from './run.ts'

export type Happening = {
  readonly caseId: number
  readonly needId?: number
  readonly district: string
  readonly kind: string
  readonly details?: EventDetails
  /** ms since 1970; now, when the source says nothing */
  readonly sourceAt?: number | undefined
}

/** Adds to the history what the commander did. @returns the event's id. */
export function record({ trx, by, at, key }: CommandContext, happening: Happening): Promise<number> {
  const { sourceAt, ...event } = happening
  return addCaseEvent(trx, {
    ...event,
    actor: by.account,
    actorLabel: by.label,
    sourceAt: sourceAt === undefined ? at : new Date(sourceAt),
    recordedAt: at,
    idempotencyKey: key,
  })
}
