import { provinceOf } from '../../../../hub/contract/vocabulary/areas.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { placeName, useSubject } from '../../panels/subject.tsx'
import { transferWords } from '../case/transferWords.ts'

type Facility = { readonly district: string; readonly nameTh: string; readonly nameEn: string }

/** What a facility is called here: one of another province with its province. */
export function useNames() {
  const words = useWords(transferWords)
  const { language } = useLanguage()
  const { provinces, area } = useSubject()
  const province = (code: string): string => {
    const found = provinces.find((each) => each.code === code)
    return found ? placeName(found, language()) : code
  }
  const facility = (one: Facility): string => {
    const name = placeName(one, language())
    const code = provinceOf(one.district)
    return code === area ? name : words('elsewhere', name, province(code))
  }
  return { province, facility }
}
