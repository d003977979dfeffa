/** What a person can tick. The order is that of the form: the worst first. */
export const SYMPTOMS = [
  'cannot_finish_sentence',
  'constant_chest_tightness',
  'drowsy',
  'breathless_on_exertion',
  'pneumonia',
  'fever',
  'cough',
  'sore_throat',
  'no_smell_or_taste',
  'diarrhoea',
  'none',
] as const
export type Symptom = (typeof SYMPTOMS)[number]

export const RISKS_608 = ['age60', 'disease7', 'pregnant'] as const
export type Risk608 = (typeof RISKS_608)[number]

/** Up to here an age is told in months, as whoever cares for an infant does. */
export const INFANT_MONTHS_MAX = 35

/** @param today `YYYY-MM-DD`. @returns months since the month of birth; negative when that is still to come */
export function monthsOld(birthYear: number, birthMonth: number, today: string): number {
  return (Number(today.slice(0, 4)) - birthYear) * 12 + Number(today.slice(5, 7)) - birthMonth
}

export const SEXES = ['female', 'male', 'other', 'unknown'] as const
export type Sex = (typeof SEXES)[number]
