import { type Kysely, sql } from 'kysely'

/**
 * How fresh, how late and how much corrected the numbers are, kept so that the fold can count it: who is overdue with a
 * report, who has not been contacted, how soon requests were taken and whose lease ran out, occupied beds at the end of
 * each day, what was changed in numbers of earlier days, and the oldest of what waits. No personal data in any of it.
 *
 * What follows from a row's own change is kept by a trigger (a claim, the census, a revision); what follows from time
 * passing is a flag that the leading worker turns (db/queries/lateness.ts, uncontacted.ts, oldest.ts).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

/** Decides cells from now on: in the publication and the identity index, beside whatever columns they have now. */
export function counted(table: string, ...columns: readonly string[]): string {
  const names = columns.map((column) => `'${column}'`).join(', ')
  return `do $$ declare former name; indexed name[]; published name[]; wanted name[] := array[${names}]; begin
    select relation.relname, array_agg(attname order by place) into former, indexed
      from pg_index join pg_class as owner on owner.oid = indrelid join pg_class as relation on relation.oid = indexrelid
      cross join unnest(indkey[0 : indnkeyatts - 1]) with ordinality as key (number, place)
      join pg_attribute on attrelid = indrelid and attnum = number
      where indrelid = '${table}'::regclass
        and case owner.relreplident when 'i' then indisreplident when 'd' then indisprimary end
      group by relation.relname;
    select attnames into published from pg_publication_tables where pubname = 'jitasa' and tablename = '${table}';
    execute format('create unique index ${table}_identity_next on ${table} (%s)',
      (select string_agg(quote_ident(name), ', ') from unnest(indexed || array(select unnest(wanted) except select unnest(indexed))) as name));
    alter table ${table} replica identity using index ${table}_identity_next;
    if former = '${table}_identity' then drop index ${table}_identity; end if;
    alter index ${table}_identity_next rename to ${table}_identity;
    alter publication jitasa drop table ${table};
    execute format('alter publication jitasa add table ${table} (%s)',
      (select string_agg(quote_ident(name), ', ') from unnest(published || array(select unnest(wanted) except select unnest(published))) as name));
    grant select (${columns.join(', ')}) on ${table} to jitasa_hub;
  end $$`
}

/** A table that the hub streams and the API reads, each district by those who see it. */
export function streamed(table: string, columns: string): readonly string[] {
  return [
    `alter table ${table} enable row level security`,
    `create policy hub_reads on ${table} for select to jitasa_hub using (true)`,
    `create policy own_area on ${table} for select to jitasa_api using (jitasa_sees(district))`,
    `grant select on ${table} to jitasa_api`,
    `alter publication jitasa add table ${table} (${columns})`,
    `grant select (${columns}) on ${table} to jitasa_hub`,
  ]
}

const DAY_BOUNDS = `between '1900-01-01' and '2399-12-31'`
const HELD = `('claimed', 'in_progress')`
const ENDED = `('closed', 'duplicate', 'invalid')`
const REAL = (one: string) =>
  `(${one}.classification in ('probable', 'confirmed') and ${one}.stage not in ('duplicate', 'invalid'))`
/**
 * Under way, and nobody of a staffed place is with them: hospital, field hospital and hospitel see their patients daily and
 * log no contact here. Home and community isolation promise a contact within 48 h (docs/DOMAIN.md).
 */
const awaitsContact = (one = '') =>
  `(${one}stage not in ${ENDED} and ${one}outcome = 'none'
    and ${one}care_place not in ('field', 'hospitel', 'hospital', 'discharged'))`
const DIED = (one: string) => `(${REAL(one)} and ${one}.outcome = 'died')`

