import type { Family, IndicatorId } from './index.ts'
import type { Adds, Note, Source, Unit, Why } from './indicator.ts'

/** What an indicator is, for whoever doubts its number. */
export type IndicatorWords = {
  readonly name: string
  /** in plain words, with what it leaves out */
  readonly definition: string
  readonly formula: string
}

/** Everything that is said of indicators, in one language; total, so that the compiler asks for what is missing. */
export type IndicatorTexts = {
  readonly families: Readonly<Record<Family, string>>
  readonly indicators: Readonly<Record<IndicatorId, IndicatorWords>>
  readonly units: Readonly<Record<Unit, string>>
  readonly whys: Readonly<Record<Why, string>>
  readonly notes: Readonly<Record<Note, string>>
  readonly adds: Readonly<Record<Adds, string>>
  readonly sources: Readonly<Record<Source, string>>
}
