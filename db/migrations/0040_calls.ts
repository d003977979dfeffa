import { type Kysely, sql } from 'kysely'
import { streamed } from './0021_measured.ts'

/**
 * Calls to the hotline that nobody has answered yet, or that are to be called back. The number and what was said are
 * personal data: they stand in a table of their own, which no publication streams.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const PUBLISHED = 'id, district, state, language, rang_at, due_at, tries, claimed_by, holder_label, lease_until'
const AGENTS = `'hotline', 'district_chief', 'provincial_health', 'governor'`
/** The exchange reports by a key. */
const WRITERS = `(select jitasa_role_is(${AGENTS}, 'machine'))`
const HERE = `jitasa_sees(district) and ${WRITERS}`
const OF_CALL = `exists (select from calls where calls.id = call_id)`

const STATEMENTS = [
  `create table calls (
     id bigint generated always as identity primary key,
     district text storage main not null references areas check (length(district) = 4),
     ref text check (length(ref) between 1 and 80),
     state text storage main not null check (state in ('waiting', 'owed', 'claimed', 'ended')),
     language text storage main not null check (language in ('th', 'en', 'my', 'lo', 'km')),
     rang_at timestamptz not null check (isfinite(rang_at)),
     due_at timestamptz check (isfinite(due_at)),
     tries integer not null default 0 check (tries between 0 and 10),
     claimed_by uuid,
     holder_label text storage main check (length(holder_label) between 1 and 80),
     lease_until timestamptz check (isfinite(lease_until)),
     ended_at timestamptz,
     ended_label text check (length(ended_label) between 1 and 80),
     outcome text check (outcome in ('answered', 'reached', 'no_answer', 'wrong_number', 'not_needed')),
     case_id bigint references cases,
     check ((state = 'claimed') = (claimed_by is not null)),
     check ((claimed_by is null) = (holder_label is null) and (claimed_by is null) = (lease_until is null)),
     check ((state in ('owed', 'claimed')) = (due_at is not null)),
     check ((state = 'ended') = (ended_at is not null) and (state = 'ended') = (outcome is not null))
   )`,
  `create unique index calls_of_exchange on calls (left(district, 2), ref) where ref is not null`,
  `create index calls_live on calls (district) where state <> 'ended'`,
  `create index calls_ended on calls (ended_at) where state = 'ended'`,
  ...streamed('calls', PUBLISHED),
  `create policy recorded_here on calls for insert to jitasa_api with check (${HERE})`,
  `create policy worked_here on calls for update to jitasa_api using (${HERE})`,
  `grant insert, update on calls to jitasa_api`,

  `create table call_numbers (
     call_id bigint primary key references calls,
     phone text not null,
     note text check (length(note) between 1 and 500)
   )`,
  `alter table call_numbers enable row level security`,
  `create policy own_area on call_numbers to jitasa_api using (${OF_CALL}) with check (${OF_CALL})`,
  `create policy role_select on call_numbers as restrictive for select to jitasa_api using ((select jitasa_role_is(${AGENTS})))`,
  `create policy role_insert on call_numbers as restrictive for insert to jitasa_api with check (${WRITERS})`,
  `grant select, insert on call_numbers to jitasa_api`,
]
