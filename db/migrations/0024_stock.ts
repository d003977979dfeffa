import { type Kysely, sql } from 'kysely'

/**
 * What facilities report beside beds and doses: stock with what is used of it in a day, and ventilators, kinds of rooms,
 * beds for adults and children. And what stood before each report, so that a slip of the finger can be taken back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const OWN = 'jitasa_own_facility(facility_id)'
/** Who reports beds, and with them units. */
const BEDS = `'facility_staff', 'bed_coordinator', 'provincial_health', 'machine'`
const STOCK = `'vaccination_staff', ${BEDS}`
const ITEMS = `('vaccine', 'oxygen', 'oximeter', 'atk')`
const KINDS = `('ventilator', 'aiir', 'modified_aiir', 'isolation', 'cohort', 'adult', 'child')`
const count = (column: string) => `${column} integer not null check (${column} between 0 and 1000000)`
const MOMENT = 'timestamptz not null check (isfinite(reported_at))'

/** A table that says what stands, streamed, with what was reported of it beside it. */
function reported(table: string, reports: string, roles: string, columns: string): readonly string[] {
  const may = `(select jitasa_role_is(${roles})) and ${OWN}`
  return [
    `create index ${reports}_facility on ${reports} (facility_id)`,
    `alter table ${table} replica identity using index ${table}_identity`,
    `alter table ${table} enable row level security`,
    `create policy hub_reads on ${table} for select to jitasa_hub using (true)`,
    `create policy own_area on ${table} to jitasa_api using (jitasa_sees(district)) with check (jitasa_sees(district))`,
    `create policy role_insert on ${table} as restrictive for insert to jitasa_api with check (${may})`,
    `create policy role_update on ${table} as restrictive for update to jitasa_api using (${may})`,
    `grant select, insert, update on ${table} to jitasa_api`,
    `alter publication jitasa add table ${table} (${columns})`,
    `grant select (${columns}) on ${table} to jitasa_hub`,
    `alter table ${reports} enable row level security`,
    `create policy own_area on ${reports} to jitasa_api
       using (exists (select from facilities where facilities.id = facility_id))
       with check (exists (select from facilities where facilities.id = facility_id))`,
    `create policy role_insert on ${reports} as restrictive for insert to jitasa_api with check (${may})`,
    `grant select, insert on ${reports} to jitasa_api`,
  ]
}

/** `before`: the row that stood, `null` when none did. `undone_at`: it was a slip, and what stood stands again. */
const HISTORY = `source_at timestamptz not null,
     recorded_at timestamptz not null default now(),
     actor uuid,
     idempotency_key text unique,
     before jsonb,
     undone_at timestamptz`

