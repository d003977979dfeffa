import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { generateRandomString } from 'better-auth/crypto'
import type { Kysely, Transaction } from 'kysely'
import { z } from 'zod'
import type { AccountsDatabase } from '../../../../db/queries/accounts-tables.ts'
import { renewToken, type SessionRow } from '../../../../db/queries/session-standing.ts'
import { ApiError } from '../../../contract/refusals/api-error.ts'
import type { SessionFactor } from '../../../contract/vocabulary/factors.ts'

/** 190 random bits, as better-auth makes those of a sign-in. */
const newToken = (): string => generateRandomString(32, 'a-z', 'A-Z', '0-9')

/**
 * Who is there was proven: the session goes on under a new token, so that whoever had got hold of the old one does not come along
 * (ASVS 7.2.4). Its row stays, and what is bound to it (migration 0095); its open sockets are told to come back with the new one.
 * @throws ApiError 401 where another proof under the same token was faster
 */
export async function goOn(
  db: Kysely<AccountsDatabase> | Transaction<AccountsDatabase>,
  session: SessionRow,
  factor: SessionFactor | null,
  now: Date,
): Promise<string> {
  const token = newToken()
  if (!(await renewToken(db, session, token, factor, now))) throw new ApiError('session_renewed')
  return token
}

/** The cookies of a session that goes on under a new token. */
export const sessionRenewal = () =>
  ({
    id: 'session-renewal',
    endpoints: {
      renewedCookies: createAuthEndpoint.serverOnly(
        { method: 'POST', requireHeaders: true, body: z.object({ token: z.string() }) },
        async (ctx) => {
          const { token } = ctx.body
          const found = await ctx.context.internalAdapter.findSession(token)
          if (found === null) throw new ApiError('unauthenticated')
          const { dontRememberToken } = ctx.context.authCookies
          const forgets = Boolean(await ctx.getSignedCookie(dontRememberToken.name, ctx.context.secret))
          await setSessionCookie(ctx, found, forgets)
          // It began before: what a beginning brings along (better-auth.ts) is not for it.
          ctx.context.setNewSession(null)
          return ctx.json({})
        },
      ),
    },
  }) satisfies BetterAuthPlugin
