import { deleteInvitation, listInvitations } from '../../../db/queries/accounts-invitations.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { unfitField } from '../../contract/refusals/wrong-fields.ts'
import { addressKey } from '../../runtime/limits.ts'
import { mustWait } from '../../work/command/turns.ts'
import { accept, invite } from '../auth/invite.ts'
import { isGuessed } from '../auth/own-words.ts'
import { trailOf } from '../auth/secured.ts'
import type { AppDeps } from '../env.ts'
import { isoDates } from '../responses.ts'
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
      const invitations = rows.map((row) => ({ ...isoDates(row), areas: [...row.areas] }))
      return c.json({ invitations }, 200)
    })
    .openapi(route.invite, async (c) => {
      const { id, token, expiresAt } = await invite(
        db,
        await administrator(c),
        c.req.valid('json'),
        new Date(clock.now()),
      )
      // After the hash: browsers send that to no server, so the token is in no log.
      const link = `${accounts.publicUrl}/invitation#${token}`
      return c.json({ id, link, expiresAt: expiresAt.toISOString() }, 201)
    })
    .openapi(route.withdraw, async (c) => {
      if (await deleteInvitation(db, c.req.valid('param').id)) return c.body(null, 204)
      throw new ApiError('no_invitation')
    })
    .openapi(route.accept, async (c) => {
      mustWait(await accounts.limits.signIn.take(addressKey(c.env.remoteAddress)), 'tries_from_address')
      if (await isGuessed(accounts, c.req.valid('json').password)) {
        throw unfitField('json', 'password', 'password_common')
      }
      const accepted = await accounts.passwordChecks.run(() =>
        accept(db, c.req.valid('json'), trailOf(c), new Date(clock.now())),
      )
      if (accepted === undefined) throw new ApiError('busy', undefined, { retryAfter: 5 })
      return c.json(accepted.value, 201)
    })
}
