import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName, type Subject } from '../../panels/subject.tsx'
import { wallWords } from './words.ts'

/** The name of a wall's place in the language of the screen; of a district with its province. */
export function usePlaceName(): (subject: Subject) => string {
  const t = useWords(wallWords)
  const { language } = useLanguage()
  return ({ place, area, province, district, facility }) => {
    if (place === 'nation') return t('nation')
    if (place === 'region') return t('region', String(Number(area.slice(1))))
    const names = [facility?.(), facility ? undefined : district, province].flatMap((each) =>
      each ? [placeName(each, language())] : [],
    )
    return names.join(', ')
  }
}
