import { type Kysely, sql } from 'kysely'

/**
 * What needs say of their cases (0014, 0018) and whom a need concerns (0034) is worked out once a statement, not twice a row:
 * an update of one case by its number costs PostgreSQL 0.05 ms, and 0.3 ms more to make ready, for fifteen indexes and eight
 * conditions of triggers. 200 cases with a need took 286 ms so, a fifth of it for what was written.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const LIVE = `('open', 'claimed', 'in_progress')`
const BED_LIVE = `kind = 'bed' and status in ${LIVE}`
const over = (one: string) => `(${one}.stage in ('closed', 'duplicate', 'invalid') or ${one}.outcome <> 'none')`

/** Of cases that lost or gained a need, or whose need is open no longer or anew. `touched`: their numbers. */
const SAYS = `id, case_id, kind, status in ${LIVE}, status = 'open'`
const TOUCHED = {
  insert: `select array_agg(distinct case_id) into touched from arrived where status in ${LIVE}`,
  update: `select array_agg(distinct case_id) into touched from (
      (select ${SAYS} from gone except select ${SAYS} from arrived)
      union (select ${SAYS} from arrived except select ${SAYS} from gone)) as moved (id, case_id, kind, live, open)`,
  delete: `select array_agg(distinct case_id) into touched from gone where status in ${LIVE}`,
}

/** The cases are locked first, as every command does, and their needs are read after that: see 0014. */
const settle = (endedAt: string) => `
  perform from cases where id = any(touched) order by id for no key update;
  update cases set on_board = at_work, waiting = for_bed, unclaimed = is_open,
      care_place = case when for_bed and care_place in ('unknown', 'discharged') then 'waiting'
        when waiting and not for_bed and care_place = 'waiting' then 'unknown' else care_place end,
      care_place_at = case when for_bed and care_place in ('unknown', 'discharged') then coalesce(bed_opened_at, now())
        when waiting and not for_bed and care_place = 'waiting' then coalesce(${endedAt}, now()) else care_place_at end
    from (select touched_id, count(needs.id) > 0 as at_work, count(*) filter (where ${BED_LIVE}) > 0 as for_bed,
        count(*) filter (where status = 'open') > 0 as is_open, min(opened_at) filter (where ${BED_LIVE}) as bed_opened_at
      from unnest(touched) as touched_id left join needs on case_id = touched_id and status in ${LIVE} group by touched_id) as said
    where cases.id = touched_id and (on_board, waiting, unclaimed) is distinct from (at_work, for_bed, is_open);`

const STATEMENTS = [
  ...['needs_opened', 'needs_moved', 'needs_removed', 'unclaimed_opened', 'unclaimed_moved', 'unclaimed_removed'].map(
    (name) => `drop trigger ${name} on needs`,
  ),
  ...['notices_made', 'notices_changed'].map((name) => `drop trigger ${name} on needs`),
  ...['needs_moved', 'unclaimed', 'notices_of_need'].map((name) => `drop function jitasa_${name}`),

  `create function jitasa_needs_settled() returns trigger language plpgsql security definer set search_path = public as $$
     declare touched bigint[];
     begin
       if tg_op = 'UPDATE' then
         ${TOUCHED.update};
         if touched is null then return null; end if;
         ${settle('(select max(ended_at) from arrived where case_id = touched_id)')}
         return null;
       elsif tg_op = 'INSERT' then
         ${TOUCHED.insert};
       else
         ${TOUCHED.delete};
       end if;
       if touched is null then return null; end if;
       ${settle('null')}
       return null;
     end $$`,
  `create trigger needs_opened after insert on needs referencing new table as arrived for each statement
     execute function jitasa_needs_settled()`,
  `create trigger needs_moved after update on needs referencing old table as gone new table as arrived for each statement
     execute function jitasa_needs_settled()`,
  `create trigger needs_removed after delete on needs referencing old table as gone for each statement
     execute function jitasa_needs_settled()`,

  `create function jitasa_notice_reds(those bigint[]) returns void language plpgsql security definer set search_path = public as $$ begin
     if those is null or not jitasa_heard('red_need') then return; end if;
     insert into notices (key, kind, area, subject_id, useful_until)
       select 'red_need:' || id, 'red_need', coalesce(place, district), id, now() + interval '1 hour' from cases
       where id = any(those) and on_board and severity = 'red'
         and exists (select from needs where case_id = cases.id and status = 'open')
       on conflict do nothing;
   end $$`,
  `create or replace function jitasa_notices_of_case() returns trigger language plpgsql security definer set search_path = public as $$ begin
     perform jitasa_notice_reds(array[new.id]);
     return null;
   end $$`,
  `drop function jitasa_notice_red`,
  // Named so that it comes after what is settled: of one statement, triggers fire by their names.
  `create function jitasa_notices_of_needs() returns trigger language plpgsql security definer set search_path = public as $$
     declare reds bigint[];
     begin
       if tg_op = 'INSERT' then
         select array_agg(case_id) into reds from arrived where status = 'open';
         perform jitasa_notice_reds(reds);
         if exists (select from arrived where offered_to is not null) and jitasa_heard('offer') then
           insert into notices (key, kind, area, account, subject_id, useful_until)
             OFFERED from arrived where offered_to is not null on conflict do nothing;
         end if;
         return null;
       end if;
       select array_agg(arrived.case_id) into reds from arrived left join gone using (id)
         where arrived.status = 'open' and gone.status is distinct from 'open';
       perform jitasa_notice_reds(reds);
       if exists (select from arrived left join gone using (id)
           where arrived.offered_to is not null and arrived.offered_to is distinct from gone.offered_to) and jitasa_heard('offer') then
         insert into notices (key, kind, area, account, subject_id, useful_until)
           OFFERED from arrived left join gone using (id)
             where arrived.offered_to is not null and arrived.offered_to is distinct from gone.offered_to
           on conflict do nothing;
       end if;
       return null;
     end $$`.replaceAll(
    'OFFERED',
    `select format('offer:%s:%s:%s', arrived.id, arrived.offered_to, pg_current_xact_id()), 'offer', arrived.district,
       arrived.offered_to, arrived.case_id, coalesce(arrived.lease_until, now() + interval '1 hour')`,
  ),
  `create trigger notices_made after insert on needs referencing new table as arrived for each statement
     execute function jitasa_notices_of_needs()`,
  `create trigger notices_made_anew after update on needs referencing old table as gone new table as arrived for each statement
     execute function jitasa_notices_of_needs()`,

  // A case that waits and has its need, which is nearly every one, has nothing left to be settled at the end. Read by its number alone:
  // with what a partial index holds beside it, PostgreSQL read all of that index in a table that nothing was known of yet.
  `do $$ declare before text := pg_get_functiondef('jitasa_wait_settled'::regproc); after text; begin
     after := replace(before, 'has_ended := now_is.stage', $new$if now_is.waiting and now_is.care_place = 'waiting'
           and not ${over('now_is')} and exists (select from needs where case_id = new.id and ${BED_LIVE}) then
         return null;
       end if;
       has_ended := now_is.stage$new$);
     if after = before then raise exception 'jitasa_wait_settled is not what 0014 made'; end if;
     execute after;
   end $$`,
  ...['jitasa_needs_settled', 'jitasa_notice_reds', 'jitasa_notices_of_needs'].map(
    (name) => `revoke execute on function ${name} from public`,
  ),
]
