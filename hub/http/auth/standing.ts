import type { SessionRow } from '../../../db/queries/session-standing.ts'
import { type EndedBy, HALF_MS } from '../../../db/queries/sessions-end.ts'
import type { Owed, Proof } from '../../contract/vocabulary/factors.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** What a session opens: `whole` what its account may; `half` nothing but the way to its second factor; `over` nothing. */
export type Standing = { readonly kind: 'whole' } | { readonly kind: 'half'; readonly owes: Owed } | Over
type Over = { readonly kind: 'over'; readonly why: EndedBy }

type Facts = Pick<
  SessionRow,
  | 'drill'
  | 'createdAt'
  | 'usedAt'
  | 'provenAt'
  | 'factor'
  | 'kinds'
  | 'operation'
  | 'factorFrom'
  | 'idleMinutes'
  | 'lifeHours'
  | 'inDrill'
>

/** Rules of factors and proofs hold while something is real, and in an exercise where that is asked for. */
export function rulesHold({ operation, inDrill }: Pick<SessionRow, 'operation' | 'inDrill'>): boolean {
  return operation === 'live' || inDrill
}

/** Whether a second factor is demanded of the role by now. */
export function demandsFactor(facts: Pick<Facts, 'operation' | 'inDrill' | 'factorFrom'>, now: number): boolean {
  return rulesHold(facts) && facts.factorFrom !== null && facts.factorFrom.getTime() <= now
}

/** Whether nothing was done in it for too long, or it is too old. A drill's own accounts hold nothing real, screens have no rules. */
function endOf({ drill, createdAt, usedAt, idleMinutes, lifeHours }: Facts, now: number): Over | undefined {
  if (drill || idleMinutes === null || lifeHours === null) return undefined
  if (now >= createdAt.getTime() + lifeHours * HOUR_MS) return { kind: 'over', why: 'life' }
  return now >= usedAt.getTime() + idleMinutes * MINUTE_MS ? { kind: 'over', why: 'idle' } : undefined
}

/** Pure. Whoever has a factor shows it, whatever the rules say: else it would protect nothing. */
export function standingOf(facts: Facts, now: number): Standing {
  const over = endOf(facts, now)
  if (over !== undefined) return over
  if (facts.factor !== null) return { kind: 'whole' }
  if (facts.kinds.length === 0 && !demandsFactor(facts, now)) return { kind: 'whole' }
  if (now >= facts.provenAt.getTime() + HALF_MS) return { kind: 'over', why: 'factor_owed' }
  return { kind: 'half', owes: facts.kinds.length > 0 ? 'prove' : 'set_up' }
}

/** How somebody proves that it is them: by what they have, and by the password only where they have nothing else. */
export function proofsOf({
  kinds,
  recoveryCodes,
  hasPassword,
}: Pick<SessionRow, 'kinds' | 'recoveryCodes' | 'hasPassword'>): Proof[] {
  if (kinds.length === 0) return hasPassword ? ['password'] : []
  const own: Proof[] = (['passkey', 'totp'] as const).filter((kind) => kinds.includes(kind))
  return recoveryCodes > 0 ? [...own, 'recovery'] : own
}

/** Whether who is there was proven so lately that it need not be asked again. */
export function isProven(
  session: Pick<SessionRow, 'operation' | 'inDrill' | 'provenAt' | 'proofMinutes'>,
  now: number,
): boolean {
  return !rulesHold(session) || now < session.provenAt.getTime() + session.proofMinutes * MINUTE_MS
}
