import { BED_LEVELS, BED_STATES } from '../../../../hub/contract/vocabulary/beds.ts'
import { TARGET_GROUPS, VACCINES } from '../../../../hub/contract/vocabulary/doses.ts'
import { FACILITY_KINDS } from '../../../../hub/contract/vocabulary/facilities.ts'
import { NEED_KINDS } from '../../../../hub/contract/vocabulary/needs.ts'
import { CARE_PLACES, type CarePlace, SEVERITIES } from '../../../../hub/contract/vocabulary/severity.ts'
import { STOCK_ITEMS } from '../../../../hub/contract/vocabulary/stock.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { commonWords } from '../../i18n/common.ts'
import { useWords } from '../../i18n/language.tsx'
import { facilityWords } from '../facility/words.ts'
import { listWords } from './words.ts'

/** Numbers one can ask for on the page itself; every other comes from the screen that shows it. */
export const OFFERED = [
  '',
  'cases',
  'cases.total',
  'deaths',
  'deaths.total',
  'recovered',
  'waiting',
  'unclaimed',
  'care',
  ...(['occupied', 'available', 'staffed'] as const).flatMap((state) =>
    [...BED_LEVELS].reverse().map((level) => `beds.${state}.${level}` as const),
  ),
  'doses',
  'doses.late',
  'doses.corrected',
  'doses.total',
  'doses.points',
  'tests',
  'positive',
] as const

const FLOWS = [
  ...['cases', 'deaths', 'recovered', 'doses', 'tests', 'positive'],
  ...['claims', 'occupied', 'corrected', 'late'],
]

/** Whether a metric is counted by day. */
export function isFlow(metric: string): boolean {
  const [stem = '', rest] = metric.split('.')
  return FLOWS.includes(stem) && rest !== 'total'
}

/** Level and state of a metric of beds: `2.1` keeps its dot. */
function bedsOf(metric: string) {
  const [, state, ...level] = metric.split('.')
  return { state: BED_STATES.find((known) => known === state), level: level.join('.') }
}

/** The parts of a number in words. */
export function useNames() {
  const t = useWords(listWords)
  const common = useWords(commonWords)
  const need = useWords(caseWords)
  const facility = useWords(facilityWords)
  const place = (code: CarePlace) =>
    code === 'unknown' || code === 'waiting' || code === 'discharged' ? t(`care.${code}`) : common(`care.${code}`)
  const names = {
    place,
    placeOf: (code: string | undefined) => {
      const known = CARE_PLACES.find((one) => one === code)
      return known ? place(known) : t('any')
    },
    severityOf: (code: string | undefined) => {
      const known = SEVERITIES.find((one) => one === code)
      return known ? common(`severity.${known}`) : t('any')
    },
    groupOf: (code: string | undefined) => {
      const known = TARGET_GROUPS.find((one) => one === code)
      return known ? facility(`group.${known}`) : t('any')
    },
    vaccineOf: (code: string | undefined) => {
      const known = VACCINES.find((one) => one === code)
      return known ? facility(`vaccine.${known}`) : t('any')
    },
    kindOf: (code: string | undefined) => {
      const known = FACILITY_KINDS.find((one) => one === code)
      return known ? facility(`kind.${known}`) : t('any')
    },
    itemOf: (code: string | undefined) => {
      const known = STOCK_ITEMS.find((one) => one === code)
      return known ? facility(`item.${known}`) : t('any')
    },
    needOf: (code: string | undefined) => {
      const known = NEED_KINDS.find((one) => one === code)
      return known ? need(`need.${known}`) : t('any')
    },
    bedsOf: (metric: string) => {
      const { state, level } = bedsOf(metric)
      return { state: state ? t(`bedState.${state}`) : t('any'), level }
    },
    /** A number by its name. */
    number: (metric: string): string => {
      const [stem, first, second] = metric.split('.')
      const fixed = FIXED[metric]
      if (fixed) return t(`number.${fixed}`)
      if (stem === 'beds' && first === 'late') return t('number.bedsLate', bedsOf(metric).level)
      if (stem === 'stock') return t(first === 'short' ? 'number.stockShort' : 'number.stock', names.itemOf(second))
      if (stem === 'occupied') return t('number.beds', t('bedState.occupied'), metric.slice(stem.length + 1))
      if (stem === 'beds') return t('number.beds', names.bedsOf(metric).state, bedsOf(metric).level)
      if (stem === 'waiting' || stem === 'unclaimed' || stem === 'uncontacted' || stem === 'uncalled')
        return `${t(`number.${stem}`)}: ${names.severityOf(first)}`
      if (stem === 'care') return `${names.placeOf(first)}: ${names.severityOf(second)}`
      if (stem === 'needs') return t('number.needs', names.needOf(first))
      if (stem === 'given') return `${t('number.dose', second ?? '')}: ${names.groupOf(first)}`
      if (first === 'vaccine') return `${t('number.doses')}: ${names.vaccineOf(second)}`
      if (first === 'group') return `${t('number.doses')}: ${names.groupOf(second)}`
      if (stem === 'sites')
        return `${t(first === 'late' ? 'number.sitesLate' : 'number.sites')}: ${names.kindOf(first === 'late' ? second : first)}`
      if (stem === 'contact')
        return t('number.contactWithin', first === 'later' ? undefined : Number.parseInt(first ?? '', 10))
      if (stem === 'claims') return `${t('number.claims')}: ${first}`
      if (stem === 'doses') return t('number.dose', (first === 'total' ? second : first) ?? '')
      if (stem === 'tests' || stem === 'positive') return `${t(`number.${stem}`)}: ${(first ?? '').toUpperCase()}`
      return metric
    },
  }
  return names
}

type FixedName = Exclude<
  keyof typeof listWords.en.number,
  'label' | 'needs' | 'beds' | 'bedsLate' | 'dose' | 'stock' | 'stockShort'
>

const FIXED: Readonly<Record<string, FixedName>> = {
  '': 'everyone',
  claims: 'claims',
  sites: 'sites',
  'sites.late': 'sitesLate',
  cases: 'cases',
  'cases.total': 'casesTotal',
  deaths: 'deaths',
  'deaths.total': 'deathsTotal',
  recovered: 'recovered',
  waiting: 'waiting',
  unclaimed: 'unclaimed',
  lapsed: 'lapsed',
  uncontacted: 'uncontacted',
  uncalled: 'uncalled',
  contact: 'contact',
  'late.cases': 'lateCases',
  'late.deaths': 'lateDeaths',
  'corrected.cases': 'correctedCases',
  'corrected.deaths': 'correctedDeaths',
  'corrected.beds': 'correctedBeds',
  care: 'care',
  doses: 'doses',
  'doses.late': 'dosesLate',
  'doses.corrected': 'dosesCorrected',
  'doses.total': 'dosesTotal',
  planned: 'dosesPlanned',
  'doses.points': 'points',
  tests: 'tests',
  positive: 'positive',
}
