import { type Kysely, sql } from 'kysely'

/**
 * As 0021, and a bed that is removed while the day turns leaves no census of today: what somebody is about to remove is not counted, and
 * what was counted all the same goes with the next look.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(TAKE_CENSUS).execute(db)
}

const TAKE_CENSUS = `create or replace function jitasa_take_census() returns bigint language plpgsql security definer set search_path = public as $$
   declare today date; added bigint; mended bigint; removed bigint;
   begin
     select day into today from operation;
     insert into bed_census (day, facility_id, level, district, occupied)
       select today, facility_id, level, district, occupied from beds
       where not exists (select from bed_census as known
         where known.day = today and known.facility_id = beds.facility_id and known.level = beds.level)
       order by facility_id, level for key share skip locked on conflict do nothing;
     get diagnostics added = row_count;
     with wrong as (
       select beds.facility_id, beds.level, beds.district, beds.occupied from bed_census join beds using (facility_id, level)
       where day = today and (bed_census.occupied, bed_census.district) <> (beds.occupied, beds.district)
       for no key update of bed_census, beds skip locked
     )
     update bed_census set occupied = wrong.occupied, district = wrong.district from wrong
       where day = today and bed_census.facility_id = wrong.facility_id and bed_census.level = wrong.level;
     get diagnostics mended = row_count;
     with orphan as (
       select facility_id, level from bed_census
       where day = today and not exists (select from beds
         where beds.facility_id = bed_census.facility_id and beds.level = bed_census.level)
       for update skip locked
     )
     delete from bed_census using orphan
       where day = today and bed_census.facility_id = orphan.facility_id and bed_census.level = orphan.level;
     get diagnostics removed = row_count;
     return added + mended + removed;
   end $$`
