import { useWords } from '../i18n/language.tsx'
import type { Choice } from './indicators.ts'
import { useSubject } from './subject.tsx'
import { panelWords } from './words.ts'

/** What the chosen number is, in words; districts are counted, provinces are rated. */
export function useDefinition(): (choice: Choice) => string {
  const t = useWords(panelWords)
  const { kind } = useSubject()
  return ({ indicator, level }) => {
    if (indicator === 'occupancy') return t('definition.occupancy', level)
    return kind === 'nation' ? t(`definition.${indicator}`) : t(`definitionCount.${indicator}`)
  }
}
