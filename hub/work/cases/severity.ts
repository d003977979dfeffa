import type { Risk608, Symptom } from '../../contract/vocabulary/people.ts'
import type { CarePlace, Severity } from '../../contract/vocabulary/severity.ts'
import { SPO2_LOW_BELOW } from '../../contract/vocabulary/severity.ts'
import { type Refused, refuse } from '../command/refusal.ts'

const RED: readonly Symptom[] = ['cannot_finish_sentence', 'constant_chest_tightness', 'drowsy']
const YELLOW: readonly Symptom[] = ['breathless_on_exertion', 'pneumonia']

export type Complaint = {
  readonly symptoms: readonly Symptom[]
  readonly risks: readonly Risk608[]
  /** per cent, when there is an oximeter */
  readonly spo2?: number | undefined
}

/** A sign that somebody is in danger now, whoever told of it. */
export function hasDangerSign({ symptoms, spo2 }: Complaint): boolean {
  return symptoms.some((symptom) => RED.includes(symptom)) || (spo2 !== undefined && spo2 < SPO2_LOW_BELOW)
}

/** docs/DOMAIN.md, "Triage". A suggestion: a nurse's word replaces it. Nothing said is `unknown`, not green. */
export function suggestSeverity(complaint: Complaint): Severity {
  const { symptoms, risks, spo2 } = complaint
  if (hasDangerSign(complaint)) return 'red'
  if (risks.length > 0 || symptoms.some((symptom) => YELLOW.includes(symptom))) return 'yellow'
  return symptoms.length > 0 || spo2 !== undefined ? 'green' : 'unknown'
}

/** What was said, and when; ms since 1970. */
export type Said = Complaint & { readonly at: number }

const RANK: Readonly<Record<Severity, number>> = { red: 2, unknown: 2, yellow: 1, green: 0 }

/**
 * Whether `to` is said against danger signs: milder than the case is, or than signs that came after its severity was
 * decided. One tap made "cannot finish a sentence" yellow, and nobody knew why.
 */
export function wantsReason(
  current: { readonly severity: Severity; readonly severityAt: number },
  to: Severity,
  said: readonly Said[],
): boolean {
  const danger = said.filter(hasDangerSign)
  if (to === 'red' || danger.length === 0) return false
  return RANK[to] < RANK[current.severity] || danger.some(({ at }) => at > current.severityAt)
}

export type Triage = {
  readonly severity: Severity
  readonly carePlace: CarePlace
  /** who takes the responsibility that a red case stays in home isolation */
  readonly override: string | null
  /** the case has to be moved: it goes to the queue for beds */
  readonly move: boolean
}

/**
 * Severity moves both ways. A case at home that turns red goes to the queue for beds at once, unless somebody named
 * overrides it: red cannot stay in HI.
 */
export function decideTriage(
  current: { readonly severity: Severity; readonly carePlace: CarePlace },
  to: Severity,
  override: string | null,
): ({ readonly ok: true } & Triage) | Refused {
  if (to === 'unknown') return refuse('not_possible', { severity: to })
  const redAtHome = to === 'red' && current.carePlace === 'hi'
  const move = redAtHome && override === null
  return {
    ok: true,
    severity: to,
    carePlace: move ? 'waiting' : current.carePlace,
    override: redAtHome ? override : null,
    move,
  }
}
