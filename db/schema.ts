import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type {
  AlertAreaKind,
  AlertCondition,
  AlertEvent,
  AlertOwner,
  AlertSeverity,
  AlertState,
} from '../hub/contract/vocabulary/alerts.ts'
import type { AreaLevel } from '../hub/contract/vocabulary/areas.ts'
import type { BedLevel } from '../hub/contract/vocabulary/beds.ts'
import type { Classification } from '../hub/contract/vocabulary/classifications.ts'
import type { KnownGroup, ReportKind, TargetGroup, Vaccine } from '../hub/contract/vocabulary/doses.ts'
import type { DeskRole, FacilityEvent, FacilityKind } from '../hub/contract/vocabulary/facilities.ts'
import type { Language } from '../hub/contract/vocabulary/languages.ts'
import type { OperationKind } from '../hub/contract/vocabulary/operation.ts'
import type { Outcome } from '../hub/contract/vocabulary/outcomes.ts'
import type { IdKind } from '../hub/contract/vocabulary/papers.ts'
import type { Sex } from '../hub/contract/vocabulary/people.ts'
import type { CaseSource } from '../hub/contract/vocabulary/records.ts'
import type { CarePlace, Severity } from '../hub/contract/vocabulary/severity.ts'
import type { Stage } from '../hub/contract/vocabulary/stages.ts'
import type { StockItem } from '../hub/contract/vocabulary/stock.ts'
import type { TestKind } from '../hub/contract/vocabulary/tests.ts'
import type { UnitKind } from '../hub/contract/vocabulary/units.ts'
import type { CaseWorkColumns, CaseWorkTables, Sealed } from './case-schema.ts'

/** `YYYY-MM-DD`, a Bangkok day; outcome_day may be `infinity` (none yet), report_day `-infinity` (unknown). */
type Day = string
type Timestamp = ColumnType<Date, Date | string, Date | string>
type TimestampNow = ColumnType<Date, Date | string | undefined, Date | string>

export type Areas = {
  code: string
  level: AreaLevel
  parent: string | null
  name_th: string
  name_en: string
  health_region: number | null
  population: number | null
  lat: number | null
  lon: number | null
}

export type Operation = {
  id: Generated<number>
  day: Day
  kind: Generated<OperationKind>
  title_th: Generated<string>
  title_en: Generated<string>
}

export type People = {
  id: Generated<string>
  full_name: Sealed | null
  phone: Sealed | null
  phone_hash: Buffer | null
  id_kind: IdKind | null
  id_number: Sealed | null
  id_number_hash: Buffer | null
  nationality: string | null
  language: Language | null
  birth_year: number | null
  /** 1 to 12 */
  birth_month: number | null
  second_phone: Sealed | null
  second_phone_hash: Buffer | null
  sex: Sex | null
  created_at: TimestampNow
}

/** Wrapped by a key that the database never sees; `wrapped_by` names it. */
export type DataKeys = { id: number; wrapped: Buffer; wrapped_by: string; made_at: TimestampNow }

export type Cases = CaseWorkColumns & {
  id: GeneratedAlways<number>
  district: string
  report_day: Day
  classification: Generated<Classification>
  severity: Generated<Severity>
  risk608: Generated<boolean>
  stage: Generated<Stage>
  care_place: Generated<CarePlace>
  outcome: Generated<Outcome>
  outcome_day: Generated<Day>
  source: CaseSource
  reported_at: TimestampNow
  severity_at: TimestampNow
  care_place_at: TimestampNow
  updated_at: TimestampNow
}

export type CasePrivate = {
  case_id: number
  person_id: string | null
  lat: Sealed | null
  lon: Sealed | null
  address: Sealed | null
  notes: Sealed | null
  /** written by the job that erases */
  erased_at: ColumnType<Date | null, never, never>
}

export type Facilities = {
  id: GeneratedAlways<number>
  /** a hospital code; of a replay's facility a word of its own */
  code: string | null
  district: string
  kind: FacilityKind
  name_th: string
  name_en: string
  lat: number | null
  lon: number | null
  active: Generated<boolean>
  reported_at: Timestamp | null
  /** opening hours of a week, as readOpeningHours of hub/contract/vocabulary/opening-hours.ts gives them */
  hours: string | null
  address: string | null
  capacity: string | null
  closed_at: Timestamp | null
  merged_into: number | null
  /** rises with every change of what the registry says */
  version: Generated<number>
  /** turned by the leading worker: a count is overdue (db/queries/lateness.ts) */
  late: Generated<boolean>
}

