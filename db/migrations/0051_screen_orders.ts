import { type Kysely, sql } from 'kysely'

/** What a screen is told to do, over the change feed, so that any hub tells it. Accounts of screens are jitasa_auth's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const PUBLISHED = 'id, screen_id, kind, text, state, at, until'

const STATEMENTS = [
  `create table screen_orders (
     id bigint generated always as identity primary key,
     screen_id uuid not null references accounts on delete cascade,
     kind text storage main not null check (kind in ('reload', 'identify', 'message', 'scene', 'pause')),
     text text storage main check (length(btrim(text)) between 1 and 160),
     state text storage main not null default 'live' check (state in ('live', 'ended')),
     at timestamptz not null check (isfinite(at)),
     until timestamptz not null check (isfinite(until)),
     taken_at timestamptz,
     check (until > at),
     check ((kind in ('message', 'scene')) = (text is not null))
   )`,
  `create index screen_orders_of on screen_orders (screen_id, id)`,
  `create index screen_orders_live on screen_orders (until) where state = 'live'`,
  `alter table screen_orders enable row level security`,
  `create policy auth_all on screen_orders to jitasa_auth using (true) with check (true)`,
  `grant select, insert, update on screen_orders to jitasa_auth`,
  `create policy hub_reads on screen_orders for select to jitasa_hub using (true)`,
  `alter publication jitasa add table screen_orders (${PUBLISHED})`,
  `grant select (${PUBLISHED}) on screen_orders to jitasa_hub`,
]
