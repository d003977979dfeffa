import type pg from 'pg'

/** What of PostgreSQL's catalogue a stream rests upon, in words → a mark that moves with every change of it. */
export type Stamps = ReadonlyMap<string, string>

/**
 * The row version (xmin) of everything that decides which changes are streamed, and where the rows lie (relfilenode).
 * A state that was left and came back has other marks than before: what was written meanwhile, even in the same
 * transaction, never came through the stream.
 */
const STAMPS_SQL = `
  with publication as (select oid, xmin from pg_publication where pubname = $1),
    class as (
      select oid, xmin, relname as name, relfilenode, relreplident, relpersistence from pg_class
      where relnamespace = 'public'::regnamespace and relname = any ($2)
    )
  select 'the publication' as what, concat_ws(' ', oid, xmin) as mark from publication
  union all
  select 'the schema ' || pnnspid::regnamespace || ' in the publication', concat_ws(' ', entry.oid, entry.xmin)
  from pg_publication_namespace entry join publication on pnpubid = publication.oid
  union all
  select prrelid::regclass || ' in the publication', concat_ws(' ', entry.oid, entry.xmin)
  from pg_publication_rel entry join publication on prpubid = publication.oid
  union all
  select 'table ' || name, concat_ws(' ', oid, xmin, relfilenode, relreplident, relpersistence) from class
  union all
  select 'column ' || name || '.' || attname, attribute.xmin::text
  from pg_attribute attribute join class on attrelid = class.oid where attnum > 0
  union all
  select 'the replica identity of ' || name, concat_ws(' ', indexrelid, index.xmin)
  from pg_index index join class on indrelid = class.oid where indisreplident or (indisprimary and relreplident = 'd')
  union all
  select 'policy ' || polname || ' of ' || name, concat_ws(' ', policy.oid, policy.xmin)
  from pg_policy policy join class on polrelid = class.oid`

/** As the session's transaction sees it. @param tables those that the hub reads, of schema public */
export async function readStamps(sql: pg.Client, publication: string, tables: readonly string[]): Promise<Stamps> {
  const { rows } = await sql.query<{ what: string; mark: string }>(STAMPS_SQL, [publication, tables])
  return new Map(rows.map(({ what, mark }) => [what, mark]))
}

/** @returns what has other marks now, has gone or has come */
export function changedStamps(before: Stamps, now: Stamps): readonly string[] {
  const all = new Set([...before.keys(), ...now.keys()])
  return [...all].filter((what) => before.get(what) !== now.get(what))
}
