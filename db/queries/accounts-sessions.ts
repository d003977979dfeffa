import type { Kysely } from 'kysely'
import type { AccountsDatabase } from './accounts-tables.ts'

/** Ends the oldest sessions of an account, so that at most `max` stay. */
export async function capSessions(db: Kysely<AccountsDatabase>, account: string, max: number): Promise<void> {
  await db
    .deleteFrom('account_sessions')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('account_sessions')
        .select('id')
        .where('account_id', '=', account)
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .offset(max),
    )
    .execute()
}

/** Whose session it is, with the role that it has. */
export function accountOfSession(db: Kysely<AccountsDatabase>, token: string) {
  return db
    .selectFrom('account_sessions')
    .leftJoin('account_grants', 'account_grants.account_id', 'account_sessions.account_id')
    .select(['account_sessions.account_id as id', 'account_grants.role'])
    .where('account_sessions.token', '=', token)
    .executeTakeFirst()
}

export async function countSessions(db: Kysely<AccountsDatabase>, account: string, now: Date): Promise<number> {
  const { n } = await db
    .selectFrom('account_sessions')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return Number(n)
}
