import { type Kysely, sql } from 'kysely'

/**
 * Asking for help: a second person on the same phone is a second request, a request is followed through every merge,
 * and boards see that its person has said more (when, and not what).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}

const STATEMENTS = [
  // A double submit is told by all that was filled in. Whose address it came from decides nothing any more, and is not kept.
  `drop function jitasa_help_recent`,
  `alter table help_requests drop column needs_key, drop column address_hash, add column content_hash bytea`,

  // Merges lead on, into other districts too, which the person's transaction does not see. A case that has ended takes
  // no merge, so they make no circle; the limit is for a day when they do.
  `create function jitasa_help_case(request uuid) returns table (id bigint, district text)
     language sql stable security definer set search_path = public
     begin atomic
       with recursive way (id, district, merged_into, step) as (
         select cases.id, cases.district, cases.merged_into, 0
         from help_requests join cases on cases.id = case_id where help_requests.id = request
         union all
         select cases.id, cases.district, cases.merged_into, step + 1
         from way join cases on cases.id = way.merged_into where step < 100
       )
       select way.id, way.district from way order by step desc limit 1;
     end`,
  `create function jitasa_help_same(phone bytea, content bytea, since timestamptz) returns uuid
     language sql stable security definer set search_path = public
     return (select help_requests.id from help_requests
       cross join lateral jitasa_help_case(help_requests.id) as become join cases on cases.id = become.id
       where phone_hash = phone and content_hash = content and created_at > since and cancelled_at is null
         and stage not in ('closed', 'duplicate', 'invalid')
       order by created_at desc limit 1)`,
  // Whether somebody else's request, not taken back, has become the same case.
  `create function jitasa_help_shared(request uuid, asked bigint) returns boolean
     language sql stable security definer set search_path = public
     begin atomic
       with recursive merged (id) as (
         select asked union select cases.id from merged join cases on cases.merged_into = merged.id
       )
       select exists (select from help_requests join merged on merged.id = case_id
         where help_requests.id <> request and cancelled_at is null);
     end`,
  ...['jitasa_help_same', 'jitasa_help_case', 'jitasa_help_shared'].flatMap((name) => [
    `revoke execute on function ${name} from public`,
    `grant execute on function ${name} to jitasa_api`,
  ]),

  `alter table cases add column heard_at timestamptz`,
  // Beside whatever columns are published now.
  `do $$ declare published text; begin
     select string_agg(quote_ident(name), ', ') into published from pg_publication_tables, unnest(attnames) as name
       where pubname = 'jitasa' and tablename = 'cases';
     alter publication jitasa drop table cases;
     execute format('alter publication jitasa add table cases (%s, heard_at)', published);
   end $$`,
  `grant select (heard_at) on cases to jitasa_hub`,
]
