type Ends = { readonly expiresAt: string; readonly revokedAt: string | null }

/** Time enough to give its owner a new one. */
const ENDING_MS = 14 * 86_400_000

/** @param now ms since 1970 */
export function keyState({ expiresAt, revokedAt }: Ends, now: number): 'active' | 'ending' | 'expired' | 'revoked' {
  if (revokedAt !== null) return 'revoked'
  const left = Date.parse(expiresAt) - now
  if (left <= 0) return 'expired'
  return left < ENDING_MS ? 'ending' : 'active'
}
