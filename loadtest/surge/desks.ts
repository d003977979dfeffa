import type { Kysely } from 'kysely'
import pg from 'pg'
import { bindAccount, insertAccount } from '../../db/queries/accounts.ts'
import type { AccountsDatabase } from '../../db/queries/accounts-tables.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { BOARD_PROVINCE } from './audience.ts'
import type { Desk, Desks, Writers } from './writes.ts'
import { RESPONDER_PROVINCES } from './writes.ts'

type Found = { readonly id: number; readonly district: string }

/** Facilities of a kind, those of responders' provinces first; beds are reported by who has some. */
async function facilities(ownerUrl: string, kind: 'hospital' | 'vaccination', count: number): Promise<Found[]> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    const { rows } = await client.query<Found>(
      `select id, district from facilities where kind = $1 and active
       order by array_position($2::text[], left(district, 2)) nulls last, id limit $3`,
      [kind, RESPONDER_PROVINCES, count],
    )
    return rows
  } finally {
    await client.end()
  }
}

type Secret = { readonly password: string; hashPassword(password: string): Promise<string> }

async function makeAccount(
  db: Kysely<AccountsDatabase>,
  name: string,
  passwordHash: string,
  bound: { readonly role: Role; readonly area: string; readonly facility?: number },
): Promise<string> {
  const login = name.toLowerCase().replaceAll(' ', '-')
  const id = await insertAccount(db, { username: login, name, email: null, passwordHash, drill: true })
  const { role, area, facility = null } = bound
  await bindAccount(db, id, { role, areas: [area], facility }, name)
  return login
}

/** Accounts that may see every province and the board of BOARD_PROVINCE. @returns their logins */
export async function makeWatchers(
  db: Kysely<AccountsDatabase>,
  count: number,
  { password, hashPassword }: Secret,
): Promise<string[]> {
  const passwordHash = await hashPassword(password)
  const names = Array.from({ length: count }, (_, i) => `Load governor ${i + 1}`)
  return Promise.all(
    names.map((name) => makeAccount(db, name, passwordHash, { role: 'governor', area: BOARD_PROVINCE })),
  )
}

/**
 * Accounts of those who write through the API: responders with a province each, staff with a facility each.
 * @throws Error when there are fewer facilities than writers
 */
export async function makeDesks(
  db: Kysely<AccountsDatabase>,
  ownerUrl: string,
  writers: Writers,
  { password, hashPassword }: Secret,
): Promise<Desks> {
  const passwordHash = await hashPassword(password)
  const make = async (role: Role, i: number, area: string, facility?: number): Promise<Desk> => {
    const of = facility === undefined ? {} : { facility }
    const login = await makeAccount(db, `Load ${role.replaceAll('_', ' ')} ${i + 1}`, passwordHash, {
      role,
      area,
      ...of,
    })
    return { login, province: area.slice(0, 2), ...of }
  }
  const staff = async (role: Role, kind: 'hospital' | 'vaccination', count: number): Promise<Desk[]> => {
    const found = await facilities(ownerUrl, kind, count)
    if (found.length < count)
      throw new Error(`${count} facilities of kind ${kind} are needed, there are ${found.length}`)
    return Promise.all(found.map(({ id, district }, i) => make(role, i, district, id)))
  }
  if (writers.claims > RESPONDER_PROVINCES.length) throw new Error('there are more responders than provinces for them')
  return {
    password,
    claims: await Promise.all(
      RESPONDER_PROVINCES.slice(0, writers.claims).map((province, i) => make('responder', i, province)),
    ),
    beds: await staff('facility_staff', 'hospital', writers.beds),
    doses: await staff('vaccination_staff', 'vaccination', writers.doses),
  }
}
