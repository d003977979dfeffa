import { describe, expect, it } from 'vitest'
import { BED_LEVELS } from '../vocabulary/beds.ts'
import { addDays } from '../vocabulary/days.ts'
import { DOSE_NUMBERS, KNOWN_GROUPS, TARGET_GROUPS, VACCINES } from '../vocabulary/doses.ts'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'
import { DAY_METRICS, REPORT_METRICS, RESIDENT_METRICS, STOCK_METRICS } from '../vocabulary/metrics.ts'
import { SEVERITIES } from '../vocabulary/severity.ts'
import { STOCK_ITEMS } from '../vocabulary/stock.ts'
import type { Cells } from './cells.ts'
import { INDICATOR_IDS, INDICATORS, type IndicatorId, toneOf } from './index.ts'
import type { Option, Options, Subject, Value } from './indicator.ts'
import { INDICATORS_EN } from './words-en.ts'
import { INDICATORS_TH } from './words-th.ts'

const TODAY = '2021-11-11'
const NOW = Date.UTC(2021, 10, 11, 5)
const HOUR = 3_600_000

type Held = Readonly<Record<string, number>>
const cellsOf =
  (held: Held): Cells =>
  (column, area) =>
    held[`${column}|${area}`] ?? 0
/** A province of a million; it reports itself. */
const PROVINCE: Subject = { code: '50', population: 1_000_000, parts: [] }
/** A nation of three provinces. */
const NATION: Subject = { code: 'TH', population: 4_000_000, parts: [{ code: '10' }, { code: '50' }, { code: '83' }] }

/** The days that end `skip` days before today, oldest first. */
const daily = (metric: string, area: string, values: readonly number[], skip = 0): Held =>
  Object.fromEntries(
    values.map((value, i) => [`${metric}@${addDays(TODAY, i - values.length + 1 - skip)}|${area}`, value]),
  )

const METRICS: ReadonlySet<string> = new Set([...DAY_METRICS, ...REPORT_METRICS, ...RESIDENT_METRICS, ...STOCK_METRICS])
const OPTION_VALUES: Readonly<Record<Option, readonly unknown[]>> = {
  level: BED_LEVELS,
  severity: SEVERITIES,
  dose: DOSE_NUMBERS,
  group: TARGET_GROUPS,
  knownGroup: KNOWN_GROUPS,
  vaccine: VACCINES,
  test: ['pcr', 'atk'],
  site: FACILITY_KINDS,
  item: STOCK_ITEMS,
}

type Example = {
  readonly id: IndicatorId
  readonly says: string
  readonly held: Held
  readonly subject?: Subject
  readonly options?: Options
  readonly is: Partial<Value>
}

