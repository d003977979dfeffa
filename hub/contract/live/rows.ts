import { MEASURES_OF_AGE } from '../vocabulary/ages.ts'
import { ALERT_CONDITIONS, ALERT_OWNERS, ALERT_SEVERITIES, LIVE_ALERT_STATES } from '../vocabulary/alerts.ts'
import { BED_LEVELS } from '../vocabulary/beds.ts'
import { LIVE_CALL_STATES } from '../vocabulary/calls.ts'
import { CLASSIFICATIONS } from '../vocabulary/classifications.ts'
import { FACILITY_KINDS } from '../vocabulary/facilities.ts'
import { LANGUAGES } from '../vocabulary/languages.ts'
import { FREED, LIVE_NEED_STATES, NEED_KINDS } from '../vocabulary/needs.ts'
import { OPERATION_KINDS } from '../vocabulary/operation.ts'
import {
  AUDIENCES,
  COMMANDED_ROLES,
  LIVE_OBJECTIVE_STATES,
  LIVE_PERIOD_STATES,
  OBJECTIVE_KINDS,
} from '../vocabulary/period.ts'
import { LIVE_RESOURCE_STATES, RESOURCE_KINDS } from '../vocabulary/resources.ts'
import { SCREEN_ORDERS } from '../vocabulary/screens.ts'
import { CARE_PLACES, SEVERITIES } from '../vocabulary/severity.ts'
import { STAGES } from '../vocabulary/stages.ts'
import { STOCK_ITEMS } from '../vocabulary/stock.ts'
import { LIVE_TRANSFER_STATES } from '../vocabulary/transfers.ts'
import { UNIT_KINDS } from '../vocabulary/units.ts'
import { account, type Column, flag, from, ms, number, oneOf, orNull, type RowValue, text, words } from './columns.ts'

export type { RowValue } from './columns.ts'

/**
 * Rows of a scope, as they travel: `[kind, id, ...values]`, the values in the order of this table. It gives the wire's
 * order, the type of a row as an object, what the snapshot selects, what the publication must hold, how the fold reads
 * a change and what `verify` expects. No row holds personal data. Things have their names in Thai and English.
 */
