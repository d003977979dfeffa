import { can } from '../authorize/decide.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { NATION, provinceOf } from '../contract/vocabulary/areas.ts'
import { type Numbers, numbersOf } from '../work/exchange/numbers.ts'
import type { AppDeps, HubContext } from './env.ts'
import { demandReady } from './ready.ts'

/** A cache answers everybody for so long; the licence travels with the numbers. */
const LICENCE = 'https://creativecommons.org/licenses/by/4.0/'
const VARY = 'Authorization, Cookie'
const PUBLIC = { 'Cache-Control': 'public, max-age=10', Vary: VARY, Link: `<${LICENCE}>; rel="license"` }
const PRIVATE = { 'Cache-Control': 'private, no-store', Vary: VARY }

export type ShownNumbers = { readonly numbers: Numbers; readonly headers: Readonly<Record<string, string>> }

/** The scope by which whoever asks reads an area: a province as it is, or as everybody. */
async function scopeFor(c: HubContext, area: string): Promise<Scope> {
  if (area === NATION) return 'nation'
  const province = provinceOf(area)
  const exact = can(await c.get('access').grant(), 'province.read', { area: province }).allowed
  return `${exact ? 'province' : 'public'}:${province}`
}

/**
 * What screens show of an area, for an export: the same cells.
 * @param area TH, or 2 or 4 digits of a province that exists
 * @throws ApiError 503 before the first snapshot
 */
export async function numbersFor(deps: AppDeps, c: HubContext, area: string): Promise<ShownNumbers> {
  demandReady(deps)
  const scope = await scopeFor(c, area)
  return {
    numbers: numbersOf(deps.situation.since(scope, 0)),
    headers: scope.startsWith('province:') ? PRIVATE : PUBLIC,
  }
}

/** How long a list of all provinces is kept for all who ask. */
const KEEP_MS = 10_000

export type PublicNumbers = {
  /** of every province, as everybody sees them */
  all(): readonly Numbers[]
  /** of the nation and its provinces */
  nation(): Numbers
}

/** Lists of the whole country, made once in a while: they read every province. */
export function publicNumbers(deps: AppDeps, provinces: readonly string[]): PublicNumbers {
  let held: { readonly until: number; readonly all: readonly Numbers[]; readonly nation: Numbers } | undefined
  const current = () => {
    demandReady(deps)
    if (held !== undefined && held.until > deps.clock.now()) return held
    const read = (scope: Scope) => numbersOf(deps.situation.since(scope, 0))
    held = {
      until: deps.clock.now() + KEEP_MS,
      all: provinces.map((code) => read(`public:${code}`)),
      nation: read('nation'),
    }
    return held
  }
  return { all: () => current().all, nation: () => current().nation }
}

export { PUBLIC as PUBLIC_HEADERS }
