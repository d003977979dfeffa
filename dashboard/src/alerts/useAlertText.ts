import { INDICATORS, isIndicator } from '../../../hub/contract/indicators/index.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { useValueText } from '../panels/valueText.ts'
import { alertWords } from './alertWords.ts'

/** A number of what a rule watches, in its unit. @param indicator of the dictionary, or one of ALERT_MEASURES */
export function useAlertNumber(): (indicator: string, value: number) => string {
  const t = useWords(alertWords)
  const { format } = useLanguage()
  const text = useValueText()
  return (indicator, value) => {
    if (isIndicator(indicator)) return text(INDICATORS[indicator].unit, value)
    if (indicator === 'system.messages') return format().percent(value)
    const rounded = format().number(Math.floor(value))
    if (indicator === 'silence.facility') return t('unit.hours', rounded)
    if (indicator === 'help.unverified') return t('unit.minutes', rounded)
    return t(indicator === 'silence.reports' ? 'unit.days' : 'unit.seconds', rounded)
  }
}

/** What an alert is called, in the language of the screen. */
export function useAlertName(): (alert: { readonly nameTh: string; readonly nameEn: string }) => string {
  const { language } = useLanguage()
  return ({ nameTh, nameEn }) => (language() === 'th' ? nameTh : nameEn)
}
