import type { Kysely, Transaction } from 'kysely'
import type { BindingRow } from './accounts.ts'
import type { AccountsDatabase } from './accounts-tables.ts'
import { hashOfSecret } from './secret-hash.ts'

type Db = Kysely<AccountsDatabase> | Transaction<AccountsDatabase>

export type NewInvitation = BindingRow & {
  readonly token: string
  readonly label: string
  readonly note: string
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly expiresAt: Date
}

export type InvitationRow = BindingRow & {
  readonly id: string
  readonly label: string
  readonly note: string
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly acceptedAt: Date | null
  readonly account: string | null
}

/** Only the token's hash is kept. @returns the invitation's id. */
export async function insertInvitation(db: Db, invitation: NewInvitation): Promise<string> {
  const { id } = await db
    .insertInto('invitations')
    .values({
      token_hash: hashOfSecret(invitation.token),
      role: invitation.role,
      areas: [...invitation.areas],
      facility_id: invitation.facility,
      label: invitation.label,
      note: invitation.note,
      created_by: invitation.createdBy,
      created_at: invitation.createdAt,
      expires_at: invitation.expiresAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Uses an invitation up: one of two who try at once gets it. @returns `undefined` when it is used, expired or unknown. */
export async function takeInvitation(
  trx: Transaction<AccountsDatabase>,
  token: string,
  now: Date,
): Promise<InvitationRow | undefined> {
  const row = await trx
    .updateTable('invitations')
    .set({ accepted_at: now })
    .where('token_hash', '=', hashOfSecret(token))
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst()
  return row && invitationRow(row)
}

export async function linkInvitation(trx: Transaction<AccountsDatabase>, id: string, account: string): Promise<void> {
  await trx.updateTable('invitations').set({ account_id: account }).where('id', '=', id).execute()
}

/** Newest first. */
export async function listInvitations(db: Db, limit: number): Promise<InvitationRow[]> {
  const rows = await db.selectFrom('invitations').selectAll().orderBy('created_at', 'desc').limit(limit).execute()
  return rows.map(invitationRow)
}

/** Takes an invitation back. @returns whether there was one that nobody had accepted. */
export async function deleteInvitation(db: Db, id: string): Promise<boolean> {
  const gone = await db
    .deleteFrom('invitations')
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}

function invitationRow(row: {
  id: string
  role: BindingRow['role']
  areas: string[]
  facility_id: number | null
  label: string
  note: string
  created_at: Date
  expires_at: Date
  accepted_at: Date | null
  account_id: string | null
}): InvitationRow {
  return {
    id: row.id,
    role: row.role,
    areas: row.areas,
    facility: row.facility_id,
    label: row.label,
    note: row.note,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    acceptedAt: row.accepted_at,
    account: row.account_id,
  }
}
