import { type Kysely, sql } from 'kysely'

/**
 * What a person asks about their own data (PDPA ss. 19, 30 to 36): to have it erased, corrected by people, or that it is no longer used. An erasure
 * waits: for its time, in which it can be taken back, and for the case to have ended. What was erased says when.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const READERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'facility_staff', 'district_chief', 'provincial_health', 'governor', 'public'`
const OF_CASE = `exists (select from cases where cases.id = case_id)`

const STATEMENTS = [
  `create table data_requests (
     id bigint generated always as identity primary key,
     case_id bigint not null references cases on delete cascade,
     request_id uuid not null references help_requests on delete cascade,
     kind text not null check (kind in ('erase', 'correct', 'withdraw')),
     asked_at timestamptz not null check (isfinite(asked_at)),
     -- of an erasure: not before
     due_at timestamptz check (isfinite(due_at)),
     -- it could not be done at once: those who work on the case were told
     people_asked boolean not null default false,
     stopped_at timestamptz check (isfinite(stopped_at)),
     done_at timestamptz check (isfinite(done_at)),
     check ((kind = 'erase') = (due_at is not null)),
     check (stopped_at is null or done_at is null)
   )`,
  `create unique index data_requests_live on data_requests (request_id) where kind = 'erase' and stopped_at is null and done_at is null`,
  `create index data_requests_due on data_requests (due_at) where kind = 'erase' and stopped_at is null and done_at is null`,
  `create index data_requests_case on data_requests (case_id)`,
  `alter table data_requests enable row level security`,
  `create policy own_area on data_requests to jitasa_api using (${OF_CASE}) with check (${OF_CASE})`,
  `create policy role_select on data_requests as restrictive for select to jitasa_api using ((select jitasa_role_is(${READERS})))`,
  `create policy role_insert on data_requests as restrictive for insert to jitasa_api with check ((select jitasa_role_is('public')))`,
  `create policy role_update on data_requests as restrictive for update to jitasa_api using ((select jitasa_role_is('public')))`,
  `grant select, insert on data_requests to jitasa_api`,
  `grant update (stopped_at) on data_requests to jitasa_api`,

  `alter table case_private add column erased_at timestamptz`,

  // Every case that a request has become, with those merged into it, wherever they are: what is told to its person alone.
  `create function jitasa_my_cases(request uuid) returns table (id bigint, district text)
     language sql stable security definer set search_path = public
     begin atomic
       with recursive family (id) as (
         select became.id from jitasa_help_case(request) as became
         union select cases.id from family join cases on cases.merged_into = family.id
       )
       select cases.id, cases.district from family join cases using (id) order by cases.id;
     end`,
  // What was written down of them when somebody spoke with them, and what they said on the telephone.
  `create function jitasa_my_notes(request uuid) returns table (kind text, id bigint, at timestamptz, number bytea, note bytea)
     language sql stable security definer set search_path = public
     begin atomic
       select 'contact', contacts.id, contacts.at, null::bytea, contact_notes.note from contact_notes
         join contacts on contacts.id = contact_id where case_id in (select mine.id from jitasa_my_cases(request) as mine)
       union all
       select 'call', calls.id, calls.rang_at, call_numbers.phone, call_numbers.note from call_numbers
         join calls on calls.id = call_id where case_id in (select mine.id from jitasa_my_cases(request) as mine);
     end`,
  ...['jitasa_my_cases', 'jitasa_my_notes'].flatMap((name) => [
    `revoke execute on function ${name} from public`,
    `grant execute on function ${name} to jitasa_api`,
  ]),
]
