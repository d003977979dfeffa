import type { Kysely } from 'kysely'
import { audit } from './accounts-audit.ts'
import type { AccountsDatabase } from './accounts-tables.ts'
import type { SessionRow } from './session-standing.ts'

/** Why a session ended by itself; in the audit log as `session.idle`, `session.life`, `session.factor_owed`. */
export type EndedBy = 'idle' | 'life' | 'factor_owed'

/** How long a session may owe its second factor before it is over: what has opened without one, when it comes to be demanded, too. */
export const HALF_MS = 30 * 60_000

/** Ends a session that is over, found by its next request; the job (`endSessionsOver`) ends those without one. */
export async function endOver(db: Kysely<AccountsDatabase>, session: SessionRow, why: EndedBy): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('account_sessions').where('id', '=', session.id).executeTakeFirst()
    if (numDeletedRows === 0n) return
    await audit(trx, {
      actor: session.account,
      role: session.role,
      action: `session.${why}`,
      resource: `account:${session.account}`,
      origin: { address: null, session: session.hash },
    })
  })
}

type Queryable = {
  query(text: string, values: readonly unknown[]): Promise<{ rowCount: number | null }>
}

/** Sessions one statement ends. */
export const SESSIONS_BATCH = 500

/**
 * Ends what was idle or open for too long, and what owes a second factor for too long; their sockets close with the
 * revocation that a trigger writes. What standing.ts says of one session, for all of them: a test holds the two
 * together. As the owner. @returns how many
 */
export async function endSessionsOver(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(END_OVER, [new Date(now), SESSIONS_BATCH])
  return rowCount ?? 0
}

const END_OVER = `
  with over as (
    select s.id, s.session_hash, s.account_id, coalesce(g.role, 'unbound') as role,
      case when not a.drill and $1 >= s.created_at + r.life_hours * interval '1 hour' then 'life'
        when not a.drill and $1 >= s.used_at + r.idle_minutes * interval '1 minute' then 'idle'
        when s.factor is null and $1 >= s.proven_at + interval '${HALF_MS} ms'
          and ((r.factor_from <= $1 and (o.kind = 'live' or t.in_drill))
            or exists (select from account_factors f where f.account_id = a.id and confirmed_at is not null))
          then 'factor_owed' end as why
    from account_sessions s join accounts a on a.id = s.account_id
      left join account_grants g on g.account_id = a.id
      left join sign_in_rules r on r.role = coalesce(g.role, 'unbound')
      cross join operation o cross join sign_in_settings t
  ), gone as (
    delete from account_sessions where id in (select id from over where why is not null limit $2) returning id
  )
  insert into audit_log (actor, role, action, resource, session)
  select account_id, role, 'session.' || why, 'account:' || account_id, session_hash from over where id in (select id from gone)`
