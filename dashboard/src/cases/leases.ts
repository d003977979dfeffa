import { type Accessor, createEffect, createSignal, untrack } from 'solid-js'
import { fetchConfig } from '../api/areas.ts'
import { caseWords } from '../i18n/caseWords.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { toast } from '../ui/Toast.tsx'
import { type BoardCase, type BoardNeed, LATE_MS, type SeverityTimes, WARN_MS } from './board.ts'
import { workWords } from './words.ts'

/** ms by severity: how long a claim holds without an action, and how long before its end its holder is warned. */
export type LeaseTimes = { readonly leaseMs: SeverityTimes; readonly warnMs: SeverityTimes }

const DEFAULTS: LeaseTimes = { leaseMs: LATE_MS, warnMs: WARN_MS }
const [times, setTimes] = createSignal<LeaseTimes>()
let asked = false

/**
 * As the hub is configured. `undefined` until it has said so, that nobody is warned by another hub's times; a hub that
 * does not say has the defaults, and is asked again by the next screen.
 */
export function useLeaseTimes(): Accessor<LeaseTimes | undefined> {
  if (!asked) {
    asked = true
    void fetchConfig().then(({ leaseMs, leaseWarnMs }) => {
      asked = leaseMs !== undefined && leaseWarnMs !== undefined
      setTimes((known) => (leaseMs && leaseWarnMs ? { leaseMs, warnMs: leaseWarnMs } : (known ?? DEFAULTS)))
    })
  }
  return times
}

/** How long a claim holds, and a case may wait before it is late; the defaults until the hub has said so. */
export function useLeaseMs(): Accessor<SeverityTimes> {
  const known = useLeaseTimes()
  return () => (known() ?? DEFAULTS).leaseMs
}

type Phase = 'held' | 'soon' | 'over'
/** Claims of one's own and how near their end they were, by need. */
export type OwnClaims = ReadonlyMap<number, { readonly need: BoardNeed; readonly phase: Phase }>
export type LeaseNews = { readonly kind: 'soon' | 'over'; readonly need: BoardNeed }

function phaseOf({ leaseUntil }: BoardNeed, warnMs: number, now: number): Phase {
  const left = (leaseUntil ?? 0) - now
  if (left <= 0) return 'over'
  return left < warnMs ? 'soon' : 'held'
}

/**
 * What is to be said of one's own claims. Each warning and each end is said once: by the clock, which also runs while
 * the link is down, or by the row that the hub has freed.
 * @param now ms since 1970, the hub's clock
 */
export function leaseNews(
  before: OwnClaims,
  cases: readonly Pick<BoardCase, 'severity' | 'needs'>[],
  me: string,
  now: number,
  warnMs: SeverityTimes,
): { readonly claims: OwnClaims; readonly news: readonly LeaseNews[] } {
  const claims = new Map<number, { need: BoardNeed; phase: Phase }>()
  const news: LeaseNews[] = []
  for (const { severity, needs } of cases) {
    for (const need of needs) {
      const was = before.get(need.id)
      if (need.holderKey === me) {
        const phase = phaseOf(need, warnMs[severity], now)
        const same = was !== undefined && was.need.claimedAt === need.claimedAt
        if (phase !== 'held' && !(same && was.phase === phase)) news.push({ kind: phase, need })
        claims.set(need.id, { need, phase })
      } else if (was !== undefined && was.phase !== 'over') {
        const ranOut = need.freed === 'expired' || (need.status !== 'open' && (was.need.leaseUntil ?? 0) <= now)
        if (ranOut) news.push({ kind: 'over', need: was.need })
      }
    }
  }
  return { claims, news }
}

/** Says, wherever on the page one looks, that a claim of one's own ends soon, with a way to keep it, or has ended. */
export function createLeaseNotices(
  cases: Accessor<readonly Pick<BoardCase, 'severity' | 'needs'>[]>,
  me: Accessor<string>,
  now: Accessor<number>,
  keep: (need: BoardNeed) => void,
): void {
  const t = useWords(workWords)
  const names = useWords(caseWords)
  const { format } = useLanguage()
  const leases = useLeaseTimes()
  const [own, setOwn] = createSignal<OwnClaims>(new Map())
  /** A warning is true until the claim is kept, given back or over; an end, until one has claimed again. */
  const holds = ({ kind, need }: LeaseNews) => {
    const phase = own().get(need.id)?.phase
    return kind === 'soon' ? phase === 'soon' : phase === undefined || phase === 'over'
  }
  createEffect(() => {
    const known = leases()
    if (known === undefined) return
    const { claims, news } = leaseNews(untrack(own), cases(), me(), now(), known.warnMs)
    setOwn(claims)
    untrack(() => {
      for (const one of news) {
        const { kind, need } = one
        const time = format().time(need.leaseUntil ?? now())
        toast(t(`lease.${kind}`, names(`need.${need.kind}`), String(need.caseId), time), 'alarm', {
          holds: () => holds(one),
          ...(kind === 'soon' ? { action: { text: t('keep'), run: () => keep(need) } } : {}),
        })
      }
    })
  })
}
