import { setCookie } from 'hono/cookie'
import type { z } from 'zod'
import { type AccountRow, endSessions, findAccount } from '../../../db/queries/accounts.ts'
import { audit } from '../../../db/queries/accounts-audit.ts'
import { clearAttempts, takeAttempt } from '../../../db/queries/accounts-lockout.ts'
import { seeScreen } from '../../../db/queries/accounts-screens.ts'
import { actionsOf } from '../../authorize/decide.ts'
import type { Grant } from '../../authorize/grant.ts'
import { agencySignInAnswer, type session } from '../../contract/api/session.ts'
import { addressKey } from '../../runtime/limits.ts'
import { accountKey } from '../../situation/account-key.ts'
import { OIDC_PROVIDER } from '../auth/better-auth.ts'
import { isCommonPassword } from '../auth/common-passwords.ts'
import { relay, unfitPassword } from '../auth/errors.ts'
import { grantOf } from '../auth/grant-rows.ts'
import { signedIn } from '../auth/secured.ts'
import { signIn } from '../auth/sign-in.ts'
import type { AppDeps, HubContext } from '../env.ts'
import { apiError } from '../errors.ts'
import { createRouter } from '../router.ts'
import * as route from './session.openapi.ts'

function lockedOut(c: HubContext, lockedUntil: Date, now: Date) {
  c.header('Retry-After', String(Math.ceil((lockedUntil.getTime() - now.getTime()) / 1000)))
  const until = lockedUntil.toISOString()
  return apiError(c, 429, 'locked_out', `Too many wrong passwords from here; try again after ${until}.`, { until })
}

/** Signing in and out, and who am I. */
export function sessionRoutes(deps: AppDeps) {
  const { accounts, clock } = deps
  const { better, cookie, db, device } = accounts

  function view(grant: Grant | null, account: AccountRow | undefined): z.infer<typeof session> {
    return {
      signedIn: grant !== null,
      account:
        grant === null
          ? null
          : {
              id: grant.account,
              key: accountKey(grant.account),
              name: account?.name ?? '',
              label: grant.label,
              drill: grant.drill,
            },
      role: grant?.role ?? null,
      areas: [...(grant?.areas ?? [])],
      facility: grant?.facility ?? null,
      may: [...actionsOf(grant)],
      oidc: accounts.oidcName,
    }
  }

  const endPass = { ...cookie.attributes(true), maxAge: 0 }

  return createRouter()
    .openapi(route.whoAmI, async (c) => {
      const grant = await c.get('access').grant()
      c.header('Cache-Control', 'no-store')
      if (grant?.role === 'screen') await seeScreen(db, grant.account, new Date(clock.now()))
      return c.json(view(grant, grant === null ? undefined : await findAccount(db, grant.account)), 200)
    })
    .openapi(route.signInRoute, async (c) => {
      const address = addressKey(c.env.remoteAddress)
      const wait = await accounts.limits.signIn.take(address)
      if (wait !== undefined) {
        c.header('Retry-After', String(wait))
        return apiError(c, 429, 'too_many_requests', `Too many attempts from this address; try again in ${wait} s.`, {
          seconds: wait,
        })
      }
      const now = new Date(clock.now())
      const context = { address, requestId: c.get('requestId'), now, headers: c.req.raw.headers }
      const result = await signIn(accounts, c.req.valid('json'), context)
      switch (result.kind) {
        case 'in':
          if (c.req.valid('json').remember) setCookie(c, device.name, result.device, device.attributes)
          for (const value of result.cookies) c.header('Set-Cookie', value, { append: true })
          return c.json(view(grantOf(result.account), result.account), 200)
        case 'unfit':
          throw unfitPassword(result.key, 'next')
        case 'wrong':
          return apiError(c, 401, 'wrong_login', 'The login or the password is wrong.')
        case 'locked':
          return lockedOut(c, result.until, now)
        case 'busy':
          c.header('Retry-After', '5')
          return apiError(c, 503, 'busy', 'Too many people are signing in at this moment; try again in 5 s.')
        case 'refused':
          return apiError(c, 403, result.code, result.message)
      }
    })
    .openapi(route.oidcRoute, async (c) => {
      if (accounts.oidcName === null)
        return apiError(c, 404, 'no_oidc', 'No OpenID Connect provider is configured here.')
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
        return apiError(
          c,
          502,
          'oidc_unreachable',
          `${accounts.oidcName} does not answer. Try again, or sign in by password.`,
        )
      }
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      return c.json(body.data, 200)
    })
    .openapi(route.callbackRoute, async (c) => relay(c, await better.handler(c.req.raw)))
    .openapi(route.signOut, async (c) => {
      const response = await better.api.signOut({ headers: c.req.raw.headers, asResponse: true })
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      setCookie(c, cookie.name, '', endPass)
      return c.body(null, 204)
    })
    .openapi(route.signOutEverywhere, async (c) => {
      const grant = await signedIn(c)
      const sessions = await db.transaction().execute(async (trx) => {
        const n = await endSessions(trx, grant.account)
        await audit(trx, {
          actor: grant.account,
          role: grant.role,
          action: 'session.end_all',
          resource: `account:${grant.account}`,
          requestId: c.get('requestId'),
          details: { sessions: n },
        })
        return n
      })
      c.get('log')().info({ sessions }, 'signed out everywhere')
      setCookie(c, cookie.name, '', endPass)
      return c.body(null, 204)
    })
    .openapi(route.changePassword, async (c) => {
      const grant = await signedIn(c)
      const { current, next } = c.req.valid('json')
      const wait = await accounts.limits.signIn.take(grant.account)
      if (wait !== undefined) {
        c.header('Retry-After', String(wait))
        return apiError(c, 429, 'too_many_requests', `Too many attempts; try again in ${wait} s.`, { seconds: wait })
      }
      if (await isCommonPassword(next)) throw unfitPassword('password_common', 'next')
      // Whoever found a screen unlocked must not find the password by trying.
      const now = new Date(clock.now())
      const attempt = { login: grant.account, place: 'change of the password', known: true }
      const taken = await takeAttempt(db, accounts.secret, attempt, now)
      if (taken.kind === 'locked') return lockedOut(c, taken.until, now)
      const response = await better.api.changePassword({
        body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
        headers: c.req.raw.headers,
        asResponse: true,
      })
      if (!response.ok) return apiError(c, 400, 'wrong_password', 'The current password is wrong; nothing was changed.')
      await clearAttempts(db, accounts.secret, attempt)
      for (const value of response.headers.getSetCookie()) c.header('Set-Cookie', value, { append: true })
      await audit(db, {
        actor: grant.account,
        role: grant.role,
        action: 'session.change_password',
        resource: `account:${grant.account}`,
        requestId: c.get('requestId'),
      })
      return c.body(null, 204)
    })
}
