import type { BrowserContext } from 'playwright-core'
import { bindAccount, insertAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { hashPassword } from '../../hub/http/auth/passwords.ts'
import type { TestDatabase } from './pg.ts'

export const PASSWORD = 'correct horse battery'

export type TestAccount = {
  readonly username: string
  readonly role: Role
  readonly areas: readonly string[]
  /** organisation and call-sign */
  readonly label: string
}

/** Accounts that can sign in by PASSWORD, as an administrator makes them. */
export async function createTestAccounts(database: TestDatabase, accounts: readonly TestAccount[]): Promise<void> {
  const db = createAccountsClient(database.authUrl)
  const passwordHash = await hashPassword(PASSWORD)
  try {
    for (const { username, role, areas, label } of accounts) {
      const id = await insertAccount(db, { name: 'Test', email: null, username, passwordHash })
      await bindAccount(db, id, { role, areas, facility: null }, label)
    }
  } finally {
    await db.destroy()
  }
}

/** Signs a browser in over HTTP; its pages then carry the cookies. */
export async function signInContext(context: BrowserContext, url: string, username: string): Promise<void> {
  const response = await context.request.post(`${url}/api/auth/sign-in`, {
    data: { login: username, password: PASSWORD },
    headers: { origin: url },
  })
  if (!response.ok()) throw new Error(`sign-in of ${username}: ${response.status()} ${await response.text()}`)
}
