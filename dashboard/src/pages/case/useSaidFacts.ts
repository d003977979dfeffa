import type { Complaint } from '../../api/cases.ts'
import { checkWords } from '../../care/careWords.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { useWords } from '../../i18n/language.tsx'
import { personWords } from '../../i18n/personWords.ts'

/** What was said in a daily check stands with the check. */
export function saidBeside({ said, checks }: Complaint): Complaint['said'] {
  const times = new Set(checks.map(({ at }) => at))
  return said.filter(({ at }) => !times.has(at))
}

/** @returns what a person said, and what a daily check told, in words */
export function useSaidFacts() {
  const names = useWords(caseWords)
  const check = useWords(checkWords)
  const person = useWords(personWords)
  const saturation = (spo2: number | null) => (spo2 === null ? [] : [`SpO₂ ${spo2} %`])
  const ageText = ({ age, ageMonths }: Complaint['said'][number]) => {
    if (ageMonths !== null) return [person('months', String(ageMonths))]
    if (age === null) return []
    return [age === 0 ? person('underOne') : person('years', String(age))]
  }
  return {
    said: (said: Complaint['said'][number]) => [
      ...said.symptoms.map((each) => names(`symptom.${each}`)),
      ...saturation(said.spo2),
      ...said.risks.map((each) => names(`risk.${each}`)),
      ...ageText(said),
    ],
    check: ({ feeling, spo2, temperature }: Complaint['checks'][number]) => [
      check(`feeling.${feeling}`),
      ...saturation(spo2),
      ...(temperature === null ? [] : [`${temperature} °C`]),
    ],
  }
}
