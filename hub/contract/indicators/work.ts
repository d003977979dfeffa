import { CONTACT_AGES, type ContactAge } from '../vocabulary/contacts.ts'
import { CLAIM_BUCKETS, type ClaimBucket } from '../vocabulary/needs.ts'
import { SEVERITIES, type Severity } from '../vocabulary/severity.ts'
import {
  type BySeverity,
  CARE_KINDS,
  type Cells,
  inCare,
  perHundredThousand,
  sumDays,
  unclaimed,
  WEEK_DAYS,
  waiting,
} from './cells.ts'
import {
  COUNT_RANGE,
  type Indicator,
  known,
  MINUTES_RANGE,
  NO_THRESHOLDS,
  type Options,
  PER_100K_RANGE,
  type Subject,
  unknown,
  type Value,
} from './indicator.ts'
import { bucketQuantile } from './statistics.ts'

const MINUTE_MS = 60_000

/** The minutes that each bucket of claims ends with. */
const BUCKET_MINUTES: Readonly<Record<ClaimBucket, number>> = {
  '15m': 15,
  '1h': 60,
  '4h': 240,
  '12h': 720,
  '24h': 1_440,
  '48h': 2_880,
  later: Number.POSITIVE_INFINITY,
}

/** The minutes that each class of time without contact ends with. */
const AGE_MINUTES: Readonly<Record<ContactAge, number>> = {
  '6h': 360,
  '12h': 720,
  '24h': 1_440,
  '48h': 2_880,
  later: Number.POSITIVE_INFINITY,
}

/** Whether anything was ever recorded in the area: only then nobody is a number. */
function isUsed(cells: Cells, code: string): boolean {
  return (
    cells('cases.total', code) !== 0 ||
    waiting(cells, code).total !== 0 ||
    unclaimed(cells, code).total !== 0 ||
    CARE_KINDS.some((place) => inCare(cells, code, place).total !== 0)
  )
}

/** Who is recorded here is counted here: none is a zero, once the area records anybody. */
function recorded(cells: Cells, code: string, count: number): Value {
  return count !== 0 || isUsed(cells, code) ? known(count) : unknown('not_reported')
}

function ofSeverity(counts: BySeverity, severity: Severity | undefined): number {
  return severity === undefined ? counts.total : counts[severity]
}

/** The age of the oldest of a measure, in minutes; none is no age. */
function age(cells: Cells, subject: Subject, measure: string, count: number, now: number): Value {
  if (count === 0) return isUsed(cells, subject.code) ? unknown('none', 1, 1) : unknown('not_reported')
  if (subject.oldest === undefined) return unknown('not_shown')
  const at = subject.oldest(subject.code, measure)
  return at === null
    ? unknown('not_reported')
    : { value: Math.max(0, (now - at) / MINUTE_MS), parts: 1, reported: 1, oldest: at }
}

function claimWait(cells: Cells, { code }: Subject, today: string, quantile: number): Value {
  const buckets = CLAIM_BUCKETS.map((bucket) => {
    return { upTo: BUCKET_MINUTES[bucket], count: sumDays(cells, `claims.${bucket}`, code, today, WEEK_DAYS) }
  })
  const minutes = bucketQuantile(buckets, quantile)
  return minutes === null ? unknown('none') : known(minutes)
}

function contactAge(cells: Cells, { code }: Subject, quantile: number): Value {
  const classes = CONTACT_AGES.map((age) => ({ upTo: AGE_MINUTES[age], count: cells(`contact.${age}`, code) }))
  const minutes = bucketQuantile(classes, quantile)
  if (minutes !== null) return known(minutes)
  return isUsed(cells, code) ? unknown('none', 1, 1) : unknown('not_reported')
}

function unreached(stem: 'uncontacted' | 'uncalled', cells: Cells, code: string, { severity }: Options): number {
  const of: readonly Severity[] = severity === undefined ? SEVERITIES : [severity]
  return of.reduce((sum, one) => sum + cells(`${stem}.${one}`, code), 0)
}

