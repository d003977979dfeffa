import type { IndicatorTexts } from '../../../hub/contract/indicators/words.ts'
import { INDICATORS_EN } from '../../../hub/contract/indicators/words-en.ts'
import { INDICATORS_TH } from '../../../hub/contract/indicators/words-th.ts'
import { useLanguage } from './language.tsx'

/** The dictionary's own words in the language of the screen. They are long: for pages and dialogs that come when asked for. */
export function useIndicatorTexts(): () => IndicatorTexts {
  const { language } = useLanguage()
  return () => (language() === 'th' ? INDICATORS_TH : INDICATORS_EN)
}
