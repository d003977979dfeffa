import { type Kysely, sql } from 'kysely'

/**
 * Who shows again who is there goes on in the same session under a new token (ASVS 7.2.4): the old one stands among the
 * revocations as `renewed`, by which hubs tell it from a session that has ended. What is bound to the session goes along.
 */
const statements = [
  `alter table session_revocations add column renewed boolean not null default false`,
  `create function account_sessions_renew() returns trigger language plpgsql security definer set search_path = public as $$ begin
     -- First: a revocation takes the devices of its session with it.
     update push_subscriptions set session_hash = new.session_hash where session_hash = old.session_hash;
     insert into session_revocations (session_hash, renewed) values (old.session_hash, true) on conflict do nothing;
     return null;
   end $$`,
  `revoke execute on function account_sessions_renew from public`,
  `create trigger renew after update of token on account_sessions for each row when (old.token is distinct from new.token)
     execute function account_sessions_renew()`,
  `alter publication jitasa drop table session_revocations`,
  `alter publication jitasa add table session_revocations (session_hash, at, renewed)`,
  `grant select (renewed) on session_revocations to jitasa_hub`,
  // Whether a token that opens nothing was renewed a moment ago.
  `grant select (session_hash, at, renewed) on session_revocations to jitasa_auth`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}
