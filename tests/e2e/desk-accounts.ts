import type { Browser, Page } from 'playwright-core'
import { bindAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import type { Role } from '../../hub/authorize/index.ts'
import { makeAccount, PASSWORD } from '../support/accounts.ts'
import type { TestDatabase } from '../support/pg.ts'

/** An account that is bound to a facility. @returns its id */
export async function makeStaff(
  database: TestDatabase,
  username: string,
  role: Extract<Role, 'facility_staff' | 'vaccination_staff'>,
  at: { readonly facility: number; readonly district: string },
): Promise<string> {
  const id = await makeAccount(database, username, 'volunteer', [at.district])
  const db = createAccountsClient(database.authUrl)
  try {
    await bindAccount(db, id, { role, areas: [at.district], facility: at.facility }, `T ${username}`)
    return id
  } finally {
    await db.destroy()
  }
}

/** A page of its own browser context, signed in. */
export async function signedInPage(
  browser: Browser,
  url: string,
  login: string,
  password = PASSWORD,
  size = { width: 1280, height: 900 },
): Promise<Page> {
  const context = await browser.newContext({ viewport: size })
  const response = await context.request.post(`${url}/api/auth/sign-in`, { data: { login, password } })
  if (!response.ok()) throw new Error(`sign-in of ${login}: ${response.status()} ${await response.text()}`)
  return context.newPage()
}

/** A facility with beds of two levels. @returns its id */
export async function makeFacility(database: TestDatabase, code: string, district: string): Promise<number> {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into facilities (code, district, kind, name_th, name_en)
     values ($1, $2, 'hospital', $3, $4) returning id`,
    [code, district, `รพ. ${code}`, `Hospital ${code}`],
  )
  const id = rows[0]?.id
  if (id === undefined) throw new Error('no facility was made')
  await database.pool.query(
    `insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
     values ($1, '3', $2, 10, 4, 6, now() - interval '1 hour'), ($1, '1', $2, 20, 12, 8, now() - interval '1 hour')`,
    [id, district],
  )
  return id
}
