import type { Browser, Page } from 'playwright-core'
import { bindAccount, insertAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { hashPassword } from '../../hub/http/auth/passwords.ts'
import type { TestDatabase } from '../support/pg.ts'

const PASSWORD = 'correct horse battery'

/** An account of a test database that can sign in. @returns its id */
export async function makeDeskAccount(
  { authUrl }: TestDatabase,
  username: string,
  role: Role,
  areas: readonly string[],
  facility: number | null = null,
): Promise<string> {
  const db = createAccountsClient(authUrl)
  try {
    const passwordHash = await hashPassword(PASSWORD)
    const id = await insertAccount(db, { name: `Test ${username}`, email: null, username, passwordHash })
    await bindAccount(db, id, { role, areas, facility }, `T ${username}`)
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
