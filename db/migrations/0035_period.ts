import { type Kysely, sql } from 'kysely'

/**
 * The operational period of an area: its shift, objectives and tasks, messages from command, and the log of what was
 * decided and done. What is written is for walls: no phone, no ID number (hub/contract/vocabulary/period.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const COMMAND = `'district_chief', 'provincial_health', 'governor', 'national'`
const READERS = `${COMMAND}, 'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'facility_staff',
  'vaccination_staff', 'screen', 'administrator', 'auditor'`
const AUDIENCES = `'everyone', 'screens', 'boards', ${COMMAND}, 'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator',
  'facility_staff', 'vaccination_staff'`
const OWNERS = AUDIENCES.replace(`'everyone', 'screens', 'boards', `, '')
const AREA = `area text storage main not null references areas check (length(area) in (2, 4))`
const words = (max: number) => `text storage main not null check (length(btrim(%s)) between 1 and ${max})`
const said = (column: string, max: number) => `${column} ${words(max).replaceAll('%s', column)}`

/** Read by those whose area it is, lies in, or holds; written by those who command there. */
function ofCommand(table: string, published: string | undefined, rights: string): readonly string[] {
  const here = `jitasa_sees(area) and (select jitasa_role_is(${COMMAND}))`
  return [
    `alter table ${table} enable row level security`,
    `create policy reads on ${table} for select to jitasa_api
       using ((jitasa_sees(area) or jitasa_above(area)) and (select jitasa_role_is(${READERS})))`,
    `create policy writes on ${table} for insert to jitasa_api with check (${here})`,
    `create policy changes on ${table} for update to jitasa_api using (${here})`,
    `grant ${rights} on ${table} to jitasa_api`,
    ...(published === undefined
      ? []
      : [
          `create policy hub_reads on ${table} for select to jitasa_hub using (true)`,
          `alter publication jitasa add table ${table} (${published})`,
          `grant select (${published}) on ${table} to jitasa_hub`,
        ]),
  ]
}

const STATEMENTS = [
  // Whether an area holds one of the account's own: a district reads what its province and the nation say.
  `create function jitasa_above(area text) returns boolean language sql stable parallel safe
     return area = 'TH' or exists (select from unnest(string_to_array(current_setting('jitasa.areas', true), ',')) as own
       where starts_with(own, area))`,

  `create table periods (
     id bigint generated always as identity primary key,
     ${AREA},
     ${said('title', 120)},
     status text storage main not null default 'running' check (status in ('running', 'handed_over', 'ended')),
     starts_at timestamptz not null check (isfinite(starts_at)),
     ends_at timestamptz not null check (isfinite(ends_at)),
     started_by uuid,
     ${said('started_label', 80)},
     summary text check (length(summary) between 1 and 4000),
     handed_at timestamptz, handed_by uuid, handed_label text check (length(handed_label) between 1 and 80),
     accepted_at timestamptz, accepted_by uuid, accepted_label text check (length(accepted_label) between 1 and 80),
     check (ends_at > starts_at),
     check ((status = 'running') = (handed_at is null)),
     check ((handed_at is null) = (handed_label is null)),
     check (handed_at is null or summary is not null),
     check ((status = 'ended') = (accepted_at is not null)),
     check ((accepted_at is null) = (accepted_label is null))
   )`,
  `create unique index periods_live on periods (area) where status <> 'ended'`,
  `create index periods_of_area on periods (area, id)`,
  ...ofCommand('periods', 'id, area, title, status, starts_at, ends_at, started_label', 'select, insert, update'),

  `create table objectives (
     id bigint generated always as identity primary key,
     ${AREA},
     kind text storage main not null check (kind in ('objective', 'task')),
     objective_id bigint references objectives,
     ${said('title', 120)},
     owner_role text storage main check (owner_role in (${OWNERS})),
     owner_label text storage main check (length(owner_label) between 1 and 60),
     due_at timestamptz check (isfinite(due_at)),
     state text storage main not null default 'open' check (state in ('open', 'doing', 'done', 'dropped')),
     set_at timestamptz not null,
     state_at timestamptz not null,
     set_by uuid,
     ${said('set_label', 80)},
     check ((owner_role is null) <> (owner_label is null)),
     check (kind = 'task' or objective_id is null)
   )`,
  `create index objectives_of_area on objectives (area, state_at)`,
  ...ofCommand(
    'objectives',
    'id, area, kind, objective_id, title, owner_role, owner_label, due_at, state',
    'select, insert, update',
  ),

  `create table command_messages (
     id bigint generated always as identity primary key,
     ${AREA},
     audience text storage main not null check (audience in (${AUDIENCES})),
     urgent boolean not null,
     ${said('text', 160)},
     state text storage main not null default 'live' check (state in ('live', 'ended', 'withdrawn')),
     sent_at timestamptz not null check (isfinite(sent_at)),
     until timestamptz not null check (isfinite(until)),
     sent_by uuid,
     ${said('sent_label', 80)},
     check (until > sent_at)
   )`,
  `create index command_messages_of_area on command_messages (area, sent_at)`,
  `create index command_messages_live on command_messages (until) where state = 'live'`,
  ...ofCommand(
    'command_messages',
    'id, area, audience, urgent, text, state, sent_at, until, sent_label',
    'select, insert, update',
  ),

  // Append only: a decision is put right by another entry.
  `create table command_log (
     id bigint generated always as identity primary key,
     ${AREA},
     period_id bigint references periods,
     kind text not null check (kind in ('started', 'handed_over', 'taken_back', 'accepted', 'decision', 'correction',
       'objective', 'objective_state', 'message', 'withdrawn')),
     subject_id bigint,
     text text not null check (length(text) between 1 and 4000),
     state text check (state in ('open', 'doing', 'done', 'dropped')),
     corrects bigint references command_log,
     at timestamptz not null,
     actor uuid,
     ${said('actor_label', 80)},
     idempotency_key text,
     check ((kind = 'correction') = (corrects is not null)),
     check ((kind = 'objective_state') = (state is not null))
   )`,
  `create index command_log_of_area on command_log (area, id)`,
  ...ofCommand('command_log', undefined, 'select, insert').filter((statement) => !statement.includes('for update')),
]
