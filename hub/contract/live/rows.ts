/**
 * Rows of a scope, as they travel: `[kind, id, ...values]` in the order of ROW_COLUMNS. No row holds personal data.
 * Text columns that name a thing are bilingual (`nameTh`, `nameEn`); absent values are `null`.
 */
export const ROW_COLUMNS = {
  /** One row, in every scope: what day the operation is on and whether this is an exercise. `kind`: live | drill | replay. */
  operation: ['day', 'kind', 'titleTh', 'titleEn'],
  /** `province:NN`. `kind`: hospital | field | hospitel | ci | vaccination. */
  facility: ['kind', 'district', 'nameTh', 'nameEn', 'lat', 'lon', 'reportedAt'],
  /** `province:NN`, one per facility and bed level, id `<facility>.<level>`. Counts of beds. */
  beds: ['facility', 'level', 'staffed', 'available', 'held', 'occupied', 'cleaning', 'blocked', 'reportedAt'],
  /**
   * `board:NN`: a case with a live need. `place`: 6 digits, or 4 when no sub-district is known. Times: ms since 1970;
   * `heardAt`: when the person last added something to their request.
   */
  case: [
    'district',
    'place',
    'severity',
    'risk608',
    'classification',
    'stage',
    'carePlace',
    'reportedAt',
    'severityAt',
    'contactedAt',
    'escalatedAt',
    'heardAt',
  ],
  /**
   * `board:NN`: a live need of a case. `freed`: released | expired | reopened | undone when somebody had it before;
   * `holder`, `offeredTo`: an organisation and call-sign, never a person's name; `holderKey`, `offeredKey`: whose they
   * are, since two accounts may share a call-sign. An account is told its own key (`GET /api/session`).
   */
  need: [
    'caseId',
    'kind',
    'status',
    'freed',
    'openedAt',
    'holder',
    'claimedAt',
    'leaseUntil',
    'askedAt',
    'offeredTo',
    'holderKey',
    'offeredKey',
  ],
  /**
   * `board:NN` of the place it leaves while it is under way, and `facility:<id>` it leads to once approved. Who comes is
   * said by the case's number alone.
   */
  transfer: ['caseId', 'district', 'status', 'level', 'facility', 'requestedAt', 'updatedAt'],
  /** `board:NN` and `presence:<case>`: who looks at a case; id `<case>.<key of the account>`. Gone when they look away. */
  presence: ['caseId', 'key', 'label', 'until'],
} as const

export type RowKind = keyof typeof ROW_COLUMNS
export type RowValue = string | number | boolean | null
/** `[kind, id, ...values]` */
export type Row = readonly [RowKind, string, ...RowValue[]]

/** The key of a row within a scope. */
export function rowKey(kind: string, id: string): string {
  return `${kind}/${id}`
}

type Columns<K extends RowKind> = (typeof ROW_COLUMNS)[K][number]
export type RowObject<K extends RowKind> = { readonly id: string } & { readonly [C in Columns<K>]: RowValue }

/** A row as an object, for selectors. */
export function rowObject<K extends RowKind>(row: Row): RowObject<K> {
  const out: Record<string, RowValue> = { id: row[1] }
  ROW_COLUMNS[row[0]].forEach((column, i) => {
    out[column] = row[i + 2] ?? null
  })
  return out as RowObject<K>
}
