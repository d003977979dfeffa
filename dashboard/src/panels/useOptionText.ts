import type { Options } from '../../../hub/contract/indicators/indicator.ts'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import { facilityWords } from '../pages/facility/words.ts'
import { panelWords } from './words.ts'

/** What an indicator is asked by, in words. */
export function useOptionText(): (asked: Options) => string | undefined {
  const t = useWords(panelWords)
  const common = useWords(commonWords)
  const facility = useWords(facilityWords)
  return ({ level, severity, dose, group, knownGroup, vaccine, test, site, item }) => {
    if (level !== undefined) return `${t('beds.level')} ${level}`
    if (severity !== undefined) return common(`severity.${severity}`)
    if (dose !== undefined) return t('doses.byDose', dose)
    const of = group ?? knownGroup
    if (of !== undefined) return facility(`group.${of}`)
    if (vaccine !== undefined) return facility(`vaccine.${vaccine}`)
    if (item !== undefined) return facility(`item.${item}`)
    if (test !== undefined) return test === 'pcr' ? 'RT-PCR' : 'ATK'
    return site === undefined ? undefined : t(`facilities.kind.${site}`)
  }
}