const LATENESS = [
  // By kind of facility, so that who runs the operation may change it: hours after which a count is overdue. A kind
  // without a row reports nothing and is never late.
  `create table report_deadlines (
     kind text primary key check (length(kind) between 1 and 40),
     hours real not null check (hours > 0 and hours <= 8760)
   )`,
  `insert into report_deadlines (kind, hours) values
     ('hospital', 2), ('field', 2), ('hospitel', 4), ('ci', 4), ('vaccination', 24)`,
  `alter table report_deadlines enable row level security`,
  `create policy everyone_reads on report_deadlines for select to jitasa_api using (true)`,
  `create policy command_inserts on report_deadlines for insert to jitasa_api
     with check ((select jitasa_role_is('national', 'administrator')))`,
  `create policy command_updates on report_deadlines for update to jitasa_api
     using ((select jitasa_role_is('national', 'administrator')))`,
  `grant select, insert, update on report_deadlines to jitasa_api`,

  `alter table beds add column late boolean not null default false`,
  `alter table facilities add column late boolean not null default false`,
  counted('beds', 'late'),
  counted('facilities', 'district', 'kind', 'active', 'late'),

  // Whoever has just reported is not late any more, at once and not with the worker's next look; that look judges whether
  // what was reported is old already. Before the row is written, so that it costs no second write.
  `create function jitasa_reported() returns trigger language plpgsql as $$ begin
     if tg_table_name = 'beds' then new.late := false;
     else new.late := exists (select from public.beds where facility_id = new.id and late);
     end if;
     return new;
   end $$`,
  `create trigger reported before update on beds for each row
     when (new.late and new.reported_at > old.reported_at) execute function jitasa_reported()`,
  `create trigger reported before update on facilities for each row
     when (new.late and new.reported_at is distinct from old.reported_at) execute function jitasa_reported()`,
]

const CLAIMS = [
  `alter table needs
     add column claim_day date not null default 'infinity'
       constraint needs_claim_day_bounds check (not isfinite(claim_day) or claim_day ${DAY_BOUNDS}),
     add column claim_bucket text storage main not null default 'none'
       check (claim_bucket in ('none', '15m', '1h', '4h', '12h', '24h', '48h', 'later')),
     add column lapsed boolean not null default false,
     add constraint needs_claim_day_known check ((claim_day = 'infinity') = (claim_bucket = 'none'))`,
  // How long a request was open when somebody took it: the classes of hub/contract/vocabulary/needs.ts.
  `create function jitasa_claim_bucket(waited interval) returns text language sql immutable parallel safe
     return case when waited <= interval '15 minutes' then '15m' when waited <= interval '1 hour' then '1h'
       when waited <= interval '4 hours' then '4h' when waited <= interval '12 hours' then '12h'
       when waited <= interval '24 hours' then '24h' when waited <= interval '48 hours' then '48h' else 'later' end`,
  `update needs set lapsed = true where status = 'open' and freed = 'expired'`,
  `update needs set claim_day = greatest((first.at at time zone 'Asia/Bangkok')::date, '1900-01-01'),
       claim_bucket = jitasa_claim_bucket(first.at - opened_at)
     from (select need_id, min(recorded_at) as at from case_events where kind = 'need.claimed' group by need_id) as first
     where first.need_id = needs.id and (needs.freed is not null or needs.status <> 'open')`,
  // The update above has queued what 0014 checks at the end of a transaction; a table with such work cannot be altered.
  `set constraints all immediate`,
  `set constraints all deferred`,

  // A request is taken for the first time once. One that was taken by a slip of the finger and given back at once
  // (undo: open again, and not because it was freed) has not been taken. Before the row is written: a claim costs no
  // second write, and its identity index is written anyway, since it holds the status.
  `create function jitasa_need_taken() returns trigger language plpgsql as $$ begin
     new.lapsed := new.status = 'open' and new.freed is not distinct from 'expired';
     if new.status in ${HELD} and new.claim_day = 'infinity' then
       select day into new.claim_day from public.operation;
       new.claim_bucket := public.jitasa_claim_bucket(new.claimed_at - new.opened_at);
     elsif tg_op = 'UPDATE' and old.status in ${HELD} and new.status = 'open' and new.freed is null then
       new.claim_day := 'infinity';
       new.claim_bucket := 'none';
     end if;
     return new;
   end $$`,
  `create trigger taken_at_once before insert on needs for each row
     when (new.status <> 'open' or new.freed is not null) execute function jitasa_need_taken()`,
  `create trigger taken before update on needs for each row
     when (old.status <> new.status or old.freed is distinct from new.freed) execute function jitasa_need_taken()`,
  counted('needs', 'claim_day', 'claim_bucket', 'lapsed'),
  `create index needs_claimed on needs (claim_day) where claim_day < 'infinity'`,
]

const UNCONTACTED = [
  `alter table cases add column uncontacted boolean not null default false`,
  `create function jitasa_awaits_contact(stage text, outcome text, care_place text) returns boolean
     language sql immutable parallel safe return ${awaitsContact()}`,
  // The worker finds by it whose time has come, and the list behind the number is read from the other.
  `create index cases_contact_due on cases (coalesce(contacted_at, reported_at)) where not uncontacted and ${awaitsContact()}`,
  `create index cases_uncontacted on cases (district, severity) where uncontacted`,
  // A contact ends it at once, and so does the end of the case. The worker alone turns it on.
  `create function jitasa_contacted() returns trigger language plpgsql as $$ begin
     new.uncontacted := false;
     return new;
   end $$`,
  `create trigger contacted before update on cases for each row
     when (new.uncontacted and old.uncontacted
       and (new.contacted_at > coalesce(old.contacted_at, '-infinity') or not ${awaitsContact('new.')}))
     execute function jitasa_contacted()`,
  counted('cases', 'uncontacted'),
]

