import type { Stage } from '../../contract/vocabulary/stages.ts'
export const STAGE_EVENTS = [
  'verify',
  'mark_duplicate',
  'invalidate',
  'triage',
  'queue',
  'contact',
  'admit',
  'monitor',
  'escalate',
  'close',
  'reopen',
] as const
export type StageEvent = (typeof STAGE_EVENTS)[number]

const NEVER = null

/** Always possible while a case is alive; a stage that has come further does not fall back for them. */
const alive = (stage: Stage) =>
  ({
    verify: stage,
    mark_duplicate: 'duplicate',
    invalidate: 'invalid',
    triage: stage,
    queue: 'waiting',
    contact: stage,
    admit: 'in_care',
    monitor: 'monitoring',
    escalate: stage,
    close: 'closed',
    reopen: NEVER,
  }) as const

const ENDED: Readonly<Record<StageEvent, Stage | null>> = {
  verify: NEVER,
  mark_duplicate: NEVER,
  invalidate: NEVER,
  triage: NEVER,
  queue: NEVER,
  contact: NEVER,
  admit: NEVER,
  monitor: NEVER,
  escalate: 'verified',
  close: NEVER,
  reopen: 'verified',
}

/**
 * Stage × event. Claims are an axis of their own (need.ts) and move no stage. A case is escalated from any stage; one
 * that had ended is open again by it.
 */
export const STAGE_NEXT: Readonly<Record<Stage, Readonly<Record<StageEvent, Stage | null>>>> = {
  reported: { ...alive('reported'), verify: 'verified', triage: 'triaged', contact: 'contacted' },
  verified: { ...alive('verified'), triage: 'triaged', contact: 'contacted' },
  triaged: { ...alive('triaged'), contact: 'contacted' },
  waiting: { ...alive('waiting'), contact: 'contacted' },
  contacted: alive('contacted'),
  in_care: alive('in_care'),
  monitoring: alive('monitoring'),
  duplicate: ENDED,
  invalid: ENDED,
  closed: ENDED,
}

export function hasEnded(stage: Stage): boolean {
  return stage === 'closed' || stage === 'duplicate' || stage === 'invalid'
}
