import { type Scope, scopeArea } from '../contract/live/scopes.ts'
import type { RefusalName } from '../contract/refusals/codes.ts'
import { ACTIONS, type Action } from '../contract/vocabulary/actions.ts'
import { NATION, provinceOf } from '../contract/vocabulary/areas.ts'
import type { Subject } from '../contract/vocabulary/roles.ts'
import type { Grant } from './grant.ts'
import type { Resource } from './resource.ts'
import { type Reach, reachOf } from './table.ts'

/** `refusal`: what was missing, as hub/contract/refusals/codes.ts says it. */
export type Decision =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly code: 'unauthenticated' | 'forbidden'; readonly refusal: RefusalName }

const ALLOWED: Decision = { allowed: true }

export function subjectOf(grant: Grant | null): Subject {
  return grant === null || grant.role === 'machine' ? 'public' : grant.role
}

/** Whether one of `own` is `area` or holds it. */
export function covers(own: readonly string[], area: string): boolean {
  return own.some((code) => code === NATION || (area !== NATION && area.startsWith(code)))
}

/** Whether one of `own` lies in the same province as `area`. The nation as a whole lies in no province. */
function sharesProvince(own: readonly string[], area: string): boolean {
  return own.some((code) => code === NATION || (area !== NATION && provinceOf(code) === provinceOf(area)))
}

function refused(grant: Grant | null, refusal: RefusalName): Decision {
  return grant === null
    ? { allowed: false, code: 'unauthenticated', refusal: 'unauthenticated' }
    : { allowed: false, code: 'forbidden', refusal }
}

const REFUSALS: Readonly<Record<Exclude<Reach, 'everywhere'>, RefusalName>> = {
  deny: 'not_in_role',
  holder: 'not_held',
  'last holder': 'not_held',
  facility: 'other_facility',
  area: 'other_area',
  province: 'other_province',
}

/** Whether `grant` (null: no session) may do `action` to `resource`. Pure; a resource without an area is nobody's own. */
export function can(grant: Grant | null, action: Action, resource: Resource): Decision {
  const reach = reachOf(subjectOf(grant), action)
  if (reach === 'everywhere') return ALLOWED
  if (grant?.key) return withinKey(grant.key, action, resource)
  return grant !== null && within(grant, reach, resource) ? ALLOWED : refused(grant, REFUSALS[reach])
}

/** A key gives what it names, in the places it names, beside what everybody may. */
function withinKey(key: NonNullable<Grant['key']>, action: Action, { area, facility }: Resource): Decision {
  if (!key.actions.some((one) => one === action)) return { allowed: false, code: 'forbidden', refusal: 'not_in_key' }
  if (area !== undefined && covers(key.areas, area)) return ALLOWED
  if (facility !== undefined && key.facilities.includes(facility)) return ALLOWED
  return { allowed: false, code: 'forbidden', refusal: facility === undefined ? 'other_area' : 'other_facility' }
}

function within(grant: Grant, reach: Exclude<Reach, 'everywhere'>, resource: Resource): boolean {
  switch (reach) {
    case 'deny':
      return false
    case 'holder':
      return resource.holder === grant.account && (resource.area === undefined || covers(grant.areas, resource.area))
    case 'last holder':
      return (
        within(grant, 'holder', resource) ||
        within(grant, 'holder', { ...resource, holder: resource.lastHolder ?? null })
      )
    case 'facility':
      return grant.facility !== null && resource.facility === grant.facility
    case 'area':
      return resource.area !== undefined && covers(grant.areas, resource.area)
    case 'province':
      return resource.area !== undefined && sharesProvince(grant.areas, resource.area)
  }
}

/** Whether there is anything at all to which `grant` may do `action`: what a screen needs to show or hide a button. */
export function mayEver(grant: Grant | null, action: Action): Decision {
  if (reachOf(subjectOf(grant), action) !== 'deny') return ALLOWED
  if (grant?.key === undefined) return refused(grant, REFUSALS.deny)
  return grant.key.actions.some((one) => one === action) ? ALLOWED : refused(grant, 'not_in_key')
}

/** The actions open to `grant` somewhere, in the order of ACTIONS. */
export function actionsOf(grant: Grant | null): readonly Action[] {
  return ACTIONS.filter((action) => mayEver(grant, action).allowed)
}

export function scopeAction(scope: Scope): Action {
  if (scope === 'nation' || scope.startsWith('public:')) return 'situation.read'
  if (scope === 'alerts' || scope.startsWith('alerts:')) return 'alerts.read'
  // Every account hears what the nation's command says.
  if (scope.startsWith('province:') || scope === 'command:TH') return 'province.read'
  if (scope.startsWith('command:')) return 'command.read'
  if (scope.startsWith('facility:')) return 'transfer.read'
  if (scope.startsWith('screen:')) return 'session.own'
  return scope.startsWith('board:') ? 'board.read' : 'presence.read'
}

/**
 * Whether a subscription may be made, or may stay.
 * @param district of the case of `presence:<case>`, of the facility of `facility:<id>`; unknown: nobody's own
 */
export function authorizeScope(grant: Grant | null, scope: Scope, district?: string): Decision {
  const area = scopeArea(scope) ?? district
  const facility = scope.startsWith('facility:') ? { facility: Number(scope.slice('facility:'.length)) } : {}
  const holder = scope.startsWith('screen:') ? { holder: scope.slice('screen:'.length) } : {}
  return can(grant, scopeAction(scope), { ...facility, ...holder, ...(area === undefined ? {} : { area }) })
}
