/** What a volunteer records, in the order of the form. */
export const RECORD_KINDS = ['request', 'patient', 'vulnerable', 'test', 'dose'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** How a case came in. */
export const CASE_SOURCES = ['help', 'volunteer', 'api', 'import', 'replay'] as const
export type CaseSource = (typeof CASE_SOURCES)[number]
