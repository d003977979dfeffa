import { INDICATORS, type IndicatorId, type Tone } from '../../../../../hub/contract/indicators/index.ts'
import type { Options, Unit, Value } from '../../../../../hub/contract/indicators/indicator.ts'
import type { NumberRow } from '../../../panels/numberRows.ts'

/** A number of the dictionary that has become worse. */
export type Worse = {
  readonly id: IndicatorId
  readonly asked: Options
  readonly before: number
  readonly now: number
  readonly tone: Tone
}

type Read = (id: IndicatorId, asked: Options) => Pick<Value, 'value'>
type World = {
  now: Read
  before: Read
  tone(id: IndicatorId, value: number): Tone
  /** as it is shown: a difference that nobody can see is none */
  text(unit: Unit, value: number): string
}

const TONES: readonly Tone[] = ['alarm', 'watch', 'normal']

/** What is worse than before, the most abnormal first, then what has changed most: of each subject (`waiting`, `beds`, …) the worst. */
export function worseNumbers(rows: readonly NumberRow[], { now, before, tone, text }: World): readonly Worse[] {
  const found = rows.flatMap(({ id, asked }) => {
    const { worse, unit } = INDICATORS[id]
    if (worse === 'neither') return []
    return asked.flatMap((options): Worse[] => {
      const [is, was] = [now(id, options).value, before(id, options).value]
      if (is === null || was === null) return []
      const grew = worse === 'higher' ? is > was : is < was
      return grew && text(unit, is) !== text(unit, was)
        ? [{ id, asked: options, before: was, now: is, tone: tone(id, is) }]
        : []
    })
  })
  found.sort((a, b) => TONES.indexOf(a.tone) - TONES.indexOf(b.tone) || changeOf(b) - changeOf(a))
  const seen = new Set<string>()
  return found.filter(({ id }) => {
    const subject = id.split('.', 1)[0] ?? id
    return !seen.has(subject) && seen.add(subject)
  })
}

function changeOf({ now, before }: Worse): number {
  return Math.abs(now - before) / Math.max(Math.abs(before), 1)
}
