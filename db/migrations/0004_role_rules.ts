import { type Kysely, sql } from 'kysely'

/**
 * Row-level security by role, beside the rule by area: what a role's actions never touch, its transactions do not
 * see or change. hub/authorize/table.ts is what these rules follow; tests/security holds every cell against it.
 * A transaction without a role (imports, the lease clock) has only the rule by area.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const WORKERS = ['volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator']
const SUPERVISORS = ['district_chief', 'provincial_health', 'governor']
/** They move a case, or what belongs to it. */
const MOVERS = [...WORKERS, ...SUPERVISORS]
/** Those who record or work cases; `public` is somebody who asks for help, in the one area they name. */
const CASE_ROLES = [...MOVERS, 'facility_staff', 'public']
const READERS = [...CASE_ROLES, 'national', 'administrator', 'auditor']
const RECORDERS = [...WORKERS, 'facility_staff', 'district_chief', 'provincial_health', 'public']
const REPORTS_BEDS = ['facility_staff', 'bed_coordinator', 'provincial_health']

type Right = 'select' | 'insert' | 'update'
type Rule = { readonly roles: readonly string[]; readonly ownFacility?: true }

const to = (...roles: readonly string[]): Rule => ({ roles })

const RULES: Readonly<Record<string, Readonly<Partial<Record<Right, Rule>>>>> = {
  cases: {
    select: to(...READERS),
    insert: to(...RECORDERS, 'administrator'),
    update: to(...CASE_ROLES, 'administrator'),
  },
  people: { select: to(...CASE_ROLES), insert: to(...RECORDERS), update: to(...CASE_ROLES) },
  case_private: { select: to(...CASE_ROLES), insert: to(...RECORDERS), update: to(...CASE_ROLES) },
  needs: { select: to(...READERS), insert: to(...CASE_ROLES), update: to(...CASE_ROLES) },
  case_events: { select: to(...READERS), insert: to(...CASE_ROLES) },
  contacts: { select: to(...READERS), insert: to(...MOVERS) },
  contact_notes: { select: to(...MOVERS), insert: to(...MOVERS) },
  transfers: { select: to(...READERS), insert: to(...MOVERS), update: to(...MOVERS, 'facility_staff') },
  vulnerable: {
    select: to(...CASE_ROLES),
    insert: to('volunteer', 'hotline', 'district_chief', 'provincial_health'),
    update: to('volunteer', 'hotline', 'district_chief', 'provincial_health'),
  },
  help_requests: { select: to(...CASE_ROLES), insert: to('public'), update: to(...CASE_ROLES) },
  one_time_codes: { select: to('public'), insert: to('public'), update: to('public') },
  // Who closes a case frees its bed; who admits a patient takes one, and frees the one in another facility.
  beds: { insert: { ...to(...REPORTS_BEDS), ownFacility: true }, update: to(...MOVERS, 'facility_staff') },
  bed_reports: { insert: { ...to(...REPORTS_BEDS), ownFacility: true } },
  vaccinations: {
    insert: { ...to('vaccination_staff', 'volunteer', 'provincial_health', 'administrator'), ownFacility: true },
  },
  tests: { insert: to('volunteer', 'triage', 'facility_staff', 'provincial_health') },
}

function policy(table: string, right: Right, { roles, ownFacility }: Rule): string {
  // In a sub-select, so that PostgreSQL asks once a statement and not once a row.
  const rule = `(select jitasa_role_is(${roles.map((role) => `'${role}'`).join(', ')}))${
    ownFacility ? ' and jitasa_own_facility(facility_id)' : ''
  }`
  const clause = right === 'insert' ? 'with check' : 'using'
  return `create policy role_${right} on ${table} as restrictive for ${right} to jitasa_api ${clause} (${rule})`
}

const STATEMENTS = [
  ...Object.entries(RULES).flatMap(([table, rules]) =>
    Object.entries(rules).map(([right, rule]) => policy(table, right as Right, rule)),
  ),
]
