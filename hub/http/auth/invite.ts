import type { Kysely } from 'kysely'
import { bindAccount, insertAccount } from '../../../db/queries/accounts.ts'
import { audit, type Trail } from '../../../db/queries/accounts-audit.ts'
import { insertInvitation, linkInvitation, takeInvitation } from '../../../db/queries/accounts-invitations.ts'
import type { AccountsDatabase } from '../../../db/queries/accounts-tables.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { Role } from '../../contract/vocabulary/roles.ts'
import { type Administrator, type Binding, isTaken } from './administration.ts'
import { resolveBinding } from './binding.ts'
import { generateToken, hashPassword } from './passwords.ts'

export const INVITATION_MS = 7 * 86_400_000

export type InvitationRequest = Omit<Binding, 'label'> & { readonly label: string; readonly note: string }
export type Invitation = { readonly id: string; readonly token: string; readonly expiresAt: Date }

type Db = Kysely<AccountsDatabase>

/** The token is returned this once; the database keeps its hash. */
export async function invite(db: Db, by: Administrator, request: InvitationRequest, now: Date): Promise<Invitation> {
  const resolved = await resolveBinding(db, request)
  const token = generateToken()
  const expiresAt = new Date(now.getTime() + INVITATION_MS)
  const { label, note } = request
  return db.transaction().execute(async (trx) => {
    const id = await insertInvitation(trx, {
      ...resolved,
      token,
      label,
      note,
      createdBy: by.account,
      createdAt: now,
      expiresAt,
    })
    await audit(trx, {
      actor: by.account,
      role: by.role,
      action: 'account.invite',
      resource: `invitation:${id}`,
      requestId: by.requestId,
      origin: by.origin,
      details: { role: request.role, areas: resolved.areas },
    })
    return { id, token, expiresAt }
  })
}

export type Acceptance = {
  readonly token: string
  readonly name: string
  readonly email: string | null
  readonly username: string | null
  readonly password: string
}

export type Accepted = { readonly account: string; readonly role: Role }

/** Makes the account the invitation was for. @throws ApiError when it cannot be. The invitation is used up only when the account stands. */
export async function accept(db: Db, given: Acceptance, trail: Trail, now: Date): Promise<Accepted> {
  const passwordHash = await hashPassword(given.password)
  try {
    return await db.transaction().execute(async (trx): Promise<Accepted> => {
      const invitation = await takeInvitation(trx, given.token, now)
      if (invitation === undefined) throw new ApiError('unknown_invitation')
      const account = await insertAccount(trx, { ...given, passwordHash })
      await bindAccount(trx, account, invitation, invitation.label)
      await linkInvitation(trx, invitation.id, account)
      await audit(trx, {
        actor: account,
        role: invitation.role,
        action: 'account.accept_invitation',
        resource: `invitation:${invitation.id}`,
        ...trail,
      })
      return { account, role: invitation.role }
    })
  } catch (error) {
    if (!isTaken(error)) throw error
    throw new ApiError('taken')
  }
}
