import type { LinkStatus } from './store.ts'

export type FreshnessReason =
  | 'none'
  | 'connecting'
  | 'silent'
  | 'source'
  | 'behind'
  | 'old'
  | 'wrong'
  | 'reconnecting'
  | 'noNetwork'
  | 'version'
  | 'revoked'
  | 'refused'

/**
 * `live`: what is shown is what was committed a moment ago. `stale`: the link stands, but nothing vouches for the
 * numbers. `offline`: no link. `ageMs`: since the hub last vouched for them; `null` when it never has.
 */
export type Freshness = {
  readonly kind: 'connecting' | 'live' | 'stale' | 'offline'
  readonly reason: FreshnessReason
  readonly ageMs: number | null
}

/**
 * ms that the hub may be behind PostgreSQL while its numbers still count as current. It looks every 5 s, so that it has
 * admitted this much within 10 s of falling behind.
 */
export const LAG_MS_MAX = 5_000

function offlineReason(status: LinkStatus): FreshnessReason {
  const { connection } = status
  if (connection.kind === 'offline') return 'noNetwork'
  if (connection.kind !== 'stopped') return 'reconnecting'
  if (connection.reason === 'version') return 'version'
  return connection.reason === 'revoked' ? 'revoked' : 'refused'
}

/** Age by the last beat or delta, with the lag behind PostgreSQL that the hub last admitted. */
function ageOf(status: LinkStatus, now: number): number | null {
  const { beat, vouchedAt, connection } = status
  const since = vouchedAt ?? connection.memory.heardAt
  return since === null ? null : Math.max(0, now - since) + Math.max(0, beat?.lag ?? 0)
}

/** Why nothing vouches for the numbers now, though the link stands; `null`: something does. */
function whyOld({ carrier, beat, vouchedAt }: LinkStatus, ageMs: number | null, now: number): FreshnessReason | null {
  // Through caches the age is all there is to go by; the hub's own lag is part of it.
  if (carrier === 'feed') return ageMs !== null && ageMs > LAG_MS_MAX ? 'old' : null
  if (beat !== null && beat.lag > LAG_MS_MAX) return 'behind'
  // A link that is new and has brought nothing yet says nothing of numbers that are old.
  return vouchedAt !== null && now - vouchedAt > LAG_MS_MAX ? 'silent' : null
}

/** @param now the screen's clock */
export function freshness(status: LinkStatus, loaded: boolean, now: number): Freshness {
  const { connection } = status
  const ageMs = ageOf(status, now)
  if (status.denied !== null) return { kind: 'offline', reason: 'refused', ageMs }
  const { heardAt, failures } = connection.memory
  const isFirst = connection.kind === 'connecting' && heardAt === null && failures === 0
  if (isFirst || (!loaded && (connection.kind === 'connecting' || connection.kind === 'open'))) {
    return { kind: 'connecting', reason: 'connecting', ageMs }
  }
  if (connection.kind === 'stale') return { kind: 'stale', reason: 'silent', ageMs }
  if (connection.kind !== 'open') return { kind: 'offline', reason: offlineReason(status), ageMs }
  if (status.wrongSince !== null) return { kind: 'stale', reason: 'wrong', ageMs }
  if (status.beat && !status.beat.live) return { kind: 'stale', reason: 'source', ageMs }
  const old = whyOld(status, ageMs, now)
  return old === null ? { kind: 'live', reason: 'none', ageMs } : { kind: 'stale', reason: old, ageMs }
}
