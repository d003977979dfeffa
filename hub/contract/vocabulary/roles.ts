/** People at work in the emergency: neither a device nor one who only looks after the platform. In docs/DOMAIN.md's order. */
export const WORKING_ROLES = [
  'volunteer',
  'responder',
  'hotline',
  'triage',
  'bed_coordinator',
  'facility_staff',
  'vaccination_staff',
  'district_chief',
  'provincial_health',
  'governor',
  'national',
] as const

/** The roles an account can have. The requester has no account and so no role. */
export const ROLES = [...WORKING_ROLES, 'screen', 'administrator', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/**
 * Who may stand before the table: somebody without a session (`public`), a person who has signed in and whom no
 * administrator has given a role yet (`unbound`), or a role.
 */
export const SUBJECTS = ['public', 'unbound', ...ROLES] as const
export type Subject = (typeof SUBJECTS)[number]

/**
 * What a role is bound to. `facility`: one facility, and the district it stands in. `area`: at least one area.
 * `nation`: the whole country. A screen is bound to the area it was approved for.
 */
export const BINDING: Readonly<Record<Role, 'area' | 'facility' | 'nation'>> = {
  volunteer: 'area',
  responder: 'area',
  hotline: 'area',
  triage: 'area',
  bed_coordinator: 'area',
  facility_staff: 'facility',
  vaccination_staff: 'facility',
  district_chief: 'area',
  provincial_health: 'area',
  governor: 'area',
  national: 'nation',
  screen: 'area',
  administrator: 'nation',
  auditor: 'nation',
}

/** Those who know every house: a sub-district's kamnan, headmen and VHVs. Others decide for districts at least. */
export function mayBeOfSubdistrict(role: Role): boolean {
  return role === 'volunteer'
}

/** Areas one account may be bound to. */
export const AREAS_MAX = 20

/** Those who may open somebody's data: each has a budget of it. */
export const REVEALING_ROLES = WORKING_ROLES
export type RevealingRole = (typeof REVEALING_ROLES)[number]

/** As the person themselves is told who has opened their data. */
export const OPENERS = ['helpers', 'hotline', 'care', 'office'] as const
export type Opener = (typeof OPENERS)[number]
const OPENER_OF: Readonly<Record<RevealingRole, Opener>> = {
  volunteer: 'helpers',
  responder: 'helpers',
  hotline: 'hotline',
  triage: 'hotline',
  bed_coordinator: 'care',
  facility_staff: 'care',
  vaccination_staff: 'care',
  district_chief: 'office',
  provincial_health: 'office',
  governor: 'office',
  national: 'office',
}

export function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text)
}

/** What an account of a role is to whom it helps; whoever is none of REVEALING_ROLES now was of an office. */
export function openerOf(role: string): Opener {
  return (REVEALING_ROLES as readonly string[]).includes(role) ? OPENER_OF[role as RevealingRole] : 'office'
}