const week = [10, 20, 30, 40, 50, 60, 70] as const // 280
const EXAMPLES: readonly Example[] = [
  {
    id: 'cases.day',
    says: '7 of Chiang Mai; Bangkok said 0; Phuket said nothing',
    held: {
      [`cases@${TODAY}|TH`]: 7,
      [`cases@${TODAY}|50`]: 7,
      [`reported.cases@${TODAY}|10`]: 1,
      [`reported.cases@${TODAY}|TH`]: 1,
    },
    subject: NATION,
    is: { value: 7, parts: 3, reported: 2 },
  },
  {
    id: 'cases.day',
    says: 'a zero that was said is a number',
    held: { [`reported.cases@${TODAY}|50`]: 1 },
    is: { value: 0, parts: 1, reported: 1 },
  },
  {
    id: 'cases.day',
    says: 'what nobody said is none',
    held: {},
    is: { value: null, reported: 0, why: 'not_reported' },
  },
  // today's 999 are not in it: 280 / 7
  {
    id: 'cases.mean',
    says: 'of the seven whole days',
    held: { ...daily('cases', '50', week, 1), [`cases@${TODAY}|50`]: 999 },
    is: { value: 40, parts: 7, reported: 7 },
  },
  {
    id: 'cases.mean',
    says: 'of six days is none',
    held: daily('cases', '50', week.slice(1), 1),
    is: { value: null, parts: 7, reported: 6, why: 'incomplete' },
  },
  { id: 'cases.week', says: 'with today', held: daily('cases', '50', week), is: { value: 280, parts: 7, reported: 7 } },
  {
    id: 'cases.week',
    says: 'days nobody reported are named',
    held: daily('cases', '50', [5, 6]),
    is: { value: 11, parts: 7, reported: 2 },
  },
  // 280 of 1,000,000
  {
    id: 'cases.rate',
    says: 'of a million',
    held: daily('cases', '50', week),
    is: { value: 28, parts: 7, reported: 7 },
  },
  {
    id: 'cases.rate',
    says: 'of nobody knows how many',
    held: daily('cases', '50', week),
    subject: { code: '50', parts: [] },
    is: { value: null, why: 'no_population' },
  },
  // Days −13…−8 are 10 each, −7 is left out, −6…−1 are 15 each: 90 / 60 − 1
  {
    id: 'cases.growth',
    says: 'six days against six of the week before',
    held: daily('cases', '50', [10, 10, 10, 10, 10, 10, 777, 15, 15, 15, 15, 15, 15], 1),
    is: { value: 0.5, parts: 13, reported: 13 },
  },
  {
    id: 'cases.growth',
    says: 'with a day missing',
    held: daily('cases', '50', [15, 15, 15, 15, 15, 15], 1),
    is: { value: null, why: 'incomplete', reported: 6 },
  },
  // 280 / 7 = 40 is a usual day; 60 today
  {
    id: 'cases.surge',
    says: 'today so far has half more than a usual day',
    held: { ...daily('cases', '50', week, 1), [`cases@${TODAY}|50`]: 60 },
    is: { value: 0.5, parts: 7, reported: 7 },
  },
  {
    id: 'cases.surge',
    says: 'ten where there were none are ten times the least that a usual day can be',
    held: { ...daily('reported.cases', '50', [1, 1, 1, 1, 1, 1, 1], 1), [`cases@${TODAY}|50`]: 10 },
    is: { value: 9, parts: 7, reported: 7 },
  },
  {
    id: 'cases.surge',
    says: 'of nine it is not said',
    held: { ...daily('cases', '50', [1, 1, 1, 1, 1, 1, 1], 1), [`cases@${TODAY}|50`]: 9 },
    is: { value: null, parts: 7, reported: 7, why: 'fewer_than_ten' },
  },
  {
    id: 'cases.surge',
    says: 'with a day missing',
    held: { ...daily('cases', '50', [10, 10], 1), [`cases@${TODAY}|50`]: 60 },
    is: { value: null, reported: 2, why: 'incomplete' },
  },
  {
    id: 'cases.surge',
    says: 'before anybody has said a number of today',
    held: daily('cases', '50', week, 1),
    is: { value: null, why: 'not_reported' },
  },
  // 5 a day, then 10 a day: doubles in 7 days
  {
    id: 'cases.doubling',
    says: 'twice as many in a week',
    held: daily('cases', '50', [5, 5, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 10, 10], 1),
    is: { value: 7 },
  },
  {
    id: 'cases.doubling',
    says: 'as many as before',
    held: daily('cases', '50', new Array<number>(14).fill(5), 1),
    is: { value: null, why: 'stands_still' },
  },
  // 5 + … + 11 = 56 against 1 + … + 7 = 28
  {
    id: 'cases.rt',
    says: '1 to 11 cases a day',
    held: daily('cases', '50', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 1),
    is: { value: 2, parts: 11, reported: 11 },
  },
  {
    id: 'cases.rt',
    says: 'one a day says more of chance',
    held: daily('cases', '50', new Array<number>(11).fill(1), 1),
    is: { value: null, why: 'too_few' },
  },
  { id: 'cases.late', says: 'what came late', held: { [`late.cases@${TODAY}|50`]: 4 }, is: { value: 4 } },
  { id: 'cases.corrected', says: 'what was changed', held: { [`corrected.cases@${TODAY}|50`]: 6 }, is: { value: 6 } },
  {
    id: 'deaths.day',
    says: 'who enters the cases enters the deaths',
    held: { [`cases@${TODAY}|50`]: 3 },
    is: { value: 0, parts: 1, reported: 1 },
  },
  { id: 'deaths.day', says: 'what nobody said', held: {}, is: { value: null, why: 'not_reported' } },
  { id: 'deaths.total', says: 'in all', held: { 'deaths.total|50': 12, 'cases.total|50': 900 }, is: { value: 12 } },
  { id: 'deaths.total', says: 'none of some', held: { 'cases.total|50': 900 }, is: { value: 0 } },
  { id: 'deaths.total', says: 'of nothing known', held: {}, is: { value: null, why: 'not_reported' } },
  { id: 'deaths.late', says: 'what came late', held: { [`late.deaths@${TODAY}|50`]: 2 }, is: { value: 2 } },
  { id: 'deaths.corrected', says: 'what was changed', held: { [`corrected.deaths@${TODAY}|50`]: 1 }, is: { value: 1 } },
  // 18 of 20; 5 of the 20 are overdue
  {
    id: 'beds.occupancy',
    says: '18 of 20, 15 of them counted in time',
    held: { 'beds.staffed.3|50': 20, 'beds.occupied.3|50': 18, 'beds.late.3|50': 5 },
    options: { level: '3' },
    is: { value: 0.9, parts: 20, reported: 15 },
  },
  {
    id: 'beds.occupancy',
    says: 'of no bed of the level',
    held: { 'sites.hospital|50': 1 },
    options: { level: '3' },
    is: { value: null, why: 'no_beds' },
  },
  {
    id: 'beds.occupancy',
    says: 'of what nobody counted',
    held: {},
    options: { level: '3' },
    is: { value: null, why: 'not_reported' },
  },
  {
    id: 'beds.free',
    says: '2 of 20',
    held: { 'beds.staffed.3|50': 20, 'beds.available.3|50': 2 },
    options: { level: '3' },
    is: { value: 2, parts: 20, reported: 20 },
  },
  {
    id: 'beds.free',
    says: 'none of the level, and a hospital has said so',
    held: { 'sites.hospital|50': 2, 'sites.late.hospital|50': 1 },
    options: { level: '3' },
    is: { value: 0 },
  },
  {
    id: 'beds.free',
    says: 'the only hospital is overdue',
    held: { 'sites.hospital|50': 1, 'sites.late.hospital|50': 1 },
    options: { level: '3' },
    is: { value: null, why: 'not_reported' },
  },
  { id: 'beds.staffed', says: '20', held: { 'beds.staffed.1|50': 20 }, options: { level: '1' }, is: { value: 20 } },
  {
    id: 'beds.other',
    says: 'held, cleaning, blocked',
    held: { 'beds.staffed.1|50': 9, 'beds.held.1|50': 1, 'beds.cleaning.1|50': 2, 'beds.blocked.1|50': 3 },
    options: { level: '1' },
    is: { value: 6 },
  },
  // 2 more a day, 20 free: 10 days, without doubt
  {
    id: 'beds.full',
    says: 'two more a day',
    held: {
      ...daily('occupied.3', '50', [10, 12, 14, 16, 18, 20]),
      'beds.staffed.3|50': 40,
      'beds.available.3|50': 20,
    },
    options: { level: '3' },
    is: { value: 10, low: 10, high: 10, parts: 40, reported: 40 },
  },
  {
    id: 'beds.full',
    says: 'fewer every day',
    held: { ...daily('occupied.3', '50', [20, 18, 16, 14, 12]), 'beds.staffed.3|50': 40, 'beds.available.3|50': 20 },
    options: { level: '3' },
    is: { value: null, why: 'not_within_30_days' },
  },
  {
    id: 'beds.full',
    says: 'three days are no trend',
    held: { ...daily('occupied.3', '50', [20, 21, 22]), 'beds.staffed.3|50': 40, 'beds.available.3|50': 20 },
    options: { level: '3' },
    is: { value: null, why: 'too_few' },
  },
  {
    id: 'beds.full',
    says: 'nothing free is now',
    held: { 'beds.staffed.3|50': 40, 'beds.occupied.3|50': 40 },
    options: { level: '3' },
    is: { value: 0 },
  },
  { id: 'beds.corrected', says: 'what was changed', held: { [`corrected.beds@${TODAY}|50`]: 3 }, is: { value: 3 } },
  {
    id: 'waiting',
    says: 'of every severity',
    held: { 'waiting.red|50': 2, 'waiting.yellow|50': 3, 'waiting.unknown|50': 1 },
    is: { value: 6 },
  },
  {
    id: 'waiting',
    says: 'yellow',
    held: { 'waiting.yellow|50': 3 },
    options: { severity: 'yellow' },
    is: { value: 3 },
  },
  { id: 'waiting', says: 'nobody, where cases are recorded', held: { 'cases.total|50': 1 }, is: { value: 0 } },
  { id: 'waiting', says: 'where nothing was ever recorded', held: {}, is: { value: null, why: 'not_reported' } },
  { id: 'waiting.red', says: 'two', held: { 'waiting.red|50': 2 }, is: { value: 2 } },
  { id: 'waiting.rate', says: '120 of a million', held: { 'waiting.green|50': 120 }, is: { value: 12 } },
  {
    id: 'waiting.oldest',
    says: 'since three hours',
    held: { 'waiting.red|50': 2 },
    subject: {
      ...PROVINCE,
      oldest: (area, measure) => (area === '50' && measure === 'waiting.red' ? NOW - 3 * HOUR : null),
    },
    options: { severity: 'red' },
    is: { value: 180, oldest: NOW - 3 * HOUR },
  },
  {
    id: 'waiting.oldest',
    says: 'nobody waits',
    held: { 'cases.total|50': 5 },
    is: { value: null, why: 'none', reported: 1 },
  },
  {
    id: 'unclaimed',
    says: 'of two severities',
    held: { 'unclaimed.red|50': 1, 'unclaimed.green|50': 4 },
    is: { value: 5 },
  },
  { id: 'unclaimed.red', says: 'one', held: { 'unclaimed.red|50': 1, 'unclaimed.green|50': 4 }, is: { value: 1 } },
  {
    id: 'unclaimed.oldest',
    says: 'since half an hour',
    held: { 'unclaimed.green|50': 1 },
    subject: { ...PROVINCE, oldest: (_area, measure) => (measure === 'unclaimed.any' ? NOW - HOUR / 2 : null) },
    is: { value: 30 },
  },
  // 10 within 15 min, 30 within the hour, 10 later: rank 25 lies half through 15–60
  {
    id: 'claim.median',
    says: '50 claims',
    held: { [`claims.15m@${TODAY}|50`]: 10, ...daily('claims.1h', '50', [20, 10]), [`claims.later@${TODAY}|50`]: 10 },
    is: { value: 37.5 },
  },
  { id: 'claim.median', says: 'of no claim', held: {}, is: { value: null, why: 'none' } },
  // rank 9 of 10: the ninth of nine within 15–60
  {
    id: 'claim.p90',
    says: '10 claims',
    held: { [`claims.15m@${TODAY}|50`]: 1, [`claims.1h@${TODAY}|50`]: 8, [`claims.4h@${TODAY}|50`]: 1 },
    is: { value: 60 },
  },
  {
    id: 'uncontacted',
    says: 'of two severities',
    held: { 'uncontacted.red|50': 1, 'uncontacted.unknown|50': 2 },
    is: { value: 3 },
  },
  {
    id: 'uncontacted.oldest',
    says: 'since 50 hours',
    held: { 'uncontacted.red|50': 1 },
    subject: { ...PROVINCE, oldest: (_area, measure) => (measure === 'uncontacted.any' ? NOW - 50 * HOUR : null) },
    is: { value: 3_000 },
  },
  // 4 within 6 h, 4 within 12, 2 within 48: rank 5 is the first of four in 360–720
  {
    id: 'contact.median',
    says: '10 people',
    held: { 'contact.6h|50': 4, 'contact.12h|50': 4, 'contact.48h|50': 2 },
    is: { value: 450 },
  },
  {
    id: 'contact.median',
    says: 'nobody, where cases are recorded',
    held: { 'cases.total|50': 5 },
    is: { value: null, why: 'none' },
  },
  { id: 'contact.median', says: 'where nothing was ever recorded', held: {}, is: { value: null, why: 'not_reported' } },
  // rank 9 of 10: half of two in 720–1440
  { id: 'contact.p90', says: '10 people', held: { 'contact.6h|50': 8, 'contact.24h|50': 2 }, is: { value: 1_080 } },
  {
    id: 'uncalled',
    says: 'of one severity',
    held: { 'uncalled.red|50': 1, 'uncalled.green|50': 4 },
    options: { severity: 'green' },
    is: { value: 4 },
  },
  { id: 'leases.lapsed', says: 'three', held: { 'lapsed|50': 3 }, is: { value: 3 } },
  {
    id: 'care',
    says: 'at home and in hospital',
    held: { 'care.hi.green|50': 5, 'care.hospital.red|50': 2 },
    is: { value: 7 },
  },
  {
    id: 'doses.day',
    says: 'of two numbers; one of three provinces',
    held: {
      [`doses.1@${TODAY}|TH`]: 100,
      [`doses.2@${TODAY}|TH`]: 50,
      [`doses.1@${TODAY}|10`]: 100,
      [`doses.2@${TODAY}|10`]: 50,
    },
    subject: NATION,
    is: { value: 150, parts: 3, reported: 1 },
  },
  { id: 'doses.day', says: 'third ones', held: { [`doses.3@${TODAY}|50`]: 9 }, options: { dose: 3 }, is: { value: 9 } },
  { id: 'doses.day', says: 'of what nobody said', held: {}, is: { value: null, why: 'not_reported' } },
  { id: 'doses.week', says: 'with today', held: daily('doses.1', '50', week), is: { value: 280, reported: 7 } },
  { id: 'doses.rate', says: 'of a million', held: daily('doses.2', '50', week), is: { value: 28 } },
  {
    id: 'doses.growth',
    says: 'six days against six',
    held: daily('doses.1', '50', [10, 10, 10, 10, 10, 10, 777, 15, 15, 15, 15, 15, 15], 1),
    is: { value: 0.5 },
  },
  {
    id: 'doses.group',
    says: 'of the pregnant',
    held: { [`doses.group.pregnant@${TODAY}|50`]: 8, [`doses.group.age60@${TODAY}|50`]: 80 },
    options: { group: 'pregnant' },
    is: { value: 8 },
  },
  {
    id: 'doses.vaccine',
    says: 'of Pfizer',
    held: { [`doses.vaccine.pfizer@${TODAY}|50`]: 12, [`doses.vaccine.sinovac@${TODAY}|50`]: 3 },
    options: { vaccine: 'pfizer' },
    is: { value: 12 },
  },
  {
    id: 'doses.planned',
    says: 'of two provinces of three',
    held: { [`planned@${TODAY}|10`]: 400, [`planned@${TODAY}|50`]: 100, [`planned@${TODAY}|TH`]: 500 },
    subject: NATION,
    is: { value: 500, parts: 3, reported: 2 },
  },
  { id: 'doses.planned', says: 'that nobody planned', held: {}, is: { value: null, why: 'no_plan' } },
  {
    id: 'doses.achieved',
    says: '450 of the 500 planned; the 900 of Phuket, which has no plan, do not make up for it',
    held: {
      ...{ [`planned@${TODAY}|10`]: 400, [`planned@${TODAY}|50`]: 100 },
      ...{ [`doses.1@${TODAY}|10`]: 300, [`doses.2@${TODAY}|50`]: 150, [`doses.1@${TODAY}|83`]: 900 },
    },
    subject: NATION,
    is: { value: 0.9, parts: 3, reported: 2 },
  },
  { id: 'doses.achieved', says: 'nothing given yet', held: { [`planned@${TODAY}|50`]: 100 }, is: { value: 0 } },
  {
    id: 'doses.achieved',
    says: 'without a plan',
    held: { [`doses.1@${TODAY}|50`]: 5 },
    is: { value: null, why: 'no_plan' },
  },
  {
    id: 'doses.late',
    says: 'of a day',
    held: { [`doses.late@${TODAY}|50`]: 20, [`doses.1@${TODAY}|50`]: 20 },
    is: { value: 20 },
  },
  { id: 'doses.late', says: 'none of a day with doses', held: { [`doses.1@${TODAY}|50`]: 20 }, is: { value: 0 } },
  { id: 'doses.late', says: 'of a day without', held: {}, is: { value: null, why: 'not_reported' } },
  { id: 'doses.corrected', says: 'taken back', held: { [`doses.corrected@${TODAY}|50`]: -5 }, is: { value: -5 } },
  {
    id: 'coverage',
    says: 'first doses',
    held: { 'doses.total.1|50': 650_000 },
    options: { dose: 1 },
    is: { value: 0.65 },
  },
  {
    id: 'coverage',
    says: 'second',
    held: { 'doses.total.1|50': 9, 'doses.total.2|50': 400_000 },
    options: { dose: 2 },
    is: { value: 0.4 },
  },
  {
    id: 'coverage',
    says: 'more first doses than residents: what it is, and named',
    held: { 'doses.total.1|50': 1_100_000 },
    options: { dose: 1 },
    is: { value: 1.1, note: 'more_than_residents' },
  },
  {
    id: 'coverage.first',
    says: 'of the pregnant: 30 of 40',
    held: { 'given.pregnant.1|50': 30, 'given.pregnant.2|50': 9, 'residents.pregnant|50': 40 },
    options: { knownGroup: 'pregnant' },
    is: { value: 0.75, parts: 1, reported: 1 },
  },
  {
    id: 'coverage.second',
    says: '150 of 200 in Bangkok and Chiang Mai; Phuket gave doses and no residents',
    held: {
      ...{ 'given.age60.2|10': 100, 'residents.age60|10': 120, 'given.age60.2|50': 50, 'residents.age60|50': 80 },
      ...{ 'given.age60.2|83': 70, 'given.age60.2|TH': 220, 'residents.age60|TH': 200 },
    },
    subject: NATION,
    options: { knownGroup: 'age60' },
    is: { value: 0.75, parts: 3, reported: 2 },
  },
  {
    id: 'coverage.second',
    says: 'none of a group, where others were given: 0',
    held: { 'given.age60.1|50': 5, 'residents.vhv|50': 10 },
    options: { knownGroup: 'vhv' },
    is: { value: 0 },
  },
  {
    id: 'coverage.third',
    says: 'of whose residents nobody has said',
    held: { 'given.age60.3|50': 5 },
    options: { knownGroup: 'age60' },
    is: { value: null, why: 'no_residents', reported: 0 },
  },
  {
    id: 'coverage.third',
    says: 'where all doses are of no group',
    held: { 'residents.age60|50': 5, 'doses.total.3|50': 5 },
    options: { knownGroup: 'age60' },
    is: { value: null, why: 'not_reported' },
  },
  {
    id: 'coverage.first',
    says: 'more than residents: 24 of 20',
    held: { 'given.medical.1|50': 24, 'residents.medical|50': 20 },
    options: { knownGroup: 'medical' },
    is: { value: 1.2, note: 'more_than_residents' },
  },
  { id: 'coverage', says: 'of no report', held: {}, options: { dose: 1 }, is: { value: null, why: 'not_reported' } },
  {
    id: 'tests.day',
    says: 'of both kinds',
    held: { [`tests.pcr@${TODAY}|50`]: 40, [`tests.atk@${TODAY}|50`]: 60 },
    is: { value: 100 },
  },
  {
    id: 'positivity',
    says: '12 of 100 in a week',
    held: { ...daily('tests.pcr', '50', [40, 60]), ...daily('positive.pcr', '50', [2, 10]) },
    is: { value: 0.12, parts: 7, reported: 2 },
  },
  { id: 'positivity', says: 'of no test', held: {}, is: { value: null, why: 'not_reported' } },
  {
    id: 'stock.days',
    says: '120 cylinders of two sites, 50 used in a day, one site counted yesterday',
    held: {
      'stock.on_hand.oxygen|50': 120,
      'stock.per_day.oxygen|50': 50,
      'stock.sites.oxygen|50': 2,
      'stock.late.oxygen|50': 1,
    },
    options: { item: 'oxygen' },
    is: { value: 2.4, parts: 2, reported: 1 },
  },
  {
    id: 'stock.days',
    says: 'nothing is left',
    held: { 'stock.per_day.oxygen|50': 50, 'stock.sites.oxygen|50': 1 },
    options: { item: 'oxygen' },
    is: { value: 0 },
  },
  {
    id: 'stock.days',
    says: 'it is there and nobody uses it',
    held: { 'stock.on_hand.atk|50': 9, 'stock.sites.atk|50': 1 },
    options: { item: 'atk' },
    is: { value: null, why: 'not_used' },
  },
  {
    id: 'stock.days',
    says: 'no site has counted it',
    held: {},
    options: { item: 'atk' },
    is: { value: null, why: 'not_reported' },
  },
  {
    id: 'stock.short',
    says: 'one of three',
    held: { 'stock.short.vaccine|50': 1, 'stock.sites.vaccine|50': 3 },
    options: { item: 'vaccine' },
    is: { value: 1, parts: 3, reported: 3 },
  },
  {
    id: 'reporting.cases',
    says: 'one of three',
    held: { [`reported.cases@${TODAY}|10`]: 1, [`reported.cases@${TODAY}|TH`]: 1 },
    subject: NATION,
    is: { value: 1 / 3, parts: 3, reported: 1 },
  },
  { id: 'reporting.deaths', says: 'none of three', held: {}, subject: NATION, is: { value: 0, parts: 3, reported: 0 } },
  {
    id: 'reporting.beds',
    says: '15 of 20',
    held: { 'beds.staffed.3|50': 20, 'beds.late.3|50': 5 },
    options: { level: '3' },
    is: { value: 0.75, parts: 20, reported: 15 },
  },
  {
    id: 'reporting.sites',
    says: '3 of 4 of two kinds',
    held: { 'sites.hospital|50': 3, 'sites.ci|50': 1, 'sites.late.ci|50': 1 },
    is: { value: 0.75, parts: 4, reported: 3 },
  },
  { id: 'reporting.sites', says: 'of none', held: {}, is: { value: null, why: 'not_reported' } },
]

