import { type Kysely, sql } from 'kysely'

/**
 * A province's own rules of alerts, which stand in place of the nation's that watch the same, and since when what waits
 * before it rings has been so: a change of the hub that leads does not begin it anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const MAKERS = `(select jitasa_role_is('national', 'administrator'))
  or (select jitasa_role_is('provincial_health')) and area <> 'TH' and jitasa_sees(area)`

const STATEMENTS = [
  `alter table alert_rules add column area text not null default 'TH' check (area = 'TH' or area ~ '^[0-9]{2}$')`,
  `drop policy command_inserts on alert_rules`,
  `drop policy command_updates on alert_rules`,
  `create policy makers_insert on alert_rules for insert to jitasa_api with check (${MAKERS})`,
  `create policy makers_update on alert_rules for update to jitasa_api using (${MAKERS}) with check (${MAKERS})`,

  // Who would answer, and where: the API reads no accounts.
  `create function jitasa_areas_of_roles() returns table (role text, areas text[]) language sql stable security definer
     set search_path = public
     begin atomic
       select grants.role, array_agg(distinct area order by area)
         from account_grants grants cross join unnest(grants.areas) as area
         where not disabled and not (drill and exists (select from operation where kind = 'live'))
         group by grants.role;
     end`,
  `revoke execute on function jitasa_areas_of_roles from public`,
  `grant execute on function jitasa_areas_of_roles to jitasa_api`,
  `drop function jitasa_roles_with_people`,

  // facility 0: the area itself
  `create table alert_pending (
     rule_id integer not null references alert_rules,
     area text not null references areas,
     facility_id integer not null,
     since timestamptz not null check (isfinite(since)),
     primary key (rule_id, area, facility_id)
   )`,
  `alter table alert_pending enable row level security`,
  `create policy nobody on alert_pending to jitasa_api using (false)`,
]
