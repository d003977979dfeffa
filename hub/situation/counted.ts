import { BED_STATES } from '../contract/vocabulary/beds.ts'
import { CONTACT_AGES } from '../contract/vocabulary/contacts.ts'
import { KNOWN_GROUPS } from '../contract/vocabulary/doses.ts'
import { CLAIM_BUCKETS, LIVE_NEED_STATES } from '../contract/vocabulary/needs.ts'

/**
 * What is counted, said once. The snapshot's GROUP BY and the fold of the change feed both derive from this table;
 * `tests/pg` holds the fold against SQL written by hand. Every column named here must stand in its table's
 * replica-identity index, so that an UPDATE carries the old group (tests/pg/catalogue.pg.test.ts).
 */
export type CountedMetric = {
  /** the metric's name, or its stem when `by` is given: `<stem>.<value of by>[.<value of by>]` */
  readonly metric: string
  readonly by?: readonly string[]
  /** the column with the Bangkok day, for flows */
  readonly day?: string
  /** the column to sum; without it, rows are counted */
  readonly amount?: string
  /** the row counts when each column has one of the values */
  readonly where?: Readonly<Record<string, readonly string[]>>
}

export type CountedTable = {
  readonly table: string
  /** the column with the district, 4 digits; every cell adds to district, province and nation */
  readonly area: string
  readonly metrics: readonly CountedMetric[]
}

/** A case that turned out to be another's, or none, is no case; its list does not show it either. */
export const CASE_STAGES = [
  // The stage of most stands first: it is compared first, a million times in a snapshot.
  'closed',
  'reported',
  'verified',
  'triaged',
  'waiting',
  'contacted',
  'in_care',
  'monitoring',
] as const
/** Whoever lies in a place of care has a case that has not ended; how it ended need not be known. */
export const UNDER_WAY_STAGES = CASE_STAGES.filter((stage) => stage !== 'closed')
const REAL = { classification: ['probable', 'confirmed'], stage: CASE_STAGES } as const
const NOW = { outcome: ['none'], stage: UNDER_WAY_STAGES } as const

export const COUNTED: readonly CountedTable[] = [
  {
    table: 'cases',
    area: 'district',
    metrics: [
      { metric: 'cases', day: 'report_day', where: REAL },
      { metric: 'cases.total', where: REAL },
      { metric: 'deaths', day: 'outcome_day', where: { ...REAL, outcome: ['died'] } },
      { metric: 'deaths.total', where: { ...REAL, outcome: ['died'] } },
      { metric: 'recovered', day: 'outcome_day', where: { ...REAL, outcome: ['recovered'] } },
      // Whoever needs a place of care and has none: the case has a live need for a bed (migration 0014).
      { metric: 'waiting', by: ['severity'], where: { waiting: ['t'] } },
      // Whose request nobody has taken: the case has an open need (migration 0018).
      { metric: 'unclaimed', by: ['severity'], where: { unclaimed: ['t'] } },
      // Whom nobody has reached for 48 h: turned on by the leading worker (db/queries/uncontacted.ts).
      { metric: 'uncontacted', by: ['severity'], where: { uncontacted: ['t'] } },
      // All who are to be reached, by how long nobody has: kept by a trigger and the same worker (migration 0075).
      { metric: 'contact', by: ['contact_age'], where: { contact_age: CONTACT_AGES } },
      // Who is at home and was not called today: turned on likewise.
      { metric: 'uncalled', by: ['severity'], where: { uncalled: ['t'] } },
      {
        metric: 'care',
        by: ['care_place', 'severity'],
        where: { care_place: ['hi', 'ci', 'field', 'hospitel', 'hospital'], ...NOW },
      },
    ],
  },
  {
    table: 'beds',
    area: 'district',
    metrics: [
      ...BED_STATES.map((state) => ({ metric: `beds.${state}`, by: ['level'], amount: state })),
      { metric: 'beds.late', by: ['level'], amount: 'staffed', where: { late: ['t'] } },
    ],
  },
  {
    table: 'bed_census',
    area: 'district',
    metrics: [{ metric: 'occupied', by: ['level'], day: 'day', amount: 'occupied' }],
  },
  {
    table: 'stock',
    area: 'district',
    metrics: [
      { metric: 'stock.on_hand', by: ['item'], amount: 'on_hand' },
      { metric: 'stock.per_day', by: ['item'], amount: 'per_day' },
      { metric: 'stock.sites', by: ['item'] },
      { metric: 'stock.late', by: ['item'], where: { late: ['t'] } },
      { metric: 'stock.short', by: ['item'], where: { short: ['t'] } },
    ],
  },
  {
    table: 'facilities',
    area: 'district',
    metrics: [
      { metric: 'sites', by: ['kind'], where: { active: ['t'] } },
      { metric: 'sites.late', by: ['kind'], where: { active: ['t'], late: ['t'] } },
    ],
  },
  {
    table: 'needs',
    area: 'district',
    metrics: [
      { metric: 'needs', by: ['kind', 'status'], where: { status: LIVE_NEED_STATES } },
      { metric: 'claims', by: ['claim_bucket'], day: 'claim_day', where: { claim_bucket: CLAIM_BUCKETS } },
      { metric: 'lapsed', where: { lapsed: ['t'] } },
    ],
  },
  {
    table: 'vaccinations',
    area: 'district',
    metrics: [
      { metric: 'doses', by: ['dose'], day: 'day', amount: 'doses' },
      { metric: 'doses.total', by: ['dose'], amount: 'doses' },
      { metric: 'given', by: ['target_group', 'dose'], amount: 'doses', where: { target_group: KNOWN_GROUPS } },
      { metric: 'doses.group', by: ['target_group'], day: 'day', amount: 'doses' },
      { metric: 'doses.vaccine', by: ['vaccine'], day: 'day', amount: 'doses' },
      { metric: 'doses.late', day: 'day', amount: 'doses', where: { kind: ['late'] } },
      { metric: 'doses.corrected', day: 'day', amount: 'doses', where: { kind: ['correction'] } },
    ],
  },
  {
    table: 'tests',
    area: 'district',
    metrics: [
      { metric: 'tests', by: ['kind'], day: 'day', amount: 'tested' },
      { metric: 'positive', by: ['kind'], day: 'day', amount: 'positive' },
    ],
  },
  {
    table: 'dose_plans',
    area: 'district',
    metrics: [{ metric: 'planned', day: 'day', amount: 'doses' }],
  },
  {
    table: 'residents',
    area: 'district',
    metrics: [{ metric: 'residents', by: ['target_group'], amount: 'residents' }],
  },
  {
    table: 'day_reports',
    area: 'district',
    metrics: [{ metric: 'reported', by: ['metric'], day: 'day' }],
  },
  {
    table: 'revisions',
    area: 'district',
    metrics: (['corrected', 'late'] as const).map((kind) => ({
      metric: kind,
      by: ['subject'],
      day: 'day',
      amount: 'amount',
      where: { kind: [kind] },
    })),
  },
]

/** The columns of a counted table that decide its cells: those its identity index must hold. */
export function countedColumns(table: CountedTable): readonly string[] {
  const columns = new Set([table.area])
  for (const metric of table.metrics) {
    for (const column of metric.by ?? []) columns.add(column)
    for (const column of Object.keys(metric.where ?? {})) columns.add(column)
    if (metric.day) columns.add(metric.day)
    if (metric.amount) columns.add(metric.amount)
  }
  return [...columns]
}

export const COUNTED_BY_TABLE: ReadonlyMap<string, CountedTable> = new Map(COUNTED.map((table) => [table.table, table]))