describe('worked by hand', () => {
  it.each(EXAMPLES)('$id: $says', ({ id, held, subject = PROVINCE, options = {}, is }) => {
    const { value, ...rest } = INDICATORS[id].read(cellsOf(held), subject, TODAY, NOW, options)
    const { value: expected, ...others } = is
    expect(rest).toMatchObject(others)
    if (typeof expected === 'number') expect(value).toBeCloseTo(expected, 9)
    else expect(value).toBe(expected)
  })

  it('has an example of every indicator', () => {
    expect(new Set(EXAMPLES.map(({ id }) => id))).toEqual(new Set(INDICATOR_IDS))
  })
})

describe('unknown is not zero', () => {
  it.each(INDICATOR_IDS)('%s of empty cells is no zero that nobody said', (id) => {
    const { source, adds } = INDICATORS[id]
    const { value, parts, reported } = INDICATORS[id].read(() => 0, PROVINCE, TODAY, NOW, {
      level: '3',
      group: 'general',
    })
    const isLog = id.endsWith('.late') || id.endsWith('.corrected')
    if (isLog && source !== 'vaccinations') expect(value).toBe(0)
    else if (id.startsWith('reporting.') && adds === 'areas') expect(value).toBe(0)
    else expect(value).toBeNull()
    expect(reported).toBeLessThanOrEqual(parts)
  })
})