const base = {
  source: 'cases',
  adds: 'register',
  finest: 'district',
  worse: 'higher',
  thresholds: NO_THRESHOLDS,
} as const
const count = { ...base, unit: 'count', range: COUNT_RANGE } as const
const minutes = { ...base, unit: 'minutes', range: MINUTES_RANGE } as const
/** One who cannot wait is one too many. */
const ONE_IS_TOO_MANY = { watch: null, alarm: 1 } as const

export const WORK = {
  waiting: {
    ...count,
    by: 'severity',
    read: (cells, { code }, _today, _now, { severity }) =>
      recorded(cells, code, ofSeverity(waiting(cells, code), severity)),
  },
  'waiting.red': {
    ...count,
    thresholds: ONE_IS_TOO_MANY,
    read: (cells, { code }) => recorded(cells, code, waiting(cells, code).red),
  },
  'waiting.rate': {
    ...base,
    unit: 'per100k',
    finest: 'province',
    range: PER_100K_RANGE,
    thresholds: { watch: 10, alarm: 20 },
    read: (cells, { code, population }) => {
      const people = recorded(cells, code, waiting(cells, code).total)
      if (people.value === null) return people
      const value = perHundredThousand(people.value, population)
      return value === null ? unknown('no_population', 1, 1) : known(value)
    },
  },
  'waiting.oldest': {
    ...minutes,
    by: 'severity',
    read: (cells, subject, _today, now, { severity }) => {
      const waits = ofSeverity(waiting(cells, subject.code), severity)
      return age(cells, subject, `waiting.${severity ?? 'any'}`, waits, now)
    },
  },
  unclaimed: {
    ...count,
    source: 'needs',
    by: 'severity',
    read: (cells, { code }, _today, _now, { severity }) =>
      recorded(cells, code, ofSeverity(unclaimed(cells, code), severity)),
  },
  'unclaimed.red': {
    ...count,
    source: 'needs',
    thresholds: ONE_IS_TOO_MANY,
    read: (cells, { code }) => recorded(cells, code, unclaimed(cells, code).red),
  },
  'unclaimed.oldest': {
    ...minutes,
    source: 'needs',
    by: 'severity',
    read: (cells, subject, _today, now, { severity }) => {
      const open = ofSeverity(unclaimed(cells, subject.code), severity)
      return age(cells, subject, `unclaimed.${severity ?? 'any'}`, open, now)
    },
  },
  'claim.median': {
    ...minutes,
    source: 'needs',
    read: (cells, subject, today) => claimWait(cells, subject, today, 0.5),
  },
  'claim.p90': {
    ...minutes,
    source: 'needs',
    read: (cells, subject, today) => claimWait(cells, subject, today, 0.9),
  },
  /** The promise of home and community isolation is a contact within 48 hours. */
  uncontacted: {
    ...count,
    by: 'severity',
    thresholds: ONE_IS_TOO_MANY,
    read: (cells, { code }, _today, _now, options) =>
      recorded(cells, code, unreached('uncontacted', cells, code, options)),
  },
  'uncontacted.oldest': {
    ...minutes,
    read: (cells, subject, _today, now) =>
      age(cells, subject, 'uncontacted.any', unreached('uncontacted', cells, subject.code, {}), now),
  },
  'contact.median': { ...minutes, read: (cells, subject) => contactAge(cells, subject, 0.5) },
  'contact.p90': { ...minutes, read: (cells, subject) => contactAge(cells, subject, 0.9) },
  /** In the morning it is everybody at home; no threshold knows how late in the day it is. */
  uncalled: {
    ...count,
    by: 'severity',
    read: (cells, { code }, _today, _now, options) =>
      recorded(cells, code, unreached('uncalled', cells, code, options)),
  },
  'leases.lapsed': {
    ...count,
    source: 'needs',
    read: (cells, { code }) => recorded(cells, code, cells('lapsed', code)),
  },
  care: {
    ...count,
    worse: 'neither',
    read: (cells, { code }) =>
      recorded(
        cells,
        code,
        CARE_KINDS.reduce((sum, place) => sum + inCare(cells, code, place).total, 0),
      ),
  },
} as const satisfies Readonly<Record<string, Indicator>>
