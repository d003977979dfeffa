import type { Unit, Value } from '../../../hub/contract/indicators/indicator.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { panelWords } from './words.ts'

const HOUR_MIN = 60
const DAY_MIN = 24 * HOUR_MIN

/** A value of an indicator in its unit; a wait in the unit a person would use. */
export function useValueText(): (unit: Unit, value: number) => string {
  const { format } = useLanguage()
  const t = useWords(panelWords)
  const tenths = (value: number) => format().number(value, Number.isInteger(value) ? 0 : 1)
  return (unit, value) => {
    if (unit === 'share') return format().percent(value)
    if (unit === 'change') return `${format().signed(Math.round(value * 100))} %`
    if (unit === 'ratio') return format().number(value, 2)
    if (unit === 'days') return t('definitionOf.days', tenths(value))
    if (unit === 'minutes') {
      if (value < 2 * HOUR_MIN) return t('definitionOf.minutes', format().number(Math.round(value)))
      if (value < 2 * DAY_MIN) return t('definitionOf.hours', tenths(value / HOUR_MIN))
      return t('definitionOf.days', tenths(value / DAY_MIN))
    }
    return format().number(value, unit === 'per100k' && value < 10 && !Number.isInteger(value) ? 1 : 0)
  }
}

/** The 95 % interval of an estimate in brackets; nothing of a value that has none. */
export function useInterval(): (unit: Unit, value: Value) => string {
  const text = useValueText()
  return (unit, { low, high }) =>
    low === undefined ? '' : `(${text(unit, low)} – ${high == null ? '∞' : text(unit, high)})`
}
