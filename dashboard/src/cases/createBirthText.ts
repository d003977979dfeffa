import { INFANT_MONTHS_MAX, monthsOld } from '../../../hub/contract/vocabulary/people.ts'
import { screenNow } from '../clock.ts'
import { bangkokDay } from '../i18n/format.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { personWords } from '../i18n/personWords.ts'

export type Born = { readonly birthYear: number | null; readonly birthMonth: number | null }

/**
 * The birth of a person as it is read aloud: of an infant the age in months, which the year alone does not say.
 * @returns `1980`; `5 months old (Jun 2026)`; `under 1 year old (2026)` where no month was told
 */
export function createBirthText(): (born: Born) => string | null {
  const words = useWords(personWords)
  const { format, language } = useLanguage()
  return ({ birthYear, birthMonth }) => {
    if (birthYear === null) return null
    const today = bangkokDay(screenNow())
    if (birthMonth === null)
      return Number(today.slice(0, 4)) === birthYear ? `${words('underOne')} (${birthYear})` : String(birthYear)
    const months = monthsOld(birthYear, birthMonth, today)
    const born = `${format().monthShort(`${birthYear}-${String(birthMonth).padStart(2, '0')}-01`)} ${yearIn(language(), birthYear)}`
    return months >= 0 && months <= INFANT_MONTHS_MAX ? `${words('months', String(months))} (${born})` : born
  }
}

/** Beside the name of a Thai month stands a year of the Buddhist era, as in every day that is shown. */
const yearIn = (language: string, year: number) => (language === 'th' ? year + 543 : year)
