import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { BedLevel } from '../hub/contract/vocabulary/beds.ts'
import type { OperationKind } from '../hub/contract/vocabulary/operation.ts'
import type { CaseWorkColumns, CaseWorkTables } from './case-schema.ts'

/** `YYYY-MM-DD`, a Bangkok day; outcome_day may be `infinity` (none yet), report_day `-infinity` (unknown). */
type Day = string
type Timestamp = ColumnType<Date, Date | string, Date | string>
type TimestampNow = ColumnType<Date, Date | string | undefined, Date | string>

export type Areas = {
  code: string
  level: 'nation' | 'province' | 'district' | 'subdistrict' | 'unspecified'
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
  full_name: string | null
  phone: string | null
  id_kind: 'thai' | 'pink' | 'passport' | 'border_pass' | 'none' | 'other' | null
  id_number: string | null
  nationality: string | null
  language: string | null
  birth_year: number | null
  /** 1 to 12 */
  birth_month: number | null
  second_phone: string | null
  sex: 'female' | 'male' | 'other' | 'unknown' | null
  created_at: TimestampNow
}

export type Cases = CaseWorkColumns & {
  id: GeneratedAlways<number>
  district: string
  report_day: Day
  classification: Generated<'unclassified' | 'suspect' | 'probable' | 'confirmed' | 'not_a_case'>
  severity: Generated<'unknown' | 'green' | 'yellow' | 'red'>
  risk608: Generated<boolean>
  stage: Generated<
    | 'reported'
    | 'verified'
    | 'duplicate'
    | 'invalid'
    | 'triaged'
    | 'waiting'
    | 'contacted'
    | 'in_care'
    | 'monitoring'
    | 'closed'
  >
  care_place: Generated<'unknown' | 'waiting' | 'hi' | 'ci' | 'field' | 'hospitel' | 'hospital' | 'discharged'>
  outcome: Generated<'none' | 'unknown' | 'recovered' | 'died' | 'lost' | 'transferred_out'>
  outcome_day: Generated<Day>
  source: 'help' | 'volunteer' | 'api' | 'import' | 'replay'
  reported_at: TimestampNow
  severity_at: TimestampNow
  care_place_at: TimestampNow
  updated_at: TimestampNow
}

export type CasePrivate = {
  case_id: number
  person_id: string | null
  lat: number | null
  lon: number | null
  address: string | null
  notes: string | null
}

export type Facilities = {
  id: GeneratedAlways<number>
  code: string
  district: string
  kind: 'hospital' | 'field' | 'hospitel' | 'ci' | 'vaccination'
  name_th: string
  name_en: string
  lat: number | null
  lon: number | null
  active: Generated<boolean>
  reported_at: Timestamp | null
  /** turned by the leading worker: a count is overdue (db/queries/lateness.ts) */
  late: Generated<boolean>
}

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
}

export type Vaccinations = {
  id: GeneratedAlways<number>
  district: string
  day: Day
  dose: 1 | 2 | 3 | 4
  target_group: Generated<
    'medical' | 'vhv' | 'frontline' | 'age60' | 'disease7' | 'pregnant' | 'general' | 'student12' | 'child5' | 'unknown'
  >
  kind: Generated<'report' | 'late' | 'correction'>
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
  kind: 'pcr' | 'atk'
  tested: number
  positive: number
  source_at: TimestampNow
  device_at: ColumnType<Date | null, Date | null | undefined, Date | null>
  recorded_at: TimestampNow
  actor: string | null
  idempotency_key: string | null
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

/** Hours after which a count of a kind of facility is overdue. */
export type ReportDeadlines = { kind: string; hours: number }

/** From which value an indicator is worth a look, and an alarm; null: never. */
export type Thresholds = { indicator: string; watch: number | null; alarm: number | null }

export type Imports = {
  kind: 'cases' | 'vaccinations'
  area: string
  day: Day
  /** over how many days, ending with `day`, it was counted */
  days: Generated<number>
  amounts: ColumnType<unknown, string, string>
  imported_at: TimestampNow
}

export type Database = CaseWorkTables & {
  areas: Areas
  operation: Operation
  people: People
  cases: Cases
  case_private: CasePrivate
  facilities: Facilities
  beds: Beds
  bed_reports: BedReports
  vaccinations: Vaccinations
  tests: Tests
  imports: Imports
  day_reports: DayReports
  bed_census: BedCensus
  revisions: Revisions
  report_deadlines: ReportDeadlines
  thresholds: Thresholds
}
