import { type Kysely, sql } from 'kysely'

/**
 * How long what is kept: rules as data, within bounds that the texts of consent promise (hub/contract/privacy/retention.ts). A rule that is made shorter
 * holds later, so that what it takes is announced; what each run took, under which version, stays.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const ADMINISTRATOR = `(select jitasa_role_is('administrator'))`

const STATEMENTS = [
  `create table retention_rules (
     rule text primary key,
     days integer not null check (days between 1 and 3650),
     -- rises with each change that holds
     version integer not null default 1,
     next_days integer check (next_days between 1 and 3650),
     next_from timestamptz check (isfinite(next_from)),
     -- counted by the job: rows that go within the days of announcement, at most 10000
     soon integer,
     counted_at timestamptz,
     check ((next_days is null) = (next_from is null))
   )`,
  `insert into retention_rules (rule, days) values
     ('requests', 180), ('register', 365), ('calls', 7), ('codes', 1), ('answers', 7), ('notices', 14), ('invitations', 90)`,
  `alter table retention_rules enable row level security`,
  `create policy everyone_reads on retention_rules for select to jitasa_api using (true)`,
  `create policy administrator_updates on retention_rules for update to jitasa_api using (${ADMINISTRATOR})`,
  `grant select on retention_rules to jitasa_api`,
  `grant update (days, version, next_days, next_from) on retention_rules to jitasa_api`,

  `create table retention_runs (
     id bigint generated always as identity primary key,
     rule text not null references retention_rules,
     version integer not null,
     days integer not null,
     ran_at timestamptz not null,
     gone integer not null check (gone > 0)
   )`,
  `create index retention_runs_rule on retention_runs (rule, id)`,
  `alter table retention_runs enable row level security`,
  `create policy administrator_reads on retention_runs for select to jitasa_api using ((select jitasa_role_is('administrator', 'auditor')))`,
  `grant select on retention_runs to jitasa_api`,

  `create index case_private_held on case_private (case_id) where erased_at is null`,
]
