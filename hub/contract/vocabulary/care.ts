import type { Symptom } from './people.ts'

/** What somebody in care at home says to "how are you", the best first. */
export const FEELINGS = ['better', 'same', 'worse', 'breathless', 'cannot_finish_sentence'] as const
export type Feeling = (typeof FEELINGS)[number]

/** °C. From here on it is a fever. */
export const FEVER_FROM = 37.5

export type CheckValues = {
  readonly feeling: Feeling
  /** per cent */
  readonly spo2?: number | undefined
  /** °C */
  readonly temperature?: number | undefined
}

/** A check as triage knows it. */
export function symptomsOfCheck({ feeling, temperature }: CheckValues): readonly Symptom[] {
  const fever: readonly Symptom[] = temperature !== undefined && temperature >= FEVER_FROM ? ['fever'] : []
  if (feeling === 'breathless') return ['breathless_on_exertion', ...fever]
  if (feeling === 'cannot_finish_sentence') return ['cannot_finish_sentence', ...fever]
  return fever
}

/** What somebody in care at home is owed. */
export const CARE_ITEMS = ['call', 'oximeter', 'thermometer', 'meals', 'medicine'] as const
export type CareItem = (typeof CARE_ITEMS)[number]
/** Lent, and returned. */
export const KITS = ['oximeter', 'thermometer'] as const
export type Kit = (typeof KITS)[number]
export const isKit = (item: CareItem): item is Kit => KITS.some((kit) => kit === item)

/** Where people are looked after without a ward: `waiting` too, for who turned red at home and has no bed yet. */
export const AT_HOME = ['hi', 'ci'] as const
