import { type Kysely, sql } from 'kysely'

/**
 * Whose request nobody has taken is said once, by their needs; `cases.unclaimed` says the same beside the severity, so
 * that people can be counted by it, not requests: of one who needs oxygen and food, the list behind the number has one line.
 * A claim writes its case when it takes the last open need there.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table cases add column unclaimed boolean not null default false`,
  `update cases set unclaimed = true where exists (select from needs where case_id = cases.id and status = 'open')`,
  // The update above has queued what 0014 checks at the end of a transaction; a table with such work cannot be altered.
  `set constraints all immediate`,
  `set constraints all deferred`,

  // The case is locked first, and its needs are read after that, as in 0014.
  `create function jitasa_unclaimed() returns trigger language plpgsql security definer set search_path = public as $$
     declare touched bigint; open boolean;
     begin
       for touched in select distinct id from unnest(array[old.case_id, new.case_id]) as id where id is not null order by id loop
         perform from cases where id = touched for no key update;
         open := exists (select from needs where case_id = touched and status = 'open');
         update cases set unclaimed = open where id = touched and unclaimed <> open;
       end loop;
       return null;
     end $$`,
  `revoke execute on function jitasa_unclaimed from public`,
  `create trigger unclaimed_opened after insert on needs for each row when (new.status = 'open')
     execute function jitasa_unclaimed()`,
  `create trigger unclaimed_moved after update on needs for each row
     when ((old.status = 'open') <> (new.status = 'open') or old.case_id <> new.case_id)
     execute function jitasa_unclaimed()`,
  `create trigger unclaimed_removed after delete on needs for each row when (old.status = 'open')
     execute function jitasa_unclaimed()`,

  // Beside whatever columns the index and the publication have now.
  `do $$ declare indexed text; published text; begin
     select string_agg(quote_ident(attname), ', ' order by place) into indexed from pg_index
       cross join unnest(indkey) with ordinality as key (number, place)
       join pg_attribute on attrelid = indrelid and attnum = number where indexrelid = 'cases_identity'::regclass;
     execute format('create unique index cases_identity_unclaimed on cases (%s, unclaimed)', indexed);
     alter table cases replica identity using index cases_identity_unclaimed;
     drop index cases_identity;
     alter index cases_identity_unclaimed rename to cases_identity;
     select string_agg(quote_ident(name), ', ') into published from pg_publication_tables, unnest(attnames) as name
       where pubname = 'jitasa' and tablename = 'cases';
     alter publication jitasa drop table cases;
     execute format('alter publication jitasa add table cases (%s, unclaimed)', published);
   end $$`,
  `grant select (unclaimed) on cases to jitasa_hub`,
  // Their list, most urgent first.
  `create index cases_unclaimed on cases (district, severity) where unclaimed`,
]
