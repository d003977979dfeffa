import type { MiddlewareHandler } from 'hono'
import { setCookie } from 'hono/cookie'
import { findAccount } from '../../../db/queries/accounts.ts'
import { authorizeScope, can } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import { grantOf } from '../../authorize/grant-rows.ts'
import { hashSession } from '../../authorize/pass.ts'
import { keptAddress } from '../../runtime/limits.ts'
import type { Access, AppDeps, HubContext, HubEnv, ReadRequest, Verdict } from '../env.ts'
import { grantOfKey } from './api-keys.ts'
import { isRemembered } from './cookies.ts'

/** Puts `access` into every request. It costs nothing until it is asked. */
export function identifies(deps: AppDeps): MiddlewareHandler<HubEnv> {
  return async (c, next) => {
    c.set('access', createAccess(deps, c))
    await next()
  }
}

function createAccess(deps: AppDeps, c: HubContext): Access {
  let found: Promise<Grant | null> | undefined
  let session: string | null = null

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
    const { better, cookie, db } = deps.accounts
    if (!c.req.header('cookie')?.includes('session_token')) return null
    const { headers, response } = await better.api.getSession({ headers: c.req.raw.headers, returnHeaders: true })
    for (const value of headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
    if (!response) return null
    const account = await findAccount(db, response.user.id)
    if (account === undefined || account.disabled) return null
    session = hashSession(response.session.token)
    const grant = grantOf(account)
    if (grant.drill && (await operationIsLive(deps))) return null
    const attributes = cookie.attributes(isRemembered(c.req.header('cookie') ?? null))
    setCookie(c, cookie.name, cookie.seal(grant, response.session.token, deps.clock.now()), attributes)
    return grant
  }

  return {
    grant() {
      found ??= lookUp()
      return found
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