export type FacilityContacts = {
  facility_id: number
  desk: DeskRole
  /** E.164 */
  phone: string
  note: string | null
}

export type FacilityEvents = {
  id: GeneratedAlways<number>
  facility_id: number
  at: Timestamp
  kind: FacilityEvent
  actor: string | null
  actor_label: string
  details: ColumnType<FieldChanges, string, never>
  idempotency_key: string | null
}

/** field → what it was, and what it became */
export type FieldChanges = Readonly<Record<string, readonly [before: unknown, after: unknown]>>

export type Beds = {
  facility_id: number
  level: BedLevel
  district: string
  staffed: number
  available: number
  held: Generated<number>
  occupied: number
  cleaning: Generated<number>
  blocked: Generated<number>
  reported_at: TimestampNow
  /** turned by the leading worker: the count is overdue (db/queries/lateness.ts) */
  late: Generated<boolean>
}

export type BedReports = {
  id: GeneratedAlways<number>
  facility_id: number
  level: BedLevel
  staffed: number
  available: number
  held: number
  occupied: number
  cleaning: number
  blocked: number
  source_at: Timestamp
  recorded_at: TimestampNow
  actor: string | null
  idempotency_key: string | null
  /** the row of `beds` that stood before, `null` when none did */
  before: ColumnType<unknown, string | null | undefined, never>
  undone_at: ColumnType<Date | null, never, never>
}

/** A count that waits for the bed coordinator: `known` people lie in its beds, and it says fewer. */
export type Reconciliations = Omit<Beds, 'reported_at' | 'late' | 'held' | 'cleaning' | 'blocked'> & {
  held: number
  cleaning: number
  blocked: number
  known: number
  source_at: Timestamp
  opened_at: Timestamp
  actor: string | null
  actor_label: string
  /** of the report */
  key: string
}

export type Vaccinations = {
  id: GeneratedAlways<number>
  district: string
  day: Day
  dose: 1 | 2 | 3 | 4
  target_group: Generated<TargetGroup>
  vaccine: Generated<Vaccine>
  kind: Generated<ReportKind>
  doses: number
  facility_id: number | null
  source_at: TimestampNow
  device_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  recorded_at: TimestampNow
  actor: string | null
  idempotency_key: string | null
}

export type Tests = {
  id: GeneratedAlways<number>
  district: string
  day: Day
  kind: TestKind
  tested: number
  positive: number
  /** of a round of active case finding */
  round_id: ColumnType<number | null, number | null | undefined, never>
  source_at: TimestampNow
  device_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  recorded_at: TimestampNow
  actor: string | null
  idempotency_key: string | null
}

/** People of a target group, of a district or, as `NN00`, of a whole province. */
export type Residents = {
  district: string
  target_group: KnownGroup
  residents: number
  source: string
  as_of: Day
  imported_at: TimestampNow
}

/** Doses planned for a day by a site, or by a province beside its sites (`NN00`). */
export type DosePlans = {
  id: GeneratedAlways<number>
  district: string
  facility_id: number | null
  day: Day
  doses: number
  actor: string | null
  recorded_at: TimestampNow
}

/** That a province's number of a day was reported, be it zero. */
export type DayReports = {
  metric: 'cases' | 'deaths'
  district: string
  day: Day
}

/** Occupied beds at the end of a day, of the operation's day now: kept by triggers of `beds` (migration 0021). */
export type BedCensus = {
  day: Day
  facility_id: number
  level: BedLevel
  district: string
  occupied: number
}

/** What was changed on `day` in the number of `revised_day`: kept by triggers of `cases` and `beds`, and by imports. */
export type Revisions = {
  id: GeneratedAlways<number>
  day: Day
  kind: 'corrected' | 'late'
  subject: 'cases' | 'deaths' | 'beds'
  district: string
  amount: number
  revised_day: Day
  recorded_at: TimestampNow
}

/** What a site has of what it uses up. `late`, `short`: kept by the worker and a trigger (migration 0024). */
export type Stock = {
  facility_id: number
  item: StockItem
  district: string
  on_hand: number
  per_day: number
  reported_at: Timestamp
  late: Generated<boolean>
  short: GeneratedAlways<boolean>
}

export type CareUnits = {
  facility_id: number
  kind: UnitKind
  district: string
  total: number
  in_use: number
  reported_at: Timestamp
}