export const ROWS = {
  /** One row, in every scope: what day the operation is on and whether this is an exercise. */
  operation: { day: text, kind: oneOf(OPERATION_KINDS), titleTh: words, titleEn: words },
  /** `province:NN`. `hours`: opening hours of a week (vocabulary/opening-hours.ts). */
  facility: {
    kind: oneOf(FACILITY_KINDS),
    district: text,
    nameTh: words,
    nameEn: words,
    lat: orNull(number),
    lon: orNull(number),
    reportedAt: orNull(ms),
    hours: orNull(words),
  },
  /** `province:NN`, one per facility and bed level, id `<facility>.<level>`. Counts of beds. */
  beds: {
    facility: from('facility_id', number),
    level: oneOf(BED_LEVELS),
    staffed: number,
    available: number,
    held: number,
    occupied: number,
    cleaning: number,
    blocked: number,
    reportedAt: ms,
  },
  /** `province:NN`, id `<facility>.<item>`: what a site has of what it uses up, and uses in a day. */
  stock: {
    facility: from('facility_id', number),
    item: oneOf(STOCK_ITEMS),
    onHand: number,
    perDay: number,
    reportedAt: ms,
  },
  /** `province:NN`, id `<facility>.<kind>`: ventilators, kinds of rooms, beds for adults and children. */
  unit: {
    facility: from('facility_id', number),
    kind: oneOf(UNIT_KINDS),
    total: number,
    inUse: number,
    reportedAt: ms,
  },
  /**
   * `province:NN`, id `<facility>.<level>`: a count of beds that waits for the bed coordinator, because it has fewer
   * `occupied` than are known to lie there.
   */
  reconciliation: {
    facility: from('facility_id', number),
    level: oneOf(BED_LEVELS),
    occupied: number,
    known: number,
    sourceAt: ms,
  },
  /**
   * `board:NN`: a case with a live need. `place`: 6 digits, or 4 when no sub-district is known. `heardAt`: when the
   * person last added something to their request. `unverified`: it came in a flood of red requests, and its phone is not
   * confirmed; while its stage is `reported`, boards show it in a lane of its own.
   */
  case: {
    district: text,
    place: from('place', text, 'district'),
    severity: oneOf(SEVERITIES),
    risk608: flag,
    classification: oneOf(CLASSIFICATIONS),
    stage: oneOf(STAGES),
    carePlace: oneOf(CARE_PLACES),
    reportedAt: ms,
    severityAt: ms,
    contactedAt: orNull(ms),
    escalatedAt: orNull(ms),
    heardAt: orNull(ms),
    unverified: flag,
  },
  /**
   * `board:NN`: a live need of a case. `freed`: why it is open again when somebody had it before; `holder`,
   * `offeredTo`: an organisation and call-sign, never a person's name; `holderKey`, `offeredKey`: whose they are, since
   * two accounts may share a call-sign. An account is told its own key (`GET /api/session`).
   */
  need: {
    caseId: text,
    kind: oneOf(NEED_KINDS),
    status: oneOf(LIVE_NEED_STATES),
    freed: orNull(oneOf(FREED)),
    openedAt: ms,
    holder: from('holder_label', orNull(words)),
    claimedAt: orNull(ms),
    leaseUntil: orNull(ms),
    askedAt: orNull(ms),
    offeredTo: from('offered_label', orNull(words)),
    holderKey: from('claimed_by', orNull(account)),
    offeredKey: from('offered_to', orNull(account)),
  },
  /**
   * `board:NN` of the place it leaves and of the place it leads to while it is under way, and `facility:<id>` once approved.
   * Who comes is said by the case's number alone. `heldUntil`: when the hold ends by itself, until they are on the road.
   */
  transfer: {
    caseId: text,
    district: text,
    status: oneOf(LIVE_TRANSFER_STATES),
    level: oneOf(BED_LEVELS),
    facility: from('to_facility', orNull(number)),
    requestedAt: ms,
    updatedAt: ms,
    heldUntil: orNull(ms),
    toDistrict: orNull(text),
  },
  /**
   * `nation` and, of a province, `province:NN` too; id `<area>.<measure>`: since when the oldest of what `measure` names
   * waits, or when the oldest count of a bed level was made. None is there when nothing is. MEASURES_OF_AGE are the names.
   */
  oldest: { area: text, measure: oneOf(MEASURES_OF_AGE), at: ms },
  /** One row per indicator, in every scope: from which value on it is worth a look, and an alarm. Id: the indicator. */
  threshold: { watch: orNull(number), alarm: orNull(number) },
  /** One row, in every scope: the newest link of the audit log's chain that was published (docs/audit.md). `hash`: SHA-256, hex. */
  audit: { seq: number, hash: text, at: ms },
  /** `board:NN`: a request for resources that is still to be met. `place`: a sub-district, or the district. */
  resource: {
    kind: oneOf(RESOURCE_KINDS),
    quantity: number,
    urgent: flag,
    place: text,
    facility: from('facility_id', orNull(number)),
    status: oneOf(LIVE_RESOURCE_STATES),
    requestedBy: from('requested_label', words),
    requestedAt: ms,
    holder: from('holder_label', orNull(words)),
    holderKey: from('claimed_by', orNull(account)),
    claimedAt: orNull(ms),
  },
  /** `board:NN`: a call to the hotline that is still owed something. Its number is not on the wire. */
  call: {
    district: text,
    state: oneOf(LIVE_CALL_STATES),
    language: oneOf(LANGUAGES),
    rangAt: ms,
    dueAt: orNull(ms),
    tries: number,
    holder: from('holder_label', orNull(words)),
    holderKey: from('claimed_by', orNull(account)),
    leaseUntil: orNull(ms),
  },
  /** `command:TH`, `command:NN` (a province and its districts): the shift of an area. */
  period: {
    area: text,
    title: words,
    status: oneOf(LIVE_PERIOD_STATES),
    startsAt: ms,
    endsAt: ms,
    by: from('started_label', words),
  },
  /** There too: what is to be reached or done. Its owner is a role or a label, never a person's name. */
  objective: {
    area: text,
    kind: oneOf(OBJECTIVE_KINDS),
    objective: from('objective_id', orNull(text)),
    title: words,
    role: from('owner_role', orNull(oneOf(COMMANDED_ROLES))),
    owner: from('owner_label', orNull(words)),
    dueAt: orNull(ms),
    state: oneOf(LIVE_OBJECTIVE_STATES),
  },
  /** There too: a message from command, until it ends or is withdrawn. */
  message: {
    area: text,
    audience: oneOf(AUDIENCES),
    urgent: flag,
    text: words,
    sentAt: ms,
    until: ms,
    by: from('sent_label', words),
  },
  /** There too: the newest entry of an area's log; its text is asked for. id: the area */
  logged: { entry: number },
  /** `screen:<account>`: what the screen is told to do, until `until`. `text`: a message, or the scene to show. */
  order: { kind: oneOf(SCREEN_ORDERS), text: orNull(words), at: ms, until: ms },
  /** `board:NN` and `presence:<case>`: who looks at a case; id `<case>.<key of the account>`. Gone when they look away. */
  presence: { caseId: text, key: from('account_id', account), label: words, until: ms },
  /**
   * `alerts` (all) and `alerts:NN` (those of the province and of what lies in it). It says what it was judged by: `indicator`,
   * `option`, `condition` and `bound` as the rule had them. `announced`: the people of its area were called to it;
   * `announcedNation`: national command was. `dueAt`: until when the owner is to answer. What was written about it is in no row.
   */
  alert: {
    rule: from('rule_id', number),
    area: text,
    facility: from('facility_id', orNull(number)),
    facilityTh: orNull(words),
    facilityEn: orNull(words),
    nameTh: words,
    nameEn: words,
    indicator: text,
    option: orNull(text),
    condition: oneOf(ALERT_CONDITIONS),
    bound: number,
    value: orNull(number),
    severity: oneOf(ALERT_SEVERITIES),
    state: oneOf(LIVE_ALERT_STATES),
    owner: oneOf(ALERT_OWNERS),
    escalateTo: orNull(oneOf(ALERT_OWNERS)),
    sound: flag,
    announced: flag,
    announcedNation: flag,
    raisedAt: ms,
    dueAt: orNull(ms),
    holder: from('holder_label', orNull(words)),
    holderKey: from('held_by', orNull(account)),
    heldAt: orNull(ms),
    shelvedUntil: orNull(ms),
    escalatedAt: orNull(ms),
    clearedAt: orNull(ms),
  },
  /** `alerts`, and of a province `alerts:NN` too; id: the area. While it is there, `held` alerts were announced to nobody there. */
  flood: { since: ms, held: number },
} as const satisfies Readonly<Record<string, Readonly<Record<string, Column>>>>

