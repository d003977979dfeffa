import { deleteInvitation, listInvitations } from '../../../db/queries/accounts-invitations.ts'
import { addressKey } from '../../runtime/limits.ts'
import { isCommonPassword } from '../auth/common-passwords.ts'
import { unfitPassword } from '../auth/errors.ts'
import { accept, invite } from '../auth/invite.ts'
import type { AppDeps } from '../env.ts'
import { apiError } from '../errors.ts'
import { createRouter } from '../router.ts'
import * as route from './accounts.openapi.ts'
import { administrator } from './accounts.ts'

const INVITATIONS_MAX = 500

/** Invitations: made by an administrator, accepted once by whoever has the link. */
export function invitationRoutes({ accounts, clock }: AppDeps) {
  const { db } = accounts
  return createRouter()
    .openapi(route.listInvitations, async (c) => {
      const rows = await listInvitations(db, INVITATIONS_MAX)
      const invitations = rows.map((row) => ({
        ...row,
        areas: [...row.areas],
        createdAt: row.createdAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        acceptedAt: row.acceptedAt?.toISOString() ?? null,
      }))
      return c.json({ invitations }, 200)
    })
    .openapi(route.invite, async (c) => {
      const outcome = await invite(db, await administrator(c), c.req.valid('json'), new Date(clock.now()))
      if (!outcome.ok) return apiError(c, 400, outcome.code, outcome.message)
      const { id, token, expiresAt } = outcome.value
      // After the hash: browsers send that to no server, so the token is in no log.
      const link = `${accounts.publicUrl}/invitation#${token}`
      return c.json({ id, link, expiresAt: expiresAt.toISOString() }, 201)
    })
    .openapi(route.withdraw, async (c) => {
      if (await deleteInvitation(db, c.req.valid('param').id)) return c.body(null, 204)
      return apiError(c, 404, 'unknown_invitation', 'There is no such invitation, or it has been accepted.')
    })
    .openapi(route.accept, async (c) => {
      const wait = await accounts.limits.signIn.take(addressKey(c.env.remoteAddress))
      if (wait !== undefined) {
        c.header('Retry-After', String(wait))
        return apiError(c, 429, 'too_many_requests', `Too many attempts from this address; try again in ${wait} s.`, {
          seconds: wait,
        })
      }
      if (await isCommonPassword(c.req.valid('json').password)) throw unfitPassword('password_common', 'password')
      const accepted = await accounts.passwordChecks.run(() =>
        accept(db, c.req.valid('json'), c.get('requestId'), new Date(clock.now())),
      )
      if (accepted === undefined) return apiError(c, 503, 'busy', 'Too many people are signing in; try again in 5 s.')
      const result = accepted.value
      if (result.ok) return c.json({ account: result.account, role: result.role }, 201)
      return apiError(c, result.code === 'taken' ? 409 : 404, result.code, result.message)
    })
}
