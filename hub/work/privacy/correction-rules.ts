import { CORRECTION_DAYS, type CorrectionRefusal, type CorrectionState } from '../../contract/vocabulary/corrections.ts'
import { type Refused, refuse } from '../command/refusal.ts'

export type CorrectionEvent = 'close' | 'reopen'
type Standing = {
  /** ms since 1970 */
  readonly askedAt: number
  readonly closedAt: number | null
  readonly because: CorrectionRefusal | null
  /** who has closed it, as the history calls them */
  readonly by: string | null
}

const DUE_MS = CORRECTION_DAYS * 86_400_000
export const dueAt = (askedAt: number): number => askedAt + DUE_MS

/** What was asked for before this is late. */
export const lateBefore = (now: number): number => now - DUE_MS

export function stateOf({ closedAt, because }: Pick<Standing, 'closedAt' | 'because'>): CorrectionState {
  if (closedAt === null) return 'open'
  return because === null ? 'done' : 'refused'
}

type Decide = (standing: Standing) => { readonly ok: true } | Refused
const allow: Decide = () => ({ ok: true })
/** Who comes second reads who was faster. */
const closedAlready: Decide = ({ by, closedAt }) => refuse('correction_closed', { holder: by, since: closedAt })
const openAlready: Decide = () => refuse('not_possible', { because: 'open' })
/** Of who was erased, nothing is left to correct. */
const unlessErased: Decide = (standing) =>
  standing.because === 'erased' ? refuse('not_possible', { because: 'erased' }) : allow(standing)

const DECIDE: Readonly<Record<CorrectionState, Readonly<Record<CorrectionEvent, Decide>>>> = {
  open: { close: allow, reopen: openAlready },
  done: { close: closedAlready, reopen: unlessErased },
  refused: { close: closedAlready, reopen: unlessErased },
}

export function decideCorrection(standing: Standing, event: CorrectionEvent): { readonly ok: true } | Refused {
  return DECIDE[stateOf(standing)][event](standing)
}