const STATEMENTS = [
  `create table stock (
     facility_id integer not null references facilities,
     item text storage main not null check (item in ${ITEMS}),
     district text storage main not null references areas check (length(district) = 4),
     ${count('on_hand')},
     ${count('per_day')},
     reported_at ${MOMENT},
     late boolean not null default false,
     short boolean not null default false,
     primary key (facility_id, item)
   )`,
  `create unique index stock_identity on stock (facility_id, item, district, on_hand, per_day, late, short)`,
  `create table stock_reports (
     id bigint generated always as identity primary key,
     facility_id integer not null references facilities,
     item text not null check (item in ${ITEMS}),
     on_hand integer not null,
     per_day integer not null,
     ${HISTORY}
   )`,
  ...reported(
    'stock',
    'stock_reports',
    STOCK,
    'facility_id, item, district, on_hand, per_day, reported_at, late, short',
  ),
  // Three days: SHORT_DAYS of hub/contract/vocabulary/stock.ts. Who has just counted is not late any more.
  `create function jitasa_stock() returns trigger language plpgsql as $$ begin
     new.short := new.on_hand < 3 * new.per_day;
     if tg_op = 'UPDATE' and new.reported_at > old.reported_at then new.late := false; end if;
     return new;
   end $$`,
  `create trigger kept before insert or update on stock for each row execute function jitasa_stock()`,

  `create table care_units (
     facility_id integer not null references facilities,
     kind text storage main not null check (kind in ${KINDS}),
     district text storage main not null references areas check (length(district) = 4),
     ${count('total')},
     ${count('in_use')},
     reported_at ${MOMENT},
     primary key (facility_id, kind),
     constraint care_units_fit check (in_use <= total)
   )`,
  `create unique index care_units_identity on care_units (facility_id, kind, district)`,
  `create table unit_reports (
     id bigint generated always as identity primary key,
     facility_id integer not null references facilities,
     kind text not null check (kind in ${KINDS}),
     total integer not null,
     in_use integer not null,
     ${HISTORY}
   )`,
  ...reported('care_units', 'unit_reports', BEDS, 'facility_id, kind, district, total, in_use, reported_at'),

  // What a facility has said moves with it, and ends with it: what lies in a house that is closed helps nobody.
  `create function jitasa_reports_moved() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if new.merged_into is distinct from old.merged_into then
       delete from stock stays using stock newer where stays.facility_id = new.merged_into and newer.facility_id = new.id
         and newer.item = stays.item and newer.reported_at > stays.reported_at;
       update stock set facility_id = new.merged_into, district = kept.district from facilities kept
         where kept.id = new.merged_into and facility_id = new.id
           and item not in (select item from stock where facility_id = new.merged_into);
       delete from care_units stays using care_units newer where stays.facility_id = new.merged_into and newer.facility_id = new.id
         and newer.kind = stays.kind and newer.reported_at > stays.reported_at;
       update care_units set facility_id = new.merged_into, district = kept.district from facilities kept
         where kept.id = new.merged_into and facility_id = new.id
           and care_units.kind not in (select kind from care_units where facility_id = new.merged_into);
       update stock_reports set facility_id = new.merged_into where facility_id = new.id;
       update unit_reports set facility_id = new.merged_into where facility_id = new.id;
     end if;
     if not new.active then
       delete from stock where facility_id = new.id;
       delete from care_units where facility_id = new.id;
     else
       update stock set district = new.district where facility_id = new.id;
       update care_units set district = new.district where facility_id = new.id;
     end if;
     return null;
   end $$`,
  `create trigger reports_moved after update on facilities for each row
     when (old.district <> new.district or old.active <> new.active or old.merged_into is distinct from new.merged_into)
     execute function jitasa_reports_moved()`,
  `revoke execute on function jitasa_reports_moved from public`,

  `alter table bed_reports add column before jsonb, add column undone_at timestamptz`,

  // Takes a facility's own report back when nothing has happened to the same since. @returns why not, or null: done.
  `create function jitasa_undo_report(facility integer, report text, since timestamptz, at timestamptz) returns text
     language plpgsql security definer set search_path = public as $$
     declare
       beds_of text[] := array(select report || ':' || level from unnest(array['0', '1', '2.1', '2.2', '3']) as level);
       units_of text[] := array(select report || ':unit:' || kind from unnest(array[${KINDS.slice(1, -1)}]) as kind);
       stock_of text[] := array(select report || ':stock:' || item from unnest(array[${ITEMS.slice(1, -1)}]) as item);
       made timestamptz; undone boolean; changed boolean;
     begin
       if not (jitasa_role_is(${STOCK}) and jitasa_own_facility(facility)
           and exists (select from facilities where id = facility and jitasa_sees(district))) then
         raise exception 'a report is taken back by those who report' using errcode = 'insufficient_privilege';
       end if;
       perform from facilities where id = facility for no key update;
       select min(recorded_at), bool_or(undone_at is not null) into made, undone from (
         select recorded_at, undone_at from bed_reports where facility_id = facility and idempotency_key = any (beds_of)
         union all select recorded_at, undone_at from unit_reports where facility_id = facility and idempotency_key = any (units_of)
         union all select recorded_at, undone_at from stock_reports where facility_id = facility and idempotency_key = any (stock_of)
       ) as said;
       if made is null then return 'unknown'; end if;
       if undone then return 'undone'; end if;
       if made < since then return 'late'; end if;

       perform from beds where facility_id = facility for update;
       select exists (
         select from bed_reports said left join beds using (facility_id, level)
           where said.facility_id = facility and said.idempotency_key = any (beds_of)
             and (beds.staffed, beds.available, beds.held, beds.occupied, beds.cleaning, beds.blocked, beds.reported_at) is distinct from
               (said.staffed, said.available, said.held, said.occupied, said.cleaning, said.blocked, said.source_at)
         union all select from unit_reports said left join care_units now using (facility_id, kind)
           where said.facility_id = facility and said.idempotency_key = any (units_of)
             and (now.total, now.in_use, now.reported_at) is distinct from (said.total, said.in_use, said.source_at)
         union all select from stock_reports said left join stock now using (facility_id, item)
           where said.facility_id = facility and said.idempotency_key = any (stock_of)
             and (now.on_hand, now.per_day, now.reported_at) is distinct from (said.on_hand, said.per_day, said.source_at)
       ) into changed;
       if changed then return 'changed'; end if;

       delete from beds using bed_reports said where said.idempotency_key = any (beds_of) and said.before is null
         and beds.facility_id = facility and beds.level = said.level;
       update beds set staffed = was.staffed, available = was.available, held = was.held, occupied = was.occupied,
           cleaning = was.cleaning, blocked = was.blocked, reported_at = was.reported_at
         from bed_reports said cross join lateral jsonb_populate_record(null::beds, said.before) as was
         where said.idempotency_key = any (beds_of) and said.before is not null
           and beds.facility_id = facility and beds.level = said.level;
       delete from care_units using unit_reports said where said.idempotency_key = any (units_of) and said.before is null
         and care_units.facility_id = facility and care_units.kind = said.kind;
       update care_units set total = was.total, in_use = was.in_use, reported_at = was.reported_at
         from unit_reports said cross join lateral jsonb_populate_record(null::care_units, said.before) as was
         where said.idempotency_key = any (units_of) and said.before is not null
           and care_units.facility_id = facility and care_units.kind = said.kind;
       delete from stock using stock_reports said where said.idempotency_key = any (stock_of) and said.before is null
         and stock.facility_id = facility and stock.item = said.item;
       update stock set on_hand = was.on_hand, per_day = was.per_day, reported_at = was.reported_at
         from stock_reports said cross join lateral jsonb_populate_record(null::stock, said.before) as was
         where said.idempotency_key = any (stock_of) and said.before is not null
           and stock.facility_id = facility and stock.item = said.item;
       update bed_reports set undone_at = at where facility_id = facility and idempotency_key = any (beds_of);
       update unit_reports set undone_at = at where facility_id = facility and idempotency_key = any (units_of);
       update stock_reports set undone_at = at where facility_id = facility and idempotency_key = any (stock_of);
       return null;
     end $$`,
  `revoke execute on function jitasa_undo_report from public`,
  `grant execute on function jitasa_undo_report to jitasa_api`,
]
