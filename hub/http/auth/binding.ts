import type { Kysely } from 'kysely'
import { type BindingRow, facilityDistrict, unknownAreas } from '../../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { NATION } from '../../contract/vocabulary/areas.ts'
import { AREAS_MAX, BINDING, mayBeOfSubdistrict, type Role } from '../../contract/vocabulary/roles.ts'

export type BindingRequest = {
  readonly role: Role
  readonly areas: readonly string[]
  readonly facility: number | null
}

type WrongBinding =
  | 'facility_missing'
  | 'facility_wrong'
  | 'facility_given'
  | 'areas_missing'
  | 'areas_many'
  | 'areas_small'
  | 'areas_wrong'

const wrong = (refusal: WrongBinding, values: Readonly<Record<string, string | number>>) =>
  new ApiError(refusal, undefined, { values })

/** What a role is bound to, completed and held against the areas and facilities there are. @throws ApiError 400 */
export async function resolveBinding(
  db: Kysely<AccountsDatabase>,
  { role, areas, facility }: BindingRequest,
): Promise<BindingRow> {
  if (BINDING[role] === 'nation') return { role, areas: [NATION], facility: null }
  if (BINDING[role] === 'facility') {
    if (facility === null) throw wrong('facility_missing', { role })
    const district = await facilityDistrict(db, facility)
    if (district === undefined) throw wrong('facility_wrong', { facility })
    return { role, areas: [district], facility }
  }
  if (facility !== null) throw wrong('facility_given', { role })
  if (areas.length === 0) throw wrong('areas_missing', { role })
  if (areas.length > AREAS_MAX) throw wrong('areas_many', { max: AREAS_MAX })
  const small = mayBeOfSubdistrict(role) ? [] : areas.filter((code) => code.length > 4)
  if (small.length > 0) {
    const districts = [...new Set(small.map((code) => code.slice(0, 4)))]
    throw wrong('areas_small', { small: small.join(', '), districts: districts.join(', ') })
  }
  const unknown = await unknownAreas(db, areas)
  if (unknown.length > 0) throw wrong('areas_wrong', { unknown: unknown.join(', ') })
  return { role, areas: [...new Set(areas)], facility: null }
}
