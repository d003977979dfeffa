import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { ConsentGiver } from '../hub/contract/privacy/consent.ts'
import type { BedLevel } from '../hub/contract/vocabulary/beds.ts'
import type { CareItem, Feeling } from '../hub/contract/vocabulary/care.ts'
import type { ContactAge, ContactChannel, ContactResult } from '../hub/contract/vocabulary/contacts.ts'
import type { CorrectionRefusal } from '../hub/contract/vocabulary/corrections.ts'
import type { Language } from '../hub/contract/vocabulary/languages.ts'
import type { ClaimBucket, Freed, NeedKind, NeedState } from '../hub/contract/vocabulary/needs.ts'
import type { Risk608, Symptom } from '../hub/contract/vocabulary/people.ts'
import type { RecordKind } from '../hub/contract/vocabulary/records.ts'
import type { Severity } from '../hub/contract/vocabulary/severity.ts'
import type { RejectReason, TransferStatus } from '../hub/contract/vocabulary/transfers.ts'

type Timestamp = ColumnType<Date, Date | string, Date | string>
/** Sealed: db/personal alone makes and reads it. */
export type Sealed = Buffer
type TimestampOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>

/** The columns that 0003 and 0040 add to `cases`. */
export type CaseWorkColumns = {
  place: string | null
  on_board: Generated<boolean>
  /** written by the database: has a live need for a bed */
  waiting: Generated<boolean>
  /** written by the database: has an open need */
  unclaimed: Generated<boolean>
  /** turned by the leading worker: nobody has reached them for 48 h (db/queries/uncontacted.ts) */
  uncontacted: Generated<boolean>
  uncalled: Generated<boolean>
  /** kept by the database and the leading worker: how long nobody has reached them; `none` of whom nobody has to */
  contact_age: Generated<ContactAge | 'none'>
  /** came in a flood of red requests, and its phone is not confirmed: apart, until somebody has looked at it (hub/work/help/flood.ts) */
  unverified: Generated<boolean>
  contacted_at: TimestampOrNull
  escalated_at: TimestampOrNull
  heard_at: TimestampOrNull
  facility_id: number | null
  bed_level: BedLevel | null
  override_by: string | null
  merged_into: number | null
  closed_reason: string | null
  recorded_by: string | null
}

export type Needs = {
  id: GeneratedAlways<number>
  case_id: number
  district: string
  kind: NeedKind
  status: Generated<NeedState>
  freed: Freed | null
  opened_at: Timestamp
  /** who held it when it ended */
  held_last: string | null
  claimed_by: string | null
  holder_label: string | null
  claimed_at: TimestampOrNull
  lease_until: TimestampOrNull
  fence: Generated<number>
  asked_at: TimestampOrNull
  asked_by: string | null
  asked_label: string | null
  offered_to: string | null
  offered_label: string | null
  ended_at: TimestampOrNull
  closed_reason: string | null
  /** written by the database: the operation's day it was taken for the first time, `infinity` before */
  claim_day: Generated<string>
  claim_bucket: Generated<ClaimBucket | 'none'>
  /** written by the database: open because a lease ran out */
  lapsed: Generated<boolean>
}

/** Health data: see migration 0017. */
export type Complaints = {
  id: GeneratedAlways<number>
  case_id: number
  district: string
  symptoms: Symptom[]
  risks: Risk608[]
  spo2: number | null
  age: number | null
  age_months: number | null
  said_by: string
  said_at: Timestamp
  undone_at: TimestampOrNull
}

export type CaseEvents = {
  id: GeneratedAlways<number>
  case_id: number
  need_id: number | null
  district: string
  kind: string
  actor: string | null
  actor_label: string
  source_at: Timestamp
  recorded_at: Timestamp
  details: ColumnType<Record<string, unknown>, string, never>
  idempotency_key: string | null
}

export type Contacts = {
  id: GeneratedAlways<number>
  case_id: number
  need_id: number | null
  district: string
  channel: ContactChannel
  result: ContactResult
  actor: string
  actor_label: string
  at: Timestamp
  recorded_at: Timestamp
}

export type ContactNotes = { contact_id: number; note: Sealed }

export type Transfers = {
  id: GeneratedAlways<number>
  case_id: number
  need_id: number | null
  district: string
  status: Generated<TransferStatus>
  level: BedLevel
  to_facility: number | null
  /** of `to_facility`, kept by PostgreSQL */
  to_district: Generated<string | null>
  bed_held: Generated<boolean>
  /** when the hold ends by itself; only before the road (migration 0025) */
  held_until: Timestamp | null
  rejected_reason: RejectReason | null
  /** unknown for those asked for before it was kept */
  requested_by: string | null
  requested_label: string
  requested_at: Timestamp
  updated_at: Timestamp
}

