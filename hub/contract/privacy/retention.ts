/** What the text of consent promises ("at most one year"): no rule of a request may be longer. */
export const CLOSED_CASES_DAYS_MOST = 365
/** Of the audit log: an abuse is found late. PostgreSQL holds it too (migration 0078). */
export const AUDIT_DAYS_LEAST = 365
/** A rule that is made shorter holds this much later: what it takes is announced before. */
export const ANNOUNCED_DAYS = 7

type RuleBounds = { readonly days: number; readonly least: number; readonly most: number }

/** What goes by itself, and after how many days: the default, and between what it may be set. */
export const RETENTION = {
  /** who somebody is, after their request has ended; the case stays, without them */
  requests: { days: 180, least: 30, most: CLOSED_CASES_DAYS_MOST },
  /** of the register of the vulnerable, after nobody has been in touch */
  register: { days: 365, least: 30, most: 730 },
  /** numbers of calls, after they have ended */
  calls: { days: 7, least: 1, most: 30 },
  /** one-time codes, after they have expired */
  codes: { days: 1, least: 1, most: 7 },
  /** answers that a phone may ask for again; a phone without a network sends for days */
  answers: { days: 7, least: 7, most: 30 },
  /** notices to those who work here, and what became of them */
  notices: { days: 14, least: 3, most: 90 },
  /** invitations, after they have expired or were accepted */
  invitations: { days: 90, least: 7, most: 365 },
  /** entries of the audit log, after they were chained; the chain goes on from there */
  audit: { days: 1825, least: AUDIT_DAYS_LEAST, most: 3650 },
} as const satisfies Readonly<Record<string, RuleBounds>>

export type RetentionRule = keyof typeof RETENTION
export const RETENTION_RULES = Object.keys(RETENTION) as readonly RetentionRule[]

/** What is kept for longer than the announcement takes, whatever its rule is set to. */
export const ANNOUNCED_RULES = ['requests', 'register', 'audit'] as const satisfies readonly RetentionRule[]
export type AnnouncedRule = (typeof ANNOUNCED_RULES)[number]
