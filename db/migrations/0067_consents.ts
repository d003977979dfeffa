import { type Kysely, sql } from 'kysely'

/**
 * Who agreed to which text, in which language, when, and who was told: of the form for help, and of what a volunteer or the hotline records for
 * somebody. What stood in help_requests moves here; its columns stay for a process of before, and are no longer written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const RECORDERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'facility_staff', 'district_chief', 'provincial_health', 'public'`
const READERS = `${RECORDERS}, 'governor', 'auditor'`
const OF = `exists (select from cases where cases.id = case_id) or exists (select from vulnerable where vulnerable.id = vulnerable_id)`

const STATEMENTS = [
  `create table consents (
     id bigint generated always as identity primary key,
     case_id bigint references cases on delete cascade,
     vulnerable_id bigint references vulnerable on delete cascade,
     version text not null check (length(version) between 1 and 20),
     language text not null check (language in ('th', 'en', 'my', 'lo', 'km')),
     given_by text not null check (given_by in ('person', 'relative')),
     -- who was told; null: the form
     taken_by uuid,
     at timestamptz not null check (isfinite(at)),
     withdrawn_at timestamptz check (isfinite(withdrawn_at)),
     check (num_nonnulls(case_id, vulnerable_id) = 1)
   )`,
  `create index consents_case on consents (case_id) where case_id is not null`,
  `create index consents_vulnerable on consents (vulnerable_id) where vulnerable_id is not null`,
  `alter table consents enable row level security`,
  `create policy own_area on consents to jitasa_api using (${OF}) with check (${OF})`,
  `create policy role_select on consents as restrictive for select to jitasa_api using ((select jitasa_role_is(${READERS})))`,
  `create policy role_insert on consents as restrictive for insert to jitasa_api with check ((select jitasa_role_is(${RECORDERS})))`,
  `create policy role_update on consents as restrictive for update to jitasa_api using ((select jitasa_role_is('public')))`,
  `grant select, insert on consents to jitasa_api`,
  `grant update (withdrawn_at) on consents to jitasa_api`,

  `insert into consents (case_id, version, language, given_by, at)
     select case_id, left(consent_version, 20), language, 'person', consent_at from help_requests`,
  `alter table help_requests alter column consent_at drop not null, alter column consent_version drop not null`,
]
