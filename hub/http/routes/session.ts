import { setCookie } from 'hono/cookie'
import { findAccount } from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { seeScreen } from '../../../db/queries/accounts-screens.ts'
import { readSession } from '../../../db/queries/session-standing.ts'
import { agencySignInAnswer } from '../../contract/api/session.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { addressKey } from '../../runtime/limits.ts'
import { mustWait } from '../../work/command/turns.ts'
import { OIDC_PROVIDER } from '../auth/better-auth.ts'
import { relay } from '../auth/errors.ts'
import { hearAgency } from '../auth/factors/agency.ts'
import { changePassword, endOwnSessions } from '../auth/own-account.ts'
import { isGuessed } from '../auth/own-words.ts'
import { authorOf, signedIn, trailOf } from '../auth/secured.ts'
import { sessionView, showSession } from '../auth/session-view.ts'
import { recordBegin, signIn } from '../auth/sign-in.ts'
import type { AppDeps } from '../env.ts'
import { createRouter } from '../router.ts'
import * as route from './session.openapi.ts'

function lockedOut(lockedUntil: Date, now: Date): ApiError {
  const retryAfter = Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000)
  return new ApiError('locked_out', { until: lockedUntil.toISOString() }, { retryAfter })
}

/** Signing in and out, and who am I. */
export function sessionRoutes(deps: AppDeps) {
  const { accounts, clock } = deps
  const { better, cookie, db, device } = accounts

  const endPass = { ...cookie.attributes(true), maxAge: 0 }

  return createRouter()
    .openapi(route.whoAmI, async (c) => {
      const grant = await c.get('access').grant()
      c.header('Cache-Control', 'no-store')
      if (grant?.role === 'screen') await seeScreen(db, grant.account, new Date(clock.now()))
      return c.json(await showSession(accounts, c), 200)
    })
    .openapi(route.signInRoute, async (c) => {
      const address = addressKey(c.env.remoteAddress)
      mustWait(await accounts.limits.signIn.take(address), 'tries_from_address')
      const now = new Date(clock.now())
      const context = { address, trail: trailOf(c), now, headers: c.req.raw.headers }
      const result = await signIn(accounts, c.req.valid('json'), context)
      if (result.kind === 'locked') throw lockedOut(result.until, now)
      if (c.req.valid('json').remember) setCookie(c, device.name, result.device, device.attributes)
      for (const value of result.cookies) c.header('Set-Cookie', value, { append: true })
      const session = await readSession(db, { token: result.token })
      return c.json(sessionView(accounts, result.account, session, now.getTime()), 200)
    })
    .openapi(route.oidcRoute, async (c) => {
      if (accounts.oidcName === null) throw new ApiError('no_oidc')
      const response = await better.api.signInSocial({
        body: {
          provider: OIDC_PROVIDER,
          callbackURL: c.req.valid('json').returnTo,
          errorCallbackURL: '/sign-in',
          disableRedirect: true,
        },
        headers: c.req.raw.headers,
        asResponse: true,
      })
      const body = agencySignInAnswer.safeParse(response.ok ? await response.json() : null)
      if (!body.success) {
        throw new ApiError('oidc_unreachable', undefined, { values: { provider: accounts.oidcName } })
      }
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      return c.json(body.data, 200)
    })
    .openapi(route.callbackRoute, async (c) => {
      const response = await relay(await hearAgency(() => better.handler(c.req.raw)))
      await recordBegin(accounts, trailOf(c), response.headers.getSetCookie())
      return response
    })
    .openapi(route.signOut, async (c) => {
      const grant = await c.get('access').grant()
      const response = await better.api.signOut({ headers: c.req.raw.headers, asResponse: true })
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      setCookie(c, cookie.name, '', endPass)
      if (grant !== null) {
        await audit(db, { ...authorOf(c, grant), action: 'session.end', resource: `account:${grant.account}` })
      }
      return c.body(null, 204)
    })
    .openapi(route.signOutEverywhere, async (c) => {
      const grant = await signedIn(c)
      const sessions = await endOwnSessions(db, authorOf(c, grant), grant.account)
      c.get('log')().info({ sessions }, 'signed out everywhere')
      setCookie(c, cookie.name, '', endPass)
      return c.body(null, 204)
    })
    .openapi(route.changePassword, async (c) => {
      const grant = await signedIn(c)
      const { current, next } = c.req.valid('json')
      mustWait(await accounts.limits.signIn.take(grant.account), 'tries')
      if (await isGuessed(accounts, next)) throw unfitField('json', 'next', 'password_common')
      const changed = await changePassword(
        accounts,
        authorOf(c, grant),
        grant.account,
        { current, next },
        {
          now: new Date(clock.now()),
          headers: c.req.raw.headers,
          session: await c.get('access').session(),
        },
      )
      if (changed.kind === 'locked') throw lockedOut(changed.until, new Date(clock.now()))
      for (const value of changed.cookies) c.header('Set-Cookie', value, { append: true })
      const own = await findAccount(db, grant.account)
      if (changed.token !== undefined && own !== undefined) c.get('access').renew(changed.token, own)
      return c.body(null, 204)
    })
    .openapi(route.here, async (c) => {
      // What the middleware notes of it is all there is to do.
      await signedIn(c)
      return c.body(null, 204)
    })
}
