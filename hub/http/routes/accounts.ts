import type { z } from 'zod'
import { type AccountRow, findAccount, listAccounts } from '../../../db/queries/accounts.ts'
import { countSessions } from '../../../db/queries/accounts-sessions.ts'
import { factorsOf } from '../../../db/queries/factors.ts'
import type { account } from '../../contract/api/accounts.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { idAfter } from '../../work/command/keyset.ts'
import {
  type Administrator,
  createAccount,
  disable,
  resetFactors,
  resetPassword,
  setRole,
  signOutAccount,
} from '../auth/administration.ts'
import { generatePassword } from '../auth/passwords.ts'
import { signedIn, trailOf } from '../auth/secured.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { createRouter } from '../router.ts'
import * as route from './accounts.openapi.ts'

export async function administrator(c: HubContext): Promise<Administrator> {
  const grant = await signedIn(c)
  return { account: grant.account, role: grant.role, ...trailOf(c) }
}

function view(row: AccountRow): z.infer<typeof account> {
  const { id, name, email, username, role, areas, facility, label, disabled, drill } = row
  const createdAt = row.createdAt.toISOString()
  return { id, name, email, username, role, areas: [...areas], facility, label, disabled, drill, createdAt }
}

/** Accounts, for administrators. Whatever is changed is audited, and in force in every hub within a second. */
export function accountRoutes({ accounts, clock }: AppDeps) {
  const { db } = accounts
  return createRouter()
    .openapi(route.list, async (c) => {
      const filter = c.req.valid('query')
      const rows = await listAccounts(db, filter)
      return c.json({ accounts: rows.map(view), next: idAfter(rows, filter.limit) }, 200)
    })
    .openapi(route.create, async (c) => {
      const password = generatePassword()
      const id = await createAccount(db, await administrator(c), {
        ...c.req.valid('json'),
        password,
        issued: true,
      })
      return c.json({ id, password }, 201)
    })
    .openapi(route.read, async (c) => {
      const { id } = c.req.valid('param')
      const found = await findAccount(db, id)
      if (found === undefined) throw new ApiError('unknown_account')
      const sessions = await countSessions(db, id, new Date(clock.now()))
      return c.json({ ...view(found), sessions, factors: (await factorsOf(db, id)).length }, 200)
    })
    .openapi(route.bind, async (c) => {
      await setRole(db, await administrator(c), c.req.valid('param').id, c.req.valid('json'))
      return c.body(null, 204)
    })
    .openapi(route.setDisabled, async (c) => {
      const { disabled } = c.req.valid('json')
      await disable(db, await administrator(c), c.req.valid('param').id, disabled)
      return c.body(null, 204)
    })
    .openapi(route.password, async (c) => {
      const password = generatePassword()
      await resetPassword(db, await administrator(c), c.req.valid('param').id, {
        password,
        issued: true,
      })
      return c.json({ password }, 200)
    })
    .openapi(route.resetFactors, async (c) => {
      const factors = await resetFactors(db, await administrator(c), c.req.valid('param').id)
      return c.json({ factors }, 200)
    })
    .openapi(route.signOut, async (c) => {
      const sessions = await signOutAccount(db, await administrator(c), c.req.valid('param').id)
      return c.json({ sessions }, 200)
    })
}
