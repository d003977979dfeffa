import { type Kysely, sql } from 'kysely'

/**
 * Stock of vaccine by its kind. Where a site counts by kind, `vaccine` is their sum, kept here whoever writes them, as old
 * as the oldest of them: so every number of vaccine stays what it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const KINDS = `'sinovac', 'astrazeneca', 'sinopharm', 'pfizer', 'moderna'`
const BEFORE = `'vaccine', 'oxygen', 'oximeter', 'atk'`
const ITEMS = `'vaccine', ${KINDS}, 'oxygen', 'oximeter', 'atk'`

const STATEMENTS = [
  ...['stock', 'stock_reports'].map(
    (table) =>
      `alter table ${table} drop constraint ${table}_item_check, add constraint ${table}_item_check check (item in (${ITEMS}))`,
  ),
  // The same function, which takes a report of any item back.
  `do $$ begin
     execute replace(pg_get_functiondef('jitasa_undo_report'::regproc), $q$${BEFORE}$q$, $q$${ITEMS}$q$);
   end $$`,
  `create function jitasa_vaccine_stock() returns trigger language plpgsql security definer set search_path = public as $$
     declare site integer; begin
       foreach site in array case tg_op when 'INSERT' then array[new.facility_id] when 'DELETE' then array[old.facility_id]
         else array[old.facility_id, new.facility_id] end
       loop
         if exists (select from stock where facility_id = site and item in (${KINDS})) then
           insert into stock (facility_id, item, district, on_hand, per_day, reported_at)
             select site, 'vaccine', min(district), sum(on_hand), sum(per_day), min(reported_at)
               from stock where facility_id = site and item in (${KINDS})
             on conflict (facility_id, item) do update set on_hand = excluded.on_hand, per_day = excluded.per_day,
               district = excluded.district, reported_at = excluded.reported_at;
         elsif tg_op <> 'INSERT' then
           delete from stock where facility_id = site and item = 'vaccine';
         end if;
       end loop;
       return null;
     end $$`,
  `revoke execute on function jitasa_vaccine_stock from public`,
  `create trigger vaccine_in after insert on stock for each row when (new.item in (${KINDS})) execute function jitasa_vaccine_stock()`,
  `create trigger vaccine_moves after update on stock for each row when (old.item in (${KINDS})) execute function jitasa_vaccine_stock()`,
  `create trigger vaccine_out after delete on stock for each row when (old.item in (${KINDS})) execute function jitasa_vaccine_stock()`,
]
