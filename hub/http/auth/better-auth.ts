import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { deviceAuthorization, genericOAuth } from 'better-auth/plugins'
import type { Kysely } from 'kysely'
import { orAway } from '../../../db/away.ts'
import { findAccount } from '../../../db/queries/accounts.ts'
import { capSessions } from '../../../db/queries/accounts-sessions.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { noteBegin, noteProof, readSession } from '../../../db/queries/session-standing.ts'
import { grantOf } from '../../authorize/grant-rows.ts'
import { cookiePrefix } from '../../authorize/pass.ts'
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from '../../contract/vocabulary/passwords.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { Logger } from '../../runtime/logger.ts'
import { isRemembered, type PassCookie } from './cookies.ts'
import { agencySaidSecondFactor, noteAgency } from './factors/agency.ts'
import { sessionRenewal } from './factors/renew.ts'
import { isOfIssuer } from './id-token.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import { admit, SCREEN_SESSION_S } from './session-rules.ts'
import { standingOf } from './standing.ts'

export const AUTH_PATH = '/api/auth'
/** What a wall says it is when it asks for a code. */
export const WALL_CLIENT = 'jitasa-wall'
export const OIDC_PROVIDER = 'agency'
/** A person who has not come for a week signs in again. */
const SESSION_S = 7 * 86_400
const SESSION_RENEW_S = 86_400
/** The oldest sessions of an account beyond these end when a new one begins. */
const SESSIONS_PER_ACCOUNT_MAX = 20

export type OidcOptions = {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** authentication classes that are asked for, and count as a second factor; OIDC_ACR */
  readonly acrValues?: readonly string[]
}

export type BetterAuthDeps = {
  readonly db: Kysely<AccountsDatabase>
  readonly secret: string
  readonly publicUrl: string
  readonly secure: boolean
  readonly cookie: PassCookie
  readonly clock: Clock
  readonly logger: Logger
  readonly oidc?: OidcOptions | undefined
}

/** What of it the routes call. */
export type BetterAuth = Pick<ReturnType<typeof createBetterAuth>, 'api' | 'handler'>

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

const tables = {
  user: { modelName: 'accounts', fields: { emailVerified: 'email_verified', ...TIMES } },
  session: {
    modelName: 'account_sessions',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...TIMES,
    },
    expiresIn: SESSION_S,
    updateAge: SESSION_RENEW_S,
  },
  account: {
    modelName: 'account_credentials',
    fields: {
      accountId: 'subject',
      providerId: 'provider',
      userId: 'account_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...TIMES,
    },
    // An agency's provider must not take over an account by naming its e-mail address.
    accountLinking: { enabled: false },
  },
  verification: { modelName: 'account_verifications', fields: { expiresAt: 'expires_at', ...TIMES } },
} satisfies BetterAuthOptions

/** The hub asks an agency's provider who somebody is, and nothing after that: its tokens are not kept. */
const WITHOUT_TOKENS = { accessToken: null, refreshToken: null, idToken: null }

function plugins(oidc: OidcOptions | undefined) {
  const device = deviceAuthorization({
    expiresIn: '30m',
    interval: '5s',
    verificationUri: '/admin/screens',
    validateClient: (client) => client === WALL_CLIENT,
    schema: {
      deviceCode: {
        modelName: 'device_codes',
        fields: {
          deviceCode: 'device_code',
          userCode: 'user_code',
          userId: 'account_id',
          expiresAt: 'expires_at',
          lastPolledAt: 'last_polled_at',
          pollingInterval: 'polling_interval',
          clientId: 'client_id',
        },
      },
    },
  })
  const agency = genericOAuth({
    config:
      oidc === undefined
        ? []
        : [
            {
              providerId: OIDC_PROVIDER,
              discoveryUrl: `${oidc.issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`,
              clientId: oidc.clientId,
              clientSecret: oidc.clientSecret,
              scopes: ['openid', 'email', 'profile'],
              pkce: true,
              requireIdTokenVerification: true,
              // The library checks an ID token that is there, and asks elsewhere who it is when there is none.
              accountSubject: ({ tokens, profile }) =>
                tokens.idToken && isOfIssuer(tokens.idToken, oidc.issuer) ? String(profile.sub) : '',
              ...(oidc.acrValues?.length && { authorizationUrlParams: { acr_values: oidc.acrValues.join(' ') } }),
            },
          ],
  })
  return [device, agency, sessionRenewal()] as const
}