/** Hours after which a count of a kind of facility is overdue. */
export type ReportDeadlines = { kind: string; hours: number }

/** From which value an indicator is worth a look, and an alarm; null: never. */
export type Thresholds = { indicator: string; watch: number | null; alarm: number | null }

/** How a scope stood at a moment of the operation's day, written by the worker that leads (migration 0039). */
export type DayMarks = {
  area: string
  day: Day
  /** seconds since the day began */
  into_day: number
  at: Timestamp
  cells: ColumnType<CellGroups, string, never>
  oldest: ColumnType<OldestOf, string, never>
}
/** `[column, area, value, area, value, …]`, as on the live wire */
export type CellGroups = (string | number)[][]
/** `at`: ms since 1970 */
export type OldestOf = { area: string; measure: string; at: number }[]

export type Imports = {
  kind: 'cases' | 'vaccinations'
  area: string
  day: Day
  /** over how many days, ending with `day`, it was counted */
  days: Generated<number>
  amounts: ColumnType<unknown, string, string>
  imported_at: TimestampNow
}

/** Whether a rule can be computed is said by hub/contract/alerts/rules.ts; `option` null: the indicator is asked by nothing. */
export type AlertRules = {
  id: GeneratedAlways<number>
  area: Generated<string>
  name_th: string
  name_en: string
  indicator: string
  option: string | null
  area_kind: AlertAreaKind
  condition: AlertCondition
  bound: number
  clear_bound: number
  for_seconds: number
  severity: AlertSeverity
  owner: AlertOwner
  ack_minutes: number
  escalate_to: AlertOwner | null
  sound: boolean
  enabled: boolean
}

/** Written by the hub that leads, as the owner; people change its state and holder alone. */
export type Alerts = {
  id: GeneratedAlways<number>
  rule_id: number
  area: string
  facility_id: number | null
  facility_th: string | null
  facility_en: string | null
  name_th: string
  name_en: string
  indicator: string
  option: string | null
  condition: AlertCondition
  bound: number
  severity: AlertSeverity
  owner: AlertOwner
  ack_minutes: number
  escalate_to: AlertOwner | null
  sound: boolean
  state: AlertState
  value: number | null
  announced: boolean
  announced_nation: boolean
  raised_at: Timestamp
  due_at: Timestamp | null
  held_by: string | null
  holder_label: string | null
  held_at: Timestamp | null
  shelved_until: Timestamp | null
  escalated_at: Timestamp | null
  answered_at: Timestamp | null
  cleared_at: Timestamp | null
  ended_at: Timestamp | null
}

export type AlertEvents = {
  id: GeneratedAlways<number>
  alert_id: number
  kind: AlertEvent
  state: AlertState
  at: Timestamp
  announced: Generated<boolean>
  announced_nation: Generated<boolean>
  value: number | null
  shelved_until: Timestamp | null
  actor: string | null
  actor_label: string | null
  comment: string | null
  /** the columns that an answer changed, as they were */
  before: unknown
  idempotency_key: string | null
}

/** Since when the rule has been so at a place, of rules that wait before they ring: whoever leads next goes on from there. */
export type AlertPending = { rule_id: number; area: string; facility_id: number; since: Timestamp }

/** The newest entry of the log of an area. */
export type CommandMarks = { area: string; entry: number }

/** An audience for whom more ring than it can take, and how many of them are held back. */
export type AlertFloods = { area: string; since: Timestamp; held: number }

export type Database = CaseWorkTables & {
  areas: Areas
  operation: Operation
  people: People
  data_keys: DataKeys
  cases: Cases
  case_private: CasePrivate
  facilities: Facilities
  facility_contacts: FacilityContacts
  facility_events: FacilityEvents
  beds: Beds
  bed_reports: BedReports
  reconciliations: Reconciliations
  vaccinations: Vaccinations
  tests: Tests
  imports: Imports
  residents: Residents
  dose_plans: DosePlans
  day_reports: DayReports
  bed_census: BedCensus
  revisions: Revisions
  report_deadlines: ReportDeadlines
  stock: Stock
  care_units: CareUnits
  thresholds: Thresholds
  alert_rules: AlertRules
  alerts: Alerts
  alert_events: AlertEvents
  alert_floods: AlertFloods
  alert_pending: AlertPending
  command_marks: CommandMarks
  day_marks: DayMarks
}