describe('cells', () => {
  it.each(INDICATOR_IDS)(
    '%s reads cells of the vocabulary alone, which the fold’s test and `verify` compare with SQL',
    (id) => {
      const { by } = INDICATORS[id]
      const values = by === undefined ? [undefined] : OPTION_VALUES[by]
      const read = new Set<string>()
      for (const option of values) {
        const cells: Cells = (column) => {
          read.add(column.replace(/@\d{4}-\d\d-\d\d$/, ''))
          return 1
        }
        INDICATORS[id].read(cells, { ...PROVINCE, oldest: () => NOW }, TODAY, NOW, by ? { [by]: option } : {})
      }
      expect(read.size).toBeGreaterThan(0)
      expect([...read].filter((metric) => !METRICS.has(metric))).toEqual([])
    },
  )
})

describe('words', () => {
  it.each(INDICATOR_IDS)('%s has a name of its own in each language', (id) => {
    for (const texts of [INDICATORS_EN, INDICATORS_TH]) {
      const names = INDICATOR_IDS.map((one) => texts.indicators[one].name)
      expect(names.filter((name) => name === texts.indicators[id].name)).toHaveLength(1)
    }
  })
})

describe('tones', () => {
  it('higher is worse: at the bound it is reached', () => {
    const thresholds = { watch: 0.8, alarm: 0.9 }
    expect([0.79, 0.8, 0.9, null].map((value) => toneOf('beds.occupancy', value, thresholds))).toEqual([
      'normal',
      'watch',
      'alarm',
      'normal',
    ])
  })
  it('lower is worse', () => {
    expect([15, 14, 7].map((value) => toneOf('beds.full', value, { watch: 14, alarm: 7 }))).toEqual([
      'normal',
      'watch',
      'alarm',
    ])
  })
})