/** Daily checks. Health data: see migration 0026. */
export type Checks = {
  id: GeneratedAlways<number>
  case_id: number
  at: Timestamp
  device_at: TimestampOrNull
  recorded_at: Timestamp
  spo2: number | null
  /** PostgreSQL's numeric: a string when it is read */
  temperature: ColumnType<string | null, number | null, never>
  feeling: Feeling
  /** null: the person themselves */
  actor: string | null
  said_by: string
  undone_at: TimestampOrNull
}

/** What is owed by severity, by the nation or by a province in its place; `times_per_day` null: once. */
export type CareDefaults = { area: string; severity: Severity; item: CareItem; times_per_day: number | null }

export type CareEvents = {
  id: GeneratedAlways<number>
  case_id: number
  item: Exclude<CareItem, 'call'>
  kind: 'done' | 'lent' | 'returned'
  at: Timestamp
  actor: string | null
  actor_label: string
  undone_at: TimestampOrNull
}

/** Who looks after somebody at home. */
export type CareKeepers = { case_id: number; account: string; label: string; since: Timestamp }

export type VulnerableCalls = {
  id: GeneratedAlways<number>
  vulnerable_id: number
  at: Timestamp
  channel: ContactChannel
  result: ContactResult
  doses: number | null
  next_call: string | null
  actor: string | null
  actor_label: string
}

export type Vulnerable = {
  id: GeneratedAlways<number>
  person_id: string
  district: string
  place: string
  reasons: Risk608[]
  doses: number | null
  lat: Sealed | null
  lon: Sealed | null
  address: Sealed | null
  notes: Sealed | null
  recorded_by: string | null
  recorded_label: string
  source_at: Timestamp
  device_at: TimestampOrNull
  recorded_at: Timestamp
  contacted_at: TimestampOrNull
  /** a day; null: none is planned */
  next_call: string | null
}

export type HelpRequests = {
  id: string
  case_id: number
  district: string
  code_hash: Buffer
  phone_hash: Buffer | null
  content_hash: Buffer | null
  language: Language
  /** of before migration 0067; now a row of `consents` */
  consent_at: ColumnType<Date | null, Date | undefined, never>
  consent_version: ColumnType<string | null, string | undefined, never>
  phone_verified_at: TimestampOrNull
  cancelled_at: TimestampOrNull
  created_at: Timestamp
  digit_tries: Generated<number>
}

/** Who agreed to which text: of a case, or of an entry of the register. */
export type Consents = {
  id: GeneratedAlways<number>
  case_id: number | null
  vulnerable_id: number | null
  version: string
  language: Language
  given_by: ConsentGiver
  /** the account that was told; null: the form */
  taken_by: string | null
  at: Timestamp
  withdrawn_at: TimestampOrNull
}

/** What a person asks about their own data. */
export type DataRequests = {
  id: GeneratedAlways<number>
  case_id: number
  /** none: people have asked on somebody's behalf, of a case without a request */
  request_id: string | null
  kind: 'erase' | 'correct' | 'withdraw'
  asked_at: Timestamp
  /** of an erasure: not before */
  due_at: TimestampOrNull
  people_asked: Generated<boolean>
  stopped_at: TimestampOrNull
  done_at: TimestampOrNull
  /** of a correction that was closed without being made */
  refused_because: CorrectionRefusal | null
  closed_by: string | null
  /** organisation and call-sign, never told to the person */
  closed_label: string | null
}

export type OneTimeCodes = {
  id: string
  request_id: string
  phone_hash: Buffer
  code_hash: Buffer
  attempts: Generated<number>
  sent_at: Timestamp
  expires_at: Timestamp
  used_at: TimestampOrNull
}

export type Idempotency = {
  owner: string
  key: string
  request_hash: Buffer
  status: number
  body: ColumnType<unknown, string, string>
  at: Timestamp
}

/** What a record made. `account` and `key`: whose record, and the key its phone gave it. */
export type RecordedTable = {
  account: string
  key: string
  kind: RecordKind
  /** id of the case, the register entry, the test or the dose */
  made: number
  case_id: number | null
  at: Timestamp
}

export type CaseWorkTables = {
  needs: Needs
  complaints: Complaints
  case_events: CaseEvents
  contacts: Contacts
  contact_notes: ContactNotes
  transfers: Transfers
  checks: Checks
  care_defaults: CareDefaults
  care_events: CareEvents
  care_keepers: CareKeepers
  vulnerable: Vulnerable
  vulnerable_calls: VulnerableCalls
  help_requests: HelpRequests
  consents: Consents
  data_requests: DataRequests
  one_time_codes: OneTimeCodes
  idempotency: Idempotency
  recorded: RecordedTable
}
