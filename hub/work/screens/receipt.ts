import type { z } from 'zod'
import type { ScreenRow } from '../../../db/queries/accounts-screens.ts'
import type { receiptAnswer } from '../../contract/api/receipts.ts'
import type { Scope } from '../../contract/live/scopes.ts'
import { NATION, provinceOf } from '../../contract/vocabulary/areas.ts'
import type { WallReceipt, WallReport } from '../../fanout/walls.ts'

/** Of the screens that have not painted it, so many are named. */
const MISSING_MAX = 20

/** Where walls show what stands in a scope: a claim on a board counts in its province and in the nation. */
export function wallScopes(scope: Scope): readonly Scope[] {
  const [kind, code = ''] = scope.split(':')
  if (kind === 'board' || kind === 'province' || kind === 'public') {
    return [`province:${code}`, `public:${code}`, 'nation']
  }
  return kind === 'alerts' && code !== '' ? [scope, 'alerts'] : [scope]
}

/** Whether the wall of a screen of this area follows one of the scopes when it is on. */
function shouldShow({ disabled, area }: ScreenRow, scopes: readonly Scope[]): boolean {
  const own: readonly Scope[] =
    area === NATION
      ? ['nation', 'alerts', 'command:TH']
      : [`province:${provinceOf(area)}`, `alerts:${provinceOf(area)}`, `command:${provinceOf(area)}`, 'command:TH']
  return !disabled && scopes.some((scope) => own.includes(scope))
}

export type ReceiptInput = {
  readonly scope: Scope
  readonly position: number
  readonly screens: readonly ScreenRow[]
  /** of walls that follow one of the scopes, and of all screens that have been on */
  readonly receipts: readonly WallReceipt[]
  readonly links: ReadonlyMap<string, WallReport>
  /** hubs that did not answer */
  readonly silent: readonly string[]
  readonly mayName: boolean
}

/** Who has painted a position: the screens that are on or should be, and walls that are nobody's screen. */
export function receiptOf(input: ReceiptInput): z.input<typeof receiptAnswer> {
  const { scope, position, links, mayName } = input
  const scopes = wallScopes(scope)
  const byAccount = Map.groupBy(input.receipts, ({ account }) => account)
  const others = byAccount.get(null) ?? []
  const screens = input.screens
    .filter((screen) => byAccount.has(screen.id) || shouldShow(screen, scopes))
    .map((screen) => ({ screen, best: bestOf(byAccount.get(screen.id) ?? []) }))
  const missing = screens
    .filter(({ best }) => !best?.painted)
    .map(({ screen, best }) => {
      const link = links.get(screen.id)
      const isDark = best === undefined
      const since = isDark ? (link?.goneSince ?? screen.seenAt?.getTime() ?? null) : best.behindSince
      return { name: mayName ? screen.name : null, since, isDark }
    })
    .toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0))
  return {
    scope,
    position,
    screens: sum(screens.map(({ best }) => best)),
    missing: missing.slice(0, MISSING_MAX),
    others: sum(others),
    silent: input.silent.map((hub) => (mayName ? hub : null)),
  }
}

/** Of several pages of one screen, the one that has painted it counts. */
function bestOf(receipts: readonly WallReceipt[]): WallReceipt | undefined {
  return receipts.find(({ painted }) => painted) ?? receipts[0]
}

function sum(receipts: readonly (WallReceipt | undefined)[]) {
  const painted = receipts.filter((one) => one?.painted === true)
  const times = painted.flatMap((one) => one?.ms ?? [])
  return { of: receipts.length, painted: painted.length, lastMs: times.length === 0 ? null : Math.max(...times) }
}
