import type { Kysely } from 'kysely'
import { ROLES, type Role } from '../../hub/contract/vocabulary/roles.ts'
import { bindAccount, facilityDistrict, findByLogin, insertAccount, operationKind, storePassword } from './accounts.ts'
import type { AccountsDatabase } from './accounts-tables.ts'

export type DrillAccount = { readonly username: string; readonly name: string; readonly role: Role }

type Place = { readonly area: string; readonly facility?: 'hospital' | 'vaccination' }

const PROVINCE = '50'
const DISTRICT = '5001'
const PLACES: Readonly<Partial<Record<Role, Place>>> = {
  volunteer: { area: DISTRICT },
  district_chief: { area: DISTRICT },
  facility_staff: { area: DISTRICT, facility: 'hospital' },
  vaccination_staff: { area: DISTRICT, facility: 'vaccination' },
  national: { area: 'TH' },
  administrator: { area: 'TH' },
  auditor: { area: 'TH' },
}
/** A screen is a device and has no password. */
const DRILL_ROLES = ROLES.filter((role) => role !== 'screen')

export type DrillOptions = {
  readonly password: string
  hashPassword(password: string): Promise<string>
}

/**
 * One account per role, all with one password, for an exercise. Roles of a facility are left out while the province
 * has none. A second call sets the password again, and changes nothing else: who has signed in stays so.
 * @throws Error unless the operation is a drill: production has no such accounts.
 */
export async function ensureDrillAccounts(
  db: Kysely<AccountsDatabase>,
  { password, hashPassword }: DrillOptions,
): Promise<DrillAccount[]> {
  const kind = await operationKind(db)
  if (kind !== 'drill') throw new Error(`Drill accounts are for a drill; this operation is: ${kind ?? 'not set up'}.`)
  const passwordHash = await hashPassword(password)
  return db.transaction().execute(async (trx) => {
    const made: DrillAccount[] = []
    for (const role of DRILL_ROLES) {
      const place = PLACES[role] ?? { area: PROVINCE }
      const facility = place.facility === undefined ? null : await someFacility(trx, place.facility)
      if (facility === undefined) continue
      const area = facility === null ? place.area : await facilityDistrict(trx, facility)
      const words = role.replaceAll('_', ' ')
      const account = {
        username: `drill-${role.replaceAll('_', '-')}`,
        name: `Drill ${words.charAt(0).toUpperCase()}${words.slice(1)} (${area})`,
        role,
      }
      const found = await findByLogin(trx, account.username)
      if (found) await storePassword(trx, found.id, passwordHash)
      else {
        const id = await insertAccount(trx, { ...account, email: null, passwordHash, drill: true })
        await bindAccount(trx, id, { role, areas: [area ?? place.area], facility }, account.name)
      }
      made.push(account)
    }
    return made
  })
}

async function someFacility(db: Kysely<AccountsDatabase>, kind: string): Promise<number | undefined> {
  const row = await db
    .selectFrom('facilities')
    .select('id')
    .where('kind', '=', kind)
    .where('active', '=', true)
    .orderBy((eb) => eb.fn<number>('starts_with', ['district', eb.val(PROVINCE)]), 'desc')
    .orderBy('id')
    .executeTakeFirst()
  return row?.id
}
