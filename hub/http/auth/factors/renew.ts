import type { BetterAuthPlugin } from 'better-auth'
import { APIError, createAuthEndpoint, getSessionFromCtx } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'

/**
 * A new token for the session of a request, for when who is there was proven: whoever had got hold of the old one does
 * not come along (ASVS 7.2.4). The old one is the caller's to end.
 */
export const sessionRenewal = () =>
  ({
    id: 'session-renewal',
    endpoints: {
      renewSession: createAuthEndpoint.serverOnly({ method: 'POST', requireHeaders: true }, async (ctx) => {
        const found = await getSessionFromCtx(ctx)
        if (found === null) throw new APIError('UNAUTHORIZED')
        const { dontRememberToken } = ctx.context.authCookies
        const forgets = Boolean(await ctx.getSignedCookie(dontRememberToken.name, ctx.context.secret))
        const session = await ctx.context.internalAdapter.createSession(found.user.id, forgets)
        await setSessionCookie(ctx, { session, user: found.user }, forgets)
        return ctx.json({ token: session.token })
      }),
    },
  }) satisfies BetterAuthPlugin
