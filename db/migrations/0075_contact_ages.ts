import { type Kysely, sql } from 'kysely'
import { counted } from './0021_measured.ts'

const CLOCK = 'coalesce(contacted_at, reported_at)'
const AWAITS = 'jitasa_awaits_contact(stage, outcome, care_place)'
const DECIDES = ['contacted_at', 'reported_at', 'stage', 'outcome', 'care_place', 'uncontacted']
const all = (one: string) => `(${DECIDES.map((column) => `${one}.${column}`).join(', ')})`

/**
 * How long nobody has reached whom somebody should, in classes, so that the fold can count it: `later` are those that the mark
 * of migration 0021 counts. A trigger keeps it with what is written; as time passes the leading worker does (db/queries/uncontacted.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  `alter table cases add column contact_age text storage main not null default 'none'
     check (contact_age in ('none', '6h', '12h', '24h', '48h', 'later'))`,
  // The classes of hub/contract/vocabulary/contacts.ts. More than 48 h and not yet marked is the last of those before.
  `create function jitasa_contact_age(since interval) returns text language sql immutable parallel safe
     return case when since <= interval '6 hours' then '6h' when since <= interval '12 hours' then '12h'
       when since <= interval '24 hours' then '24h' else '48h' end`,
  `update cases set contact_age = case when uncontacted then 'later' else jitasa_contact_age(now() - ${CLOCK}) end
     where ${AWAITS}`,
  // What the update has queued is checked at the end of a transaction; a table with such work cannot be altered.
  `set constraints all immediate`,
  `set constraints all deferred`,
  `alter table cases add constraint cases_contact_age_known check ((contact_age = 'later') = (uncontacted and ${AWAITS}))`,

  // Named so that it comes after those that end a mark: of one event, triggers fire by their names.
  `create function jitasa_contact_aged() returns trigger language plpgsql as $$ begin
     new.contact_age := case
       when not public.jitasa_awaits_contact(new.stage, new.outcome, new.care_place) then 'none'
       when new.uncontacted then 'later'
       else public.jitasa_contact_age(now() - coalesce(new.contacted_at, new.reported_at)) end;
     return new;
   end $$`,
  `create trigger since_contact_at_once before insert on cases for each row
     when (jitasa_awaits_contact(new.stage, new.outcome, new.care_place)) execute function jitasa_contact_aged()`,
  `create trigger since_contact before update on cases for each row
     when (${all('old')} is distinct from ${all('new')}) execute function jitasa_contact_aged()`,
  // The worker finds by it whose class has ended, a snapshot counts from it alone, and the list behind a number is read from it.
  `create index cases_contact_age on cases (contact_age, ${CLOCK}) include (district) where contact_age <> 'none'`,
  counted('cases', 'contact_age'),
  `grant update (contact_age) on cases to jitasa_jobs`,
]
