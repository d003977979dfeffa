import { useIndicatorTexts } from '../../i18n/indicatorTexts.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import type { ListFilter } from './filter.ts'
import { indicatorOfMetric } from './indicatorOfMetric.ts'
import { useNames } from './names.ts'
import { listWords } from './words.ts'

/** What a number counts, in words: the rule of hub/situation/counted.ts as a sentence. */
export function createDefinition(filter: () => ListFilter): () => string {
  const t = useWords(listWords)
  const { format } = useLanguage()
  const texts = useIndicatorTexts()
  const names = useNames()
  const text = (metric: string) => {
    const id = indicatorOfMetric(metric)
    return id && texts().indicators[id].definition
  }
  const when = () => {
    const { day, days } = filter()
    if (day === '') return t('when.always')
    const text = format().day(day)
    return Number(days) > 1 ? t('when.days', days, text) : t('when.day', text)
  }
  return () => {
    const { metric } = filter()
    const [stem, first, second] = metric.split('.')
    if (metric === '') return t('definition.all')
    if (metric === 'cases' || metric === 'deaths' || metric === 'recovered') return t(`definition.${metric}`, when())
    if (metric === 'cases.total') return t('definition.casesTotal')
    if (metric === 'deaths.total') return t('definition.deathsTotal')
    if (stem === 'waiting') return t('definition.waiting', names.severityOf(first))
    if (stem === 'unclaimed') return t('definition.unclaimed', names.severityOf(first))
    if (stem === 'care') return t('definition.care', names.placeOf(first), names.severityOf(second))
    if (stem === 'needs') return t('definition.needs', names.needOf(first))
    if (stem === 'beds' && first !== 'late')
      return t('definition.beds', names.bedsOf(metric).state, names.bedsOf(metric).level)
    if (metric === 'doses.points') return t('definition.points', when())
    if (stem === 'given') return t('definition.doses', names.number(metric), t('when.always'))
    if (stem === 'doses') {
      return t('definition.doses', names.number(metric), first === 'total' ? t('when.always') : when())
    }
    if (stem === 'tests' || stem === 'positive') return t('definition.tests', when())
    return text(metric) ?? t('definition.other', metric)
  }
}
