import { type Kysely, sql } from 'kysely'
import { counted, streamed } from './0021_measured.ts'

/**
 * Of which vaccine a dose was; how many doses were planned for a day, by a site or by a province beside its sites; and how many people of each target group live where: coverage of a group is doses over them. No free source has it, so none
 * is assumed. Of a province they are given as a whole (`NN00`) or by its districts, never both: the import sees to it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const GROUPS = `('medical', 'vhv', 'frontline', 'age60', 'disease7', 'pregnant', 'general', 'student12', 'child5')`
const PLANNER = `(select jitasa_role_is('provincial_health', 'national'))`
const PLANS = 'id, district, day, doses'
const RESIDENTS = 'district, target_group, residents'

const STATEMENTS = [
  `create table residents (
     district text storage main not null references areas check (length(district) = 4),
     target_group text storage main not null check (target_group in ${GROUPS}),
     residents integer not null check (residents >= 0),
     source text not null check (length(source) between 1 and 200),
     as_of date not null check (as_of between '1900-01-01' and '2399-12-31'),
     imported_at timestamptz not null default now(),
     primary key (district, target_group)
   )`,
  `create unique index residents_identity on residents (${RESIDENTS})`,
  `alter table residents replica identity using index residents_identity`,
  ...streamed('residents', RESIDENTS),

  `alter table vaccinations add column vaccine text storage main not null default 'unknown'
     check (vaccine in ('sinovac', 'astrazeneca', 'sinopharm', 'pfizer', 'moderna', 'other', 'unknown'))`,
  counted('vaccinations', 'vaccine'),

  `create table dose_plans (
     id bigint generated always as identity primary key,
     district text storage main not null references areas check (length(district) = 4),
     facility_id integer references facilities,
     day date not null check (day between '1900-01-01' and '2399-12-31'),
     doses integer not null check (doses between 1 and 1000000),
     actor uuid,
     recorded_at timestamptz not null default now(),
     check (facility_id is not null or district like '__00')
   )`,
  `create unique index dose_plans_of_site on dose_plans (facility_id, day) where facility_id is not null`,
  `create unique index dose_plans_of_province on dose_plans (district, day) where facility_id is null`,
  `create unique index dose_plans_identity on dose_plans (id, district, day, doses)`,
  `alter table dose_plans replica identity using index dose_plans_identity`,
  ...streamed('dose_plans', PLANS),
  `create policy planner_inserts on dose_plans for insert to jitasa_api with check (jitasa_sees(district) and ${PLANNER})`,
  `create policy planner_updates on dose_plans for update to jitasa_api using (jitasa_sees(district) and ${PLANNER})`,
  `create policy planner_deletes on dose_plans for delete to jitasa_api using (jitasa_sees(district) and ${PLANNER})`,
  `grant insert, update, delete on dose_plans to jitasa_api`,
  // A plan moves with its site, and with a site that becomes part of another.
  `create function jitasa_plans_moved() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if new.merged_into is distinct from old.merged_into and new.merged_into is not null then
       update dose_plans kept set doses = least(kept.doses + gone.doses, 1000000) from dose_plans gone
         where kept.facility_id = new.merged_into and gone.facility_id = new.id and kept.day = gone.day;
       delete from dose_plans gone using dose_plans kept
         where kept.facility_id = new.merged_into and gone.facility_id = new.id and kept.day = gone.day;
       update dose_plans set facility_id = kept.id, district = kept.district from facilities kept
         where kept.id = new.merged_into and facility_id = new.id;
     else
       update dose_plans set district = new.district where facility_id = new.id;
     end if;
     return null;
   end $$`,
  `create trigger plans_moved after update of district, merged_into on facilities for each row
     when (old.district <> new.district or old.merged_into is distinct from new.merged_into) execute function jitasa_plans_moved()`,
  `revoke execute on function jitasa_plans_moved from public`,
]