const CENSUS = [
  // By facility and not by district: what two facilities report at once must not meet at one row, which would make them
  // wait for each other, or end one of them in a deadlock. Without references, which beds have.
  `create table bed_census (
     day date not null check (day ${DAY_BOUNDS}),
     facility_id integer not null,
     level text storage main not null check (level in ('0', '1', '2.1', '2.2', '3')),
     district text storage main not null check (length(district) = 4),
     occupied integer not null check (occupied >= 0),
     primary key (day, facility_id, level)
   )`,
  `create unique index bed_census_identity on bed_census (day, facility_id, level, district, occupied)`,
  `alter table bed_census replica identity using index bed_census_identity`,
  ...streamed('bed_census', 'day, facility_id, level, district, occupied'),

  `create table revisions (
     id bigint generated always as identity primary key,
     day date not null check (day ${DAY_BOUNDS}),
     kind text storage main not null check (kind in ('corrected', 'late')),
     subject text storage main not null check (subject in ('cases', 'deaths', 'beds')),
     district text storage main not null references areas check (length(district) = 4),
     amount integer not null check (amount > 0),
     revised_day date not null check (revised_day ${DAY_BOUNDS}),
     recorded_at timestamptz not null default now(),
     check (revised_day < day),
     check (kind = 'corrected' or subject <> 'beds')
   )`,
  `create index revisions_day on revisions (day, district)`,
  `create unique index revisions_identity on revisions (id, day, kind, subject, district, amount)`,
  `alter table revisions replica identity using index revisions_identity`,
  ...streamed('revisions', 'id, day, kind, subject, district, amount'),

  // The beds as they are, for the operation's day: when the day turns, and from the worker now and then, for a count that
  // was committed while the day turned. A row that somebody else holds is theirs, and right when they commit.
  `create function jitasa_take_census() returns bigint language plpgsql security definer set search_path = public as $$
     declare today date; added bigint; mended bigint;
     begin
       select day into today from operation;
       insert into bed_census (day, facility_id, level, district, occupied)
         select today, facility_id, level, district, occupied from beds
         where not exists (select from bed_census as known
           where known.day = today and known.facility_id = beds.facility_id and known.level = beds.level)
         order by facility_id, level on conflict do nothing;
       get diagnostics added = row_count;
       with wrong as (
         select beds.facility_id, beds.level, beds.district, beds.occupied from bed_census join beds using (facility_id, level)
         where day = today and (bed_census.occupied, bed_census.district) <> (beds.occupied, beds.district)
         for no key update of bed_census, beds skip locked
       )
       update bed_census set occupied = wrong.occupied, district = wrong.district from wrong
         where day = today and bed_census.facility_id = wrong.facility_id and bed_census.level = wrong.level;
       get diagnostics mended = row_count;
       return added + mended;
     end $$`,
  `revoke execute on function jitasa_take_census from public`,

  // An exercise that begins anew has no numbers of days that have not come; a live operation loses none by a slip.
  `create function jitasa_day_turned() returns trigger language plpgsql security definer set search_path = public as $$ begin
     if new.day < old.day and new.kind <> 'live' then
       delete from bed_census where day > new.day;
       delete from revisions where day > new.day;
     end if;
     perform jitasa_take_census();
     return null;
   end $$`,
  `create trigger day_turned after update on operation for each row when (old.day <> new.day)
     execute function jitasa_day_turned()`,

  // Beds that were counted on an earlier day and are told today change that day's census too, and that is a correction.
  // Fires only where the occupied beds changed: a move from available to held writes nothing more.
  `create function jitasa_census() returns trigger language plpgsql security definer set search_path = public as $$
     declare today date; counted_on date; was integer;
     begin
       select day into today from operation;
       if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (old.facility_id, old.level) <> (new.facility_id, new.level)) then
         delete from bed_census where day = today and facility_id = old.facility_id and level = old.level;
       end if;
       if tg_op = 'DELETE' then return null; end if;
       insert into bed_census (day, facility_id, level, district, occupied)
         values (today, new.facility_id, new.level, new.district, new.occupied)
         on conflict (day, facility_id, level) do update set district = excluded.district, occupied = excluded.occupied;
       counted_on := (new.reported_at at time zone 'Asia/Bangkok')::date;
       if tg_op = 'UPDATE' and counted_on < today and new.reported_at > old.reported_at then
         select occupied into was from bed_census
           where day = counted_on and facility_id = new.facility_id and level = new.level for no key update;
         if was <> new.occupied then
           update bed_census set occupied = new.occupied
             where day = counted_on and facility_id = new.facility_id and level = new.level;
           insert into revisions (day, kind, subject, district, amount, revised_day)
             values (today, 'corrected', 'beds', new.district, abs(new.occupied - was), counted_on);
         end if;
       end if;
       return null;
     end $$`,
  `create trigger census_begun after insert on beds for each row execute function jitasa_census()`,
  `create trigger census_moved after update on beds for each row
     when ((old.occupied, old.district, old.level, old.facility_id) <> (new.occupied, new.district, new.level, new.facility_id))
     execute function jitasa_census()`,
  `create trigger census_ended after delete on beds for each row execute function jitasa_census()`,
  `select jitasa_take_census() where exists (select from operation)`,
]

