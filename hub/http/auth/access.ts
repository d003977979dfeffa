import type { MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { findAccount } from '../../../db/queries/accounts.ts'
import { readSession, type SessionRow, wasRenewed } from '../../../db/queries/session-standing.ts'
import { endOver } from '../../../db/queries/sessions-end.ts'
import { authorizeScope, can } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import { grantOf } from '../../authorize/grant-rows.ts'
import { cookieValue, hashSession, sessionCookieName, tokenOf } from '../../authorize/pass.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Owed } from '../../contract/vocabulary/factors.ts'
import { keptAddress } from '../../runtime/limits.ts'
import type { Access, AppDeps, HubContext, HubEnv, ReadRequest, Verdict } from '../env.ts'
import { isSecure } from './accounts.ts'
import { grantOfKey } from './api-keys.ts'
import { isRemembered } from './cookies.ts'
import { isSafe } from './same-origin.ts'
import { isProven, standingOf } from './standing.ts'
import { createUses } from './uses.ts'

/** Puts `access` into every request. It costs nothing until it is asked. */
export function identifies(deps: AppDeps): MiddlewareHandler<HubEnv> {
  const uses = createUses(deps)
  return async (c, next) => {
    const access = createAccess(deps, c)
    c.set('access', access)
    await next()
    // Pages read by themselves; what changes something, somebody did.
    const { session, address } = access.origin()
    if (session !== null && !isSafe(c.req.method)) uses.note(session, address)
  }
}

function createAccess(deps: AppDeps, c: HubContext): Access {
  let found: Promise<Grant | null> | undefined
  let session: string | null = null
  let row: SessionRow | null = null
  let half: { readonly grant: Grant; readonly owes: Owed } | undefined
  let renewed = false

  async function lookUp(): Promise<Grant | null> {
    const { authorizer, db } = deps.accounts
    const machine = await grantOfKey(db, c.req.header('authorization'), new Date(deps.clock.now()))
    if (machine !== undefined) return machine
    const identity = authorizer.identify(c.req.header('cookie'), deps.clock.now())
    // While the stream is down, revocations do not arrive: then every request asks the database.
    const followed = deps.sourceState().kind === 'streaming'
    if (identity.kind !== 'known' || identity.renew || !followed) return askDatabase()
    session = identity.pass.session
    return identity.grant
  }

  async function askDatabase(): Promise<Grant | null> {
    const { better, db } = deps.accounts
    if (!c.req.header('cookie')?.includes('session_token')) return null
    const { headers, response } = await better.api.getSession({ headers: c.req.raw.headers, returnHeaders: true })
    if (!response && (await isOfBefore())) {
      // Its cookies would delete those that another answer brings.
      renewed = true
      return null
    }
    for (const value of headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
    if (!response) return null
    const account = await findAccount(db, response.user.id)
    if (account === undefined || account.disabled) return null
    const grant = grantOf(account)
    if (grant.drill && (await operationIsLive(deps))) return null
    const { token } = response.session
    row = (await readSession(db, { token })) ?? null
    if (row === null) return null
    const standing = standingOf(row, deps.clock.now())
    if (standing.kind === 'over') {
      await endOver(db, row, standing.why)
      return null
    }
    session = row.hash
    if (standing.kind === 'half') {
      half = { grant, owes: standing.owes }
      return null
    }
    seal(grant, token)
    return grant
  }

  async function isOfBefore(): Promise<boolean> {
    const { db, publicUrl } = deps.accounts
    const cookie = cookieValue(c.req.header('cookie'), sessionCookieName(isSecure(publicUrl)))
    return cookie !== undefined && wasRenewed(db, hashSession(tokenOf(cookie)))
  }

  function seal(grant: Grant, token: string): void {
    const { cookie } = deps.accounts
    const attributes = cookie.attributes(isRemembered(c.req.header('cookie') ?? null))
    setCookie(c, cookie.name, cookie.seal(grant, token, deps.clock.now()), attributes)
  }

  const grant = () => {
    found ??= lookUp()
    return found
  }

  async function sessionRow(): Promise<SessionRow | null> {
    await grant()
    if (row === null && session !== null) row = (await readSession(deps.accounts.db, { hash: session })) ?? null
    return row
  }

  return {
    grant,
    early: async () => (await grant()) ?? half?.grant ?? null,
    session: sessionRow,
    owes: () => half?.owes,
    async owesProof() {
      const session = await sessionRow()
      if (session === null) return new ApiError('unauthenticated')
      return isProven(session, deps.clock.now()) ? undefined : new ApiError('proof_needed')
    },
    renewed: () => renewed,
    renew(token, account) {
      session = hashSession(token)
      row = null
      if (account === null) return
      const grant = grantOf(account)
      seal(grant, token)
      half = undefined
      found = Promise.resolve(grant)
    },
    takeTurn: ({ account, key }) => deps.accounts.limits[key ? 'key' : 'account'].take(account),
    origin: () => ({ address: keptAddress(c.env.remoteAddress, deps.config.auditAddresses), session }),
  }
}

async function operationIsLive({ accounts }: AppDeps): Promise<boolean> {
  const row = await accounts.db.selectFrom('operation').select('kind').executeTakeFirst()
  return row?.kind === 'live'
}

/** AppDeps.mayRead: aggregates down to provinces are everyone's; scopes and districts are the table's. */
export async function mayRead(c: HubContext, what: ReadRequest): Promise<Verdict> {
  const grant = await c.get('access').grant()
  const decision =
    'scope' in what
      ? authorizeScope(grant, what.scope)
      : can(grant, what.area.length > 2 ? 'province.read' : 'situation.read', { area: what.area })
  return decision.allowed ? 'allowed' : decision.code
}