export type RowKind = keyof typeof ROWS
/** `[kind, id, ...values]` */
export type Row<K extends RowKind = RowKind> = readonly [K, string, ...RowValue[]]

type ValueOf<C> = C extends Column<infer V> ? V : never
type ValuesOf<Columns> = { readonly [Name in keyof Columns]: ValueOf<Columns[Name]> }
export type RowObject<K extends RowKind> = { readonly id: string } & ValuesOf<(typeof ROWS)[K]>

/** The columns of a kind, in the order of the wire. */
export function columnsOf(kind: RowKind): readonly (readonly [name: string, column: Column])[] {
  return Object.entries<Column>(ROWS[kind])
}

/** The names of the values of a row, in their order. */
export const ROW_COLUMNS = Object.fromEntries<readonly string[]>(
  Object.entries(ROWS).map(([kind, columns]) => [kind, Object.keys(columns)]),
) as Readonly<Record<RowKind, readonly string[]>>

/** The key of a row within a scope. */
export function rowKey(kind: string, id: string): string {
  return `${kind}/${id}`
}

/** A row as an object, for selectors. */
export function rowObject<K extends RowKind>(row: Row<K>): RowObject<K> {
  const out: Record<string, RowValue> = { id: row[1] }
  ROW_COLUMNS[row[0]].forEach((column, i) => {
    out[column] = row[i + 2] ?? null
  })
  return out as RowObject<K>
}

/** The row of an object. */
export function rowOf<K extends RowKind>(kind: K, object: RowObject<K>): Row<K> {
  const values: Readonly<Record<string, RowValue>> = object
  return [kind, object.id, ...ROW_COLUMNS[kind].map((column) => values[column] ?? null)]
}

/** The rows of one kind, as objects. */
export function rowObjects<K extends RowKind>(rows: Iterable<Row>, kind: K): RowObject<K>[] {
  const isOfKind = (row: Row): row is Row<K> => row[0] === kind
  return [...rows].filter(isOfKind).map((row) => rowObject(row))
}
