import type { Symptom } from '../../../hub/contract/vocabulary/people.ts'

/** @returns the values without this one, or with it as the last. */
export function toggled<T>(values: readonly T[], value: T, on: boolean): readonly T[] {
  const others = values.filter((one) => one !== value)
  return on ? [...others, value] : others
}

/** "None of these" and a symptom contradict each other: the later word counts. */
export function toggleSymptom(symptoms: readonly Symptom[], symptom: Symptom, on: boolean): readonly Symptom[] {
  if (on && symptom === 'none') return ['none']
  return toggled(on ? symptoms.filter((one) => one !== 'none') : symptoms, symptom, on)
}
