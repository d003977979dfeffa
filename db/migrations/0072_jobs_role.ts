import { type Kysely, sql } from 'kysely'

/**
 * The jobs and the messages run as jitasa_jobs, not as the owner. It reaches every area, and of each table what a job does there and no more: it
 * empties names and numbers that it cannot read, ends sessions whose tokens it does not see, and has no data key.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [table, rights] of Object.entries(RIGHTS)) {
    await sql.raw(`grant ${rights} on ${table} to jitasa_jobs`).execute(db)
    await sql.raw(EVERY_ROW(table)).execute(db)
  }
  for (const name of FUNCTIONS) await sql.raw(`grant execute on function ${name} to jitasa_jobs`).execute(db)
}

/** Leases end, people are erased and alerts ring in every area. */
const EVERY_ROW = (table: string) => `do $$ begin
  if (select relrowsecurity from pg_class where oid = '${table}'::regclass) then
    create policy jobs on ${table} to jitasa_jobs using (true) with check (true);
  end if; end $$`

const FUNCTIONS = ['jitasa_take_census', 'jitasa_help_case', 'jitasa_facilities_known']

const FREED = 'status, claimed_by, holder_label'
const NO_PLACE = 'lat, lon, address, notes'

const RIGHTS: Readonly<Record<string, string>> = {
  kysely_migration: 'select',
  areas: 'select',
  operation: 'select, update (day)',

  // sessions that are over
  accounts: 'select (id, drill)',
  account_grants: 'select (account_id, role, areas, disabled)',
  account_factors: 'select (account_id, confirmed_at)',
  account_sessions: 'select (id, session_hash, account_id, created_at, used_at, proven_at, expires_at, factor), delete',
  sign_in_rules: 'select',
  sign_in_settings: 'select',
  audit_log: 'select, insert',

  // claims, holds, calls, orders and messages whose time is over
  cases: 'select, update (uncontacted, uncalled, place)',
  needs: `select, update (${FREED}, freed, claimed_at, lease_until, asked_at, asked_by, asked_label, offered_to, offered_label)`,
  case_events: 'insert',
  resources: `select, update (${FREED}, claimed_at)`,
  resource_events: 'insert',
  transfers: 'select, update (status, bed_held, updated_at)',
  beds: 'select, update (held, available, late)',
  hold_minutes: 'select',
  calls: `select (id, state, lease_until, ended_at, case_id), update (state, claimed_by, holder_label, lease_until)`,
  command_messages: 'select (id, state, until), update (state)',
  screen_orders: 'select (id, state, until), update (state)',
  presence: 'select, delete',

  // who is late, and since when the oldest waits
  facilities: 'select, update (late)',
  stock: 'select, update (late)',
  report_deadlines: 'select',
  oldest: 'select, insert, update, delete',
  day_marks: 'select, insert, delete',
  periods: 'select (area, status, starts_at)',

  // what is not kept any longer: sealed values may be seen to be there, and emptied
  people: `select (id, full_name, phone), update (full_name, phone, phone_hash, second_phone, second_phone_hash, id_kind, id_number,
    id_number_hash, nationality, language, birth_year, birth_month, sex)`,
  vulnerable: `select (id, person_id, district, contacted_at, recorded_at, address, notes), update (${NO_PLACE}, place)`,
  case_private: `select (case_id, person_id, erased_at), update (${NO_PLACE}, erased_at)`,
  contacts: 'select (id, case_id)',
  contact_notes: 'select (contact_id), delete',
  call_numbers: 'select (call_id), delete',
  complaints: 'select (case_id), delete',
  checks: 'select (case_id), delete',
  help_requests: 'select (id, case_id), update (phone_hash, content_hash)',
  one_time_codes: 'select (request_id, expires_at, ctid), delete',
  idempotency: 'select, update (body), delete',
  invitations: 'select (accepted_at, expires_at, ctid), delete',
  data_requests: 'select, update (done_at)',
  retention_rules: 'select, update (days, version, next_days, next_from, soon, counted_at)',
  retention_runs: 'insert',

  // the chain of the audit log
  audit_pending: 'select, delete',
  audit_chain: 'select, insert',
  audit_head: 'select, insert, update',

  // what rings
  alert_rules: 'select',
  message_budgets: 'select',
  alerts: 'select, insert, update',
  alert_events: 'select, insert',
  alert_floods: 'select, insert, update, delete',
  alert_pending: 'select, insert, update, delete',

  // what goes out
  notices: 'select, insert, update, delete',
  notifications: 'select, insert, update',
  notification_settings: 'select',
  push_subscriptions: 'select, update (last_ok_at), delete',
  webhooks: 'select',
}