/** As better-auth decides for the session's cookie: what a sign-in says, else what the browser carries. */
function rememberedBy(body: unknown, headers: Headers | undefined): boolean {
  const said = (body as { rememberMe?: unknown } | undefined)?.rememberMe
  return typeof said === 'boolean' ? said : isRemembered(headers?.get('cookie') ?? null)
}

/** better-auth on this database. Only the paths that the routes name are reachable; everything else of it is not. */
export function createBetterAuth(deps: BetterAuthDeps) {
  const { db, cookie, clock, logger } = deps
  const acrValues = deps.oidc?.acrValues ?? []
  const withoutTokens = async <T extends object>(account: T) => {
    noteAgency('idToken' in account ? (account.idToken as string | null) : undefined, acrValues)
    return { data: { ...account, ...WITHOUT_TOKENS } }
  }
  return betterAuth({
    ...tables,
    baseURL: deps.publicUrl,
    basePath: AUTH_PATH,
    secret: deps.secret,
    trustedOrigins: [deps.publicUrl],
    database: { db, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // Its messages quote what people typed; what matters is audited, without it.
    logger: { level: 'error', log: (_level, message) => logger.warn({ part: 'better-auth' }, String(message)) },
    onAPIError: { errorURL: '/sign-in' },
    advanced: {
      // In place of the library's own prefix of secure cookies, which any sub-domain could set too.
      cookiePrefix: cookiePrefix(deps.secure),
      useSecureCookies: false,
      defaultCookieAttributes: { secure: deps.secure },
      database: { generateId: 'uuid' },
      ipAddress: { disableIpTracking: true },
      // The whole API checks the origin (same-origin.ts); better-auth still checks where it redirects to.
      disableCSRFCheck: true,
    },
    databaseHooks: {
      session: { create: { before: async (session) => ({ data: await admit(db, session, clock) }) } },
      account: {
        create: { before: withoutTokens },
        update: { before: withoutTokens },
      },
    },
    hooks: {
      after: createAuthMiddleware(async (ctx) => {
        const fresh = ctx.context.newSession
        if (!fresh) return
        const account = await findAccount(db, fresh.user.id)
        if (account === undefined) return
        if (ctx.path === '/device/token') await setSessionCookie(ctx, fresh, false, { maxAge: SCREEN_SESSION_S })
        const now = clock.now()
        await noteBegin(db, fresh.session.token, new Date(now))
        if (agencySaidSecondFactor()) await noteProof(db, fresh.session.id, 'agency', new Date(now))
        await capSessions(db, account.id, SESSIONS_PER_ACCOUNT_MAX)
        const session = await readSession(db, { token: fresh.session.token })
        // Without a pass it opens nothing: not a socket either.
        if (session === undefined || standingOf(session, now).kind !== 'whole') return
        const attributes = cookie.attributes(rememberedBy(ctx.body, ctx.headers))
        ctx.setCookie(cookie.name, cookie.seal(grantOf(account), fresh.session.token, now), attributes)
      }),
    },
    plugins: [...plugins(deps.oidc)],
  })
}

/**
 * The same, but a database that is away is thrown as such. better-auth itself would sign out without ending the session,
 * call a right password wrong, or answer 500.
 */
export function toldOfLosses({ api, handler }: BetterAuth): BetterAuth {
  return {
    handler: (request) => orAway(() => handler(request)),
    api: new Proxy(api, {
      get(target, name, receiver) {
        const call: unknown = Reflect.get(target, name, receiver)
        return typeof call === 'function' ? (...given: unknown[]) => orAway(() => call.apply(target, given)) : call
      },
    }),
  }
}
