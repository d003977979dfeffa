import {
  RESOURCE_CLAIM_HOURS,
  RESOURCE_WARN_MINUTES,
  type ResourceKind,
  type ResourceState,
} from '../../../../hub/contract/vocabulary/resources.ts'

/** A request as a card shows it: a live row of the board, or an answer of the API. */
export type Requested = {
  readonly id: string | number
  readonly kind: ResourceKind
  readonly quantity: number
  readonly urgent: boolean
  readonly place: string
  readonly status: ResourceState
  readonly requestedBy: string
  readonly requestedAt: number
  readonly holder: string | null
  readonly holderKey: string | null
  readonly claimedAt: number | null
}

const CLAIM_MS = RESOURCE_CLAIM_HOURS * 3_600_000

/** When a claim ends by itself; ms since 1970. */
export function claimEnds({ status, claimedAt }: Requested): number | null {
  return status === 'claimed' && claimedAt !== null ? claimedAt + CLAIM_MS : null
}

/** Whether a claim ends so soon that its holder is warned. */
export function endsSoon(one: Requested, now: number): boolean {
  const end = claimEnds(one)
  return end !== null && now >= end - RESOURCE_WARN_MINUTES * 60_000
}

/** Whether the claim of another has stood so long that anybody may take it over. */
export function canBeTakenOver(one: Requested, now: number): boolean {
  const end = claimEnds(one)
  return end !== null && now >= end
}

/** Mine first, then what nobody has, the urgent and the oldest before others. */
export function inOrder<R extends Requested>(requests: readonly R[], me: string, now: number): R[] {
  const rank = (one: R) => {
    if (one.holderKey === me) return 0
    return one.status === 'open' || canBeTakenOver(one, now) ? 1 : 2
  }
  return requests.toSorted(
    (a, b) => rank(a) - rank(b) || Number(b.urgent) - Number(a.urgent) || a.requestedAt - b.requestedAt,
  )
}
