import { isProvince, NATION, provinceOf } from '../vocabulary/areas.ts'
import { addDays } from '../vocabulary/days.ts'
import { DAYS_INSIDE, DAYS_OWN } from '../vocabulary/metrics.ts'

/**
 * What a client can subscribe to. One scope is one topic: a frame is encoded once for it and published once.
 * `nation` the nation and its provinces · `province:NN` a province, its districts and facilities ·
 * `public:NN` the same for those without an account, its districts as `publicValue` shows them · `board:NN` the open cases of a province ·
 * `alerts` all alerts · `alerts:NN` those of a province and what lies in it · `command:TH`, `command:NN` what command wants and says ·
 * `presence:<case id>` · `facility:<id>` the transfers to it · `screen:<account id>` what a screen is told to show and do.
 */
export type Scope =
  | 'nation'
  | 'alerts'
  | `alerts:${string}`
  | `province:${string}`
  | `public:${string}`
  | `board:${string}`
  | `command:${string}`
  | `presence:${string}`
  | `facility:${string}`
  | `screen:${string}`

const SCOPE =
  /^(?:nation|alerts|command:TH|(?:province|public|board|alerts|command):(\d{2})|presence:\d{1,18}|facility:\d{1,9}|screen:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/

/** A province that does not exist has no scope: an empty one would look like a province without cases. */
export function isScope(text: string): text is Scope {
  const scope = SCOPE.exec(text)
  return scope !== null && (scope[1] === undefined || isProvince(scope[1]))
}

/** Whatever everybody may see of the situation. */
export function isFeedScope(scope: string): scope is Scope {
  return isScope(scope) && (scope === 'nation' || scope.startsWith('public:'))
}

/** A scope of one thing: it lives only as long as it has rows of its own, and is followed on sockets alone. */
export function isEphemeral(scope: string): boolean {
  return scope.startsWith('presence:') || scope.startsWith('facility:') || scope.startsWith('screen:')
}

/** The area a scope is about: `TH` for `nation` and `alerts`, the province's code otherwise; none for an ephemeral one. */
export function scopeArea(scope: Scope): string | undefined {
  if (scope === 'nation' || scope === 'alerts') return NATION
  return isEphemeral(scope) ? undefined : scope.slice(scope.indexOf(':') + 1)
}

/** The scopes that show the cells of an area as they are. A province stands in the nation's scope and in its own two. */
export function cellScopes(area: string): readonly Scope[] {
  if (area === NATION) return ['nation']
  if (area.length === 2) return ['nation', `province:${area}`, `public:${area}`]
  if (area.length === 4) return [`province:${provinceOf(area)}`]
  return []
}

/** The scope that shows the cells of a district as `publicValue` says. */
export function publicScope(district: string): Scope {
  return `public:${provinceOf(district)}`
}

/**
 * The first days of flow cells that a scope holds when the operation's day is `today`: `own` for the area it is about,
 * `inside` for the areas inside it. Hub and client apply the same rule, so that a new day costs no bytes: cells that
 * have become too old fall on both sides.
 */
export function firstDays(today: string): { readonly own: string; readonly inside: string } {
  return { own: addDays(today, 1 - DAYS_OWN), inside: addDays(today, 1 - DAYS_INSIDE) }
}

/** The first day of flow cells that a scope holds of an area. */
export function firstDay(scope: Scope, area: string, today: string): string {
  const { own, inside } = firstDays(today)
  return area === scopeArea(scope) ? own : inside
}
