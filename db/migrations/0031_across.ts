import { type Kysely, sql } from 'kysely'

/**
 * A transfer into another province: `to_district` says where it leads, so that it stands on the board there too and its
 * coordination can agree. What everybody may know of a facility and its free beds is told across the borders of areas, and no more.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const PUBLISHED = 'id, case_id, district, status, level, to_facility, requested_at, updated_at, held_until, to_district'

const FUNCTIONS = {
  jitasa_facilities_known: `(wanted integer[])
    returns table (id integer, district text, kind text, active boolean, closed_at timestamptz, merged_into integer,
      name_th text, name_en text)
    language sql stable security definer set search_path = public
    begin atomic
      select f.id, f.district, f.kind, f.active, f.closed_at, f.merged_into, f.name_th, f.name_en
        from facilities f where f.id = any (wanted);
    end`,
  // Without those that are asked for already: whoever is approved or requested there comes first.
  jitasa_free_beds: `(within text[])
    returns table (id integer, district text, name_th text, name_en text, level text, free integer,
      lat double precision, lon double precision)
    language sql stable security definer set search_path = public
    begin atomic
      select f.id, f.district, f.name_th, f.name_en, beds.level, (available - coalesce(asked.n, 0))::integer,
          coalesce(f.lat, areas.lat), coalesce(f.lon, areas.lon)
        from facilities f join beds on beds.facility_id = f.id
        left join areas on areas.code = f.district
        left join (select to_facility, level, count(*) as n from transfers where status in ('requested', 'approved')
            group by to_facility, level) as asked
          on asked.to_facility = f.id and asked.level = beds.level
        where f.active and f.kind in ('hospital', 'field', 'hospitel', 'ci')
          and array['TH', left(f.district, 2), f.district] && within and available > coalesce(asked.n, 0);
    end`,
}

const STATEMENTS = [
  `alter table transfers add column to_district text references areas check (length(to_district) = 4),
     alter column to_district set storage main`,
  `create function jitasa_transfer_leads() returns trigger language plpgsql security definer set search_path = public as $$
     begin
       new.to_district := (select district from facilities where id = new.to_facility);
       return new;
     end $$`,
  `create trigger leads before insert or update of to_facility, to_district on transfers for each row
     execute function jitasa_transfer_leads()`,
  `update transfers set to_district = null where to_facility is not null`,
  `create function jitasa_transfers_moved() returns trigger language plpgsql security definer set search_path = public as $$
     begin
       update transfers set to_district = new.district where to_facility = new.id;
       return null;
     end $$`,
  `create trigger transfers_moved after update of district on facilities for each row
     when (old.district <> new.district) execute function jitasa_transfers_moved()`,
  `create index transfers_to_district on transfers (to_district)
     where status in ('requested', 'approved', 'accepted', 'transport', 'en_route')`,
  `alter publication jitasa drop table transfers`,
  `alter publication jitasa add table transfers (${PUBLISHED})`,
  `grant select (to_district) on transfers to jitasa_hub`,
  ...Object.entries(FUNCTIONS).flatMap(([name, body]) => [
    `create function ${name}${body}`,
    `revoke execute on function ${name} from public`,
    `grant execute on function ${name} to jitasa_api`,
  ]),
]
