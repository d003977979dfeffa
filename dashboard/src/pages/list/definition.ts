import { CARE_PLACES, NEED_KINDS, SEVERITIES } from '../../../../hub/wire/metrics.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { ListFilter } from './cases.ts'
import { listWords } from './words.ts'

/** What a number counts, in words: the rule of hub/situation/counted.ts as a sentence. */
export function createDefinition(filter: () => ListFilter): () => string {
  const t = useWords(listWords)
  const common = useWords(commonWords)
  const need = useWords(caseWords)
  const { format } = useLanguage()
  const severityName = (code: string | undefined) => {
    const severity = SEVERITIES.find((known) => known === code)
    return severity ? common(`severity.${severity}`) : String(code)
  }
  const placeName = (code: string | undefined) => {
    const place = CARE_PLACES.find((known) => known === code)
    if (!place) return String(code)
    return place === 'unknown' || place === 'waiting' || place === 'discharged'
      ? t(`care.${place}`)
      : common(`care.${place}`)
  }
  const needName = (code: string | undefined) => {
    const kind = NEED_KINDS.find((known) => known === code)
    return kind ? need(`need.${kind}`) : String(code)
  }
  return () => {
    const { metric, day } = filter()
    const [stem, first, second] = metric.split('.')
    const onDay = day === '' ? '–' : format().day(day)
    if (metric === '') return t('definition.all')
    if (metric === 'cases') return t('definition.cases', onDay)
    if (metric === 'cases.total') return t('definition.casesTotal')
    if (metric === 'deaths') return t('definition.deaths', onDay)
    if (metric === 'deaths.total') return t('definition.deathsTotal')
    if (metric === 'recovered') return t('definition.recovered', onDay)
    if (stem === 'waiting') return t('definition.waiting', severityName(first))
    if (stem === 'care') return t('definition.care', placeName(first), severityName(second))
    if (stem === 'needs') return t('definition.needs', needName(first))
    return t('definition.other', metric)
  }
}