const UNPLANNED = `current_setting('jitasa.revisions', true) is distinct from 'own'`

const REVISIONS = [
  // What comes into the number of an earlier day and was in none is late; what leaves one, or goes from one to another,
  // is a correction of each. The day's own number is neither: it is still being made.
  // An import and a replay write whole days, know what they change, and say so themselves: jitasa.revisions = own.
  `create function jitasa_case_revised() returns trigger language plpgsql security definer set search_path = public as $$
     declare today date;
     begin
       select day into today from operation;
       insert into revisions (day, kind, subject, district, amount, revised_day)
       select today, side.kind, number.subject, side.district, 1, side.day
       from (values
           ('cases', coalesce(${REAL('old')}, false), old.district, old.report_day,
             coalesce(${REAL('new')}, false), new.district, new.report_day),
           ('deaths', coalesce(${DIED('old')}, false), old.district, old.outcome_day,
             coalesce(${DIED('new')}, false), new.district, new.outcome_day)
         ) as number (subject, was, was_district, was_day, is_now, now_district, now_day)
         cross join lateral (values
           (was, 'corrected', was_district, was_day),
           (is_now, case when was then 'corrected' else 'late' end, now_district, now_day)
         ) as side (holds, kind, district, day)
       where side.holds and side.day < today and isfinite(side.day)
         and (was, was_district, was_day) is distinct from (is_now, now_district, now_day);
       return null;
     end $$`,
  `create trigger revised_by_entry after insert on cases for each row
     when (${REAL('new')} and ${UNPLANNED}) execute function jitasa_case_revised()`,
  `create trigger revised after update on cases for each row
     when ((${REAL('old')} or ${REAL('new')})
       and (${REAL('old')}, ${DIED('old')}, old.district, old.report_day, old.outcome_day)
         <> (${REAL('new')}, ${DIED('new')}, new.district, new.report_day, new.outcome_day)
       and ${UNPLANNED}) execute function jitasa_case_revised()`,
  `create trigger revised_by_removal after delete on cases for each row
     when (${REAL('old')} and ${UNPLANNED}) execute function jitasa_case_revised()`,
]

const OLDEST = [
  // Written by the leading worker alone, where it changed (db/queries/oldest.ts).
  `create table oldest (
     area text storage main not null check (area = 'TH' or area ~ '^[0-9]{2}$'),
     measure text storage main not null check (measure in ('waiting.red', 'waiting.yellow', 'waiting.any', 'unclaimed.red',
       'unclaimed.any', 'uncontacted.any', 'beds.0', 'beds.1', 'beds.2.1', 'beds.2.2', 'beds.3')),
     at timestamptz not null check (isfinite(at)),
     primary key (area, measure)
   )`,
  `alter publication jitasa add table oldest (area, measure, at)`,
  `grant select (area, measure, at) on oldest to jitasa_hub`,
]

const VACCINATIONS = [
  `alter table vaccinations alter column target_group set storage main`,
  counted('vaccinations', 'target_group'),
]

const STATEMENTS = [
  ...LATENESS,
  ...CLAIMS,
  ...UNCONTACTED,
  ...CENSUS,
  ...REVISIONS,
  ...OLDEST,
  ...VACCINATIONS,
  ...['jitasa_day_turned', 'jitasa_census', 'jitasa_case_revised'].map(
    (name) => `revoke execute on function ${name} from public`,
  ),
]
