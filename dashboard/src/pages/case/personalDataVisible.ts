import type { BoardNeed } from '../../cases/board.ts'

type Sight = {
  readonly needs: readonly Pick<BoardNeed, 'holderKey' | 'leaseUntil'>[]
  /** the account's key */
  readonly me: string
  readonly supervises: boolean
  /** they look after this person at home, as the hub says */
  readonly keeps: boolean
  /** nothing is needed any more, and the hub says that they held it last */
  readonly heldLast: boolean
  /** ms since 1970, the hub's clock */
  readonly now: number
  /** when the link was last up; ms since 1970 */
  readonly heardAt: number
  /** what a claim of this case lasts, ms */
  readonly leaseMs: number
}

/**
 * Whether personal data may still be shown. While the link is down nothing says that a right has ended, so a claim ends
 * by the clock, and a supervisor, or who held it last, sees for as long as a claim would have lasted.
 */
export function personalDataVisible({ needs, me, supervises, keeps, heldLast, now, heardAt, leaseMs }: Sight): boolean {
  if (needs.some((need) => need.holderKey === me && (need.leaseUntil ?? 0) > now)) return true
  return (supervises || keeps || heldLast) && now - heardAt < leaseMs
}
