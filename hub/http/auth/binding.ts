import type { Kysely } from 'kysely'
import { type BindingRow, facilityDistrict, unknownAreas } from '../../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { AREAS_MAX, BINDING, type Role } from '../../contract/vocabulary/roles.ts'

export type BindingRequest = {
  readonly role: Role
  readonly areas: readonly string[]
  readonly facility: number | null
}

export type BindingResult =
  | { readonly ok: true; readonly binding: BindingRow }
  | { readonly ok: false; readonly field: 'areas' | 'facility'; readonly message: string }

const wrong = (field: 'areas' | 'facility', message: string): BindingResult => ({ ok: false, field, message })

/** What a role is bound to, completed and held against the areas and facilities there are. */
export async function resolveBinding(
  db: Kysely<AccountsDatabase>,
  { role, areas, facility }: BindingRequest,
): Promise<BindingResult> {
  if (BINDING[role] === 'nation') return { ok: true, binding: { role, areas: [NATION], facility: null } }
  if (BINDING[role] === 'facility') {
    if (facility === null) return wrong('facility', `The role ${role} needs the facility it works for.`)
    const district = await facilityDistrict(db, facility)
    if (district === undefined) return wrong('facility', `There is no facility ${facility}.`)
    return { ok: true, binding: { role, areas: [district], facility } }
  }
  if (facility !== null) return wrong('facility', `The role ${role} is bound to areas, not to a facility.`)
  if (areas.length === 0) return wrong('areas', `The role ${role} needs at least one area.`)
  if (areas.length > AREAS_MAX) return wrong('areas', `At most ${AREAS_MAX} areas; a province covers its districts.`)
  const small = areas.filter((code) => code.length > 4)
  if (small.length > 0) {
    // A kamnan or VHV records for the whole district: a narrower binding would see nothing of what it records.
    const districts = [...new Set(small.map((code) => code.slice(0, 4)))]
    return wrong(
      'areas',
      `${small.join(', ')}: accounts are bound to districts or larger areas, not to sub-districts; take ${districts.join(', ')}.`,
    )
  }
  const unknown = await unknownAreas(db, areas)
  if (unknown.length > 0) return wrong('areas', `There is no area ${unknown.join(', ')}.`)
  return { ok: true, binding: { role, areas: [...new Set(areas)], facility: null } }
}
