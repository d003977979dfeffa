import { type Kysely, sql } from 'kysely'

/**
 * Keys by which other systems report and read. Of a key its hash is kept; whose prefix it has is looked up. And row-level
 * security for role `machine`: what it reports, in the places of the key, and nobody's personal data.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** Who reported beds, doses and tests before; and now a key. */
const BEDS = `'facility_staff', 'bed_coordinator', 'provincial_health', 'machine'`
const MOVERS = `'volunteer', 'responder', 'hotline', 'triage', 'bed_coordinator', 'district_chief', 'provincial_health', 'governor'`
const DOSES = `'vaccination_staff', 'volunteer', 'provincial_health', 'administrator', 'machine'`
const TESTS = `'volunteer', 'triage', 'facility_staff', 'provincial_health', 'machine'`
const READERS = `${MOVERS}, 'facility_staff', 'public', 'national', 'administrator', 'auditor'`
const OWN = 'jitasa_own_facility(facility_id)'

const STATEMENTS = [
  `create table api_keys (
     id uuid primary key default gen_random_uuid(),
     prefix text not null unique check (prefix ~ '^[0-9a-f]{12}$'),
     key_hash bytea not null check (length(key_hash) = 32),
     label text not null check (length(label) between 1 and 80),
     actions text[] not null check (cardinality(actions) between 1 and 10),
     areas text[] not null default '{}'
       check (cardinality(areas) <= 20 and array_to_string(areas, ',') ~ '^((TH|[0-9]{2}|[0-9]{4})(,(TH|[0-9]{2}|[0-9]{4}))*)?$'),
     facilities integer[] not null default '{}' check (cardinality(facilities) <= 100),
     created_by uuid,
     created_at timestamptz not null,
     expires_at timestamptz not null,
     revoked_at timestamptz,
     used_at timestamptz,
     check (cardinality(areas) + cardinality(facilities) > 0)
   )`,
  `grant select, insert, update on api_keys to jitasa_auth`,

  // A key is of several facilities, and says so in a setting of its own; one of areas reports for whatever lies in them.
  `create or replace function jitasa_own_facility(facility integer) returns boolean language sql stable parallel safe
     return case when coalesce(current_setting('jitasa.role', true), '') = 'machine'
       then coalesce(current_setting('jitasa.facilities', true), '') = ''
         or facility::text = any (string_to_array(current_setting('jitasa.facilities', true), ','))
       else coalesce(current_setting('jitasa.facility', true), '') = facility::text
         or coalesce(current_setting('jitasa.facility', true), '') = ''
           and coalesce(current_setting('jitasa.role', true), '') not in ('', 'facility_staff', 'vaccination_staff') end`,
  `alter policy role_insert on beds with check ((select jitasa_role_is(${BEDS})) and ${OWN})`,
  `alter policy role_update on beds using (
     (select jitasa_role_is(${MOVERS}, 'facility_staff'))
     or (select jitasa_role_is('machine')) and ${OWN})`,
  `alter policy role_insert on bed_reports with check ((select jitasa_role_is(${BEDS})) and ${OWN})`,
  `alter policy role_insert on vaccinations with check ((select jitasa_role_is(${DOSES})) and ${OWN})`,
  `alter policy role_insert on tests with check ((select jitasa_role_is(${TESTS})))`,
  // A count of beds must leave those that transfers hold.
  `alter policy role_select on transfers using ((select jitasa_role_is(${READERS}, 'machine')))`,
]
