/** What a volunteer records, in the order of the form. */
export const RECORD_KINDS = ['request', 'patient', 'check', 'vulnerable', 'test', 'dose'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]
/** Records about somebody or something new: each has a form. */
export const FORM_KINDS = ['request', 'patient', 'vulnerable', 'test', 'dose'] as const satisfies readonly RecordKind[]
export type FormKind = (typeof FORM_KINDS)[number]

/** How a case came in. */
export const CASE_SOURCES = ['help', 'volunteer', 'api', 'import', 'replay'] as const
export type CaseSource = (typeof CASE_SOURCES)[number]

/** What the register of the vulnerable is filtered by. */
export const VULNERABLE_SHOWN = ['due', 'uncontacted', 'unvaccinated', 'all'] as const
export type VulnerableShown = (typeof VULNERABLE_SHOWN)[number]
