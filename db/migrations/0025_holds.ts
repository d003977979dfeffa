import { type Kysely, sql } from 'kysely'

/**
 * A bed that is held is not held for ever: `held_until` is when a hold ends by itself, unless the patient is on the road
 * by then (db/queries/holds-expiry.ts). Whoever writes a transfer that holds a bed gets an end with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const HELD = `status in ('accepted', 'transport')`
const PUBLISHED = 'id, case_id, district, status, level, to_facility, requested_at, updated_at, held_until'

const STATEMENTS = [
  `alter table transfers add column held_until timestamptz,
     add constraint transfers_held_until_bounds check (isfinite(held_until))`,
  `update transfers set held_until = now() + interval '2 hours' where ${HELD}`,
  `alter table transfers add constraint transfers_hold_ends check ((${HELD}) = (held_until is not null))`,
  `create function jitasa_hold_ends() returns trigger language plpgsql set search_path = public as $$
     begin
       new.held_until := case when new.${HELD} then coalesce(new.held_until, new.updated_at + interval '2 hours') end;
       return new;
     end $$`,
  `create trigger hold_ends before insert or update of status, held_until on transfers for each row
     execute function jitasa_hold_ends()`,
  `create index transfers_held_until on transfers (held_until) where held_until is not null`,
  `alter publication jitasa drop table transfers`,
  `alter publication jitasa add table transfers (${PUBLISHED})`,
  `grant select (held_until) on transfers to jitasa_hub`,
]
