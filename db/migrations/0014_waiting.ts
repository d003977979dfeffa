import { type Kysely, sql } from 'kysely'

/**
 * Who waits for a place of care is said once. A live need for a bed is the record of it; `cases.waiting` says the same
 * beside the severity, so that it can be counted. Whoever writes, API, import, replay or psql, the database keeps to:
 *
 * - `waiting` if and only if the case has a live need for a bed, and `on_board` follows every change of its needs;
 * - a care place `waiting` (nowhere, and a place is needed) has such a need: one is opened with it;
 * - such a need makes of `unknown` and `discharged` the care place `waiting`; who has a place keeps it and waits in it;
 * - such a need ends with the wait: when the case ends or has an outcome, leaves `waiting`, or is discharged.
 *
 * Row triggers on the few rows that open or end a need, not count triggers: a claim fires none of them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const LIVE = `('open', 'claimed', 'in_progress')`
const ENDED = `('closed', 'duplicate', 'invalid')`
const NOWHERE = `('unknown', 'waiting', 'discharged')`
const over = (one: string) => `(${one}.stage in ${ENDED} or ${one}.outcome <> 'none')`

const END_NEED = `claimed_by = null, holder_label = null, claimed_at = null, lease_until = null, freed = null, asked_at = null,
  asked_by = null, asked_label = null, offered_to = null, offered_label = null`

const STATEMENTS = [
  `alter table cases add column waiting boolean not null default false`,
  // Whoever held a need to its end may still log a contact and close, once nothing of the case is needed any more.
  `alter table needs add column held_last uuid`,

  // What stands in the database already.
  `update needs set status = 'closed', closed_reason = 'case_closed', ended_at = now(), ${END_NEED} from cases
     where cases.id = case_id and needs.status in ${LIVE}
       and (cases.stage in ${ENDED} or (needs.kind = 'bed' and cases.outcome <> 'none'))`,
  `insert into needs (case_id, district, kind, opened_at)
     select id, district, 'bed', care_place_at from cases where care_place = 'waiting' and not ${over('cases')}
     on conflict do nothing`,
  `update cases set waiting = true, on_board = true,
       care_place = case when care_place in ${NOWHERE} then 'waiting' else care_place end,
       care_place_at = case when care_place in ('unknown', 'discharged') then needs.opened_at else care_place_at end
     from needs where needs.case_id = cases.id and needs.kind = 'bed' and needs.status in ${LIVE}`,
  `update cases set on_board = false
     where on_board and not exists (select from needs where case_id = cases.id and status in ${LIVE})`,

  // The case is locked first, as every command does, and its needs are read after that: two who end the last two needs
  // of a case at once must not each see the other's as live.
  `create function jitasa_needs_moved() returns trigger language plpgsql security definer set search_path = public as $$
     declare touched bigint; at_work boolean; for_bed boolean;
     begin
       for touched in select distinct id from unnest(array[old.case_id, new.case_id]) as id where id is not null loop
         perform from cases where id = touched for no key update;
         select count(*) > 0, count(*) filter (where kind = 'bed') > 0 into at_work, for_bed
           from needs where case_id = touched and status in ${LIVE};
         update cases set on_board = at_work, waiting = for_bed,
             care_place = case when for_bed and care_place in ('unknown', 'discharged') then 'waiting'
               when waiting and not for_bed and care_place = 'waiting' then 'unknown' else care_place end,
             care_place_at = case when for_bed and care_place in ('unknown', 'discharged') then coalesce(new.opened_at, now())
               when waiting and not for_bed and care_place = 'waiting' then coalesce(new.ended_at, now()) else care_place_at end
           where id = touched and (on_board, waiting) is distinct from (at_work, for_bed);
       end loop;
       return null;
     end $$`,
  `create trigger needs_opened after insert on needs for each row when (new.status in ${LIVE})
     execute function jitasa_needs_moved()`,
  `create trigger needs_moved after update on needs for each row
     when ((old.status in ${LIVE}) <> (new.status in ${LIVE}) or old.case_id <> new.case_id or old.kind <> new.kind)
     execute function jitasa_needs_moved()`,
  `create trigger needs_removed after delete on needs for each row when (old.status in ${LIVE})
     execute function jitasa_needs_moved()`,

  // At the end of the transaction, so that a command may write its case and its needs in any order, with its history;
  // what it has left undone is done then.
  `create function jitasa_wait_settled() returns trigger language plpgsql security definer set search_path = public as $$
     declare now_is cases; has_ended boolean; placed boolean; gone boolean;
     begin
       select * into now_is from cases where id = new.id for no key update;
       if not found then return null; end if;
       has_ended := now_is.stage in ${ENDED};
       gone := tg_op = 'UPDATE' and old.care_place <> now_is.care_place
         and (old.care_place = 'waiting' or now_is.care_place in ('unknown', 'discharged'));
       placed := gone and now_is.care_place not in ${NOWHERE};
       if has_ended or now_is.outcome <> 'none' or gone then
         update needs set status = case when placed then 'transferred' else 'closed' end,
             closed_reason = case when placed then null else 'case_closed' end, ended_at = now(), ${END_NEED}
           where case_id = new.id and status in ${LIVE} and (kind = 'bed' or has_ended);
       elsif now_is.care_place = 'waiting' then
         insert into needs (case_id, district, kind, opened_at)
           values (new.id, now_is.district, 'bed', now_is.care_place_at) on conflict do nothing;
       end if;
       update cases set waiting = not waiting where id = new.id
         and waiting <> exists (select from needs where case_id = new.id and kind = 'bed' and status in ${LIVE});
       return null;
     end $$`,
  `create constraint trigger wait_begun after insert on cases deferrable initially deferred for each row
     when (new.waiting or new.care_place = 'waiting') execute function jitasa_wait_settled()`,
  `create constraint trigger wait_settled after update on cases deferrable initially deferred for each row
     when (old.waiting <> new.waiting or (new.care_place = 'waiting' and not new.waiting)
       or (new.waiting and old.care_place <> new.care_place)
       or ((new.on_board or new.waiting) and ${over('new')}))
     execute function jitasa_wait_settled()`,
  ...['jitasa_needs_moved', 'jitasa_wait_settled'].map((name) => `revoke execute on function ${name} from public`),

  // The number is counted by it. Beside whatever columns the index and the publication have now.
  `do $$ declare indexed text; published text; begin
     select string_agg(quote_ident(attname), ', ' order by place) into indexed from pg_index
       cross join unnest(indkey) with ordinality as key (number, place)
       join pg_attribute on attrelid = indrelid and attnum = number where indexrelid = 'cases_identity'::regclass;
     execute format('create unique index cases_identity_waiting on cases (%s, waiting)', indexed);
     alter table cases replica identity using index cases_identity_waiting;
     drop index cases_identity;
     alter index cases_identity_waiting rename to cases_identity;
     select string_agg(quote_ident(name), ', ') into published from pg_publication_tables, unnest(attnames) as name
       where pubname = 'jitasa' and tablename = 'cases';
     alter publication jitasa drop table cases;
     execute format('alter publication jitasa add table cases (%s, waiting)', published);
   end $$`,
  `grant select (waiting) on cases to jitasa_hub`,
  // Their list, most urgent first.
  `create index cases_waiting on cases (district, severity) where waiting`,
]
