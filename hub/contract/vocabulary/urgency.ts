import type { NeedKind } from './needs.ts'
import type { Severity } from './severity.ts'

/** What the order of a board depends on. */
export type Urgency = {
  readonly severity: Severity
  readonly risk608: boolean
  /** ms since 1970: when the oldest open need began to wait */
  readonly waitingSince: number
}

/** Nobody has triaged `unknown`: it may be anything, so it stands before green. */
const CLASS: Readonly<Record<Severity, number>> = { red: 0, yellow: 1, unknown: 2, green: 3 }

/** 0 the most urgent, in steps of one half: severity, and within it the 608 group first. */
export function urgencyClass({ severity, risk608 }: Pick<Urgency, 'severity' | 'risk608'>): number {
  return CLASS[severity] + (risk608 ? 0 : 0.5)
}

/** For sort(): the most urgent first, then who has waited longest. */
export function compareUrgency(a: Urgency, b: Urgency): number {
  return urgencyClass(a) - urgencyClass(b) || a.waitingSince - b.waitingSince
}

/** Of the needs of one case, which cannot wait: breath, a place of care and the way there, then the rest. */
const NEED_CLASS: Readonly<Record<NeedKind, number>> = {
  oxygen: 0,
  bed: 1,
  transport: 2,
  medicine: 3,
  food: 4,
  test: 5,
  funeral: 6,
}

export function needClass(kind: NeedKind): number {
  return NEED_CLASS[kind]
}
