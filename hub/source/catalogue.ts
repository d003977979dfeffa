import type pg from 'pg'
import { COUNTED, countedColumns, ROW_TABLES } from '../situation/index.ts'
import { SourceError } from './errors.ts'
import type { AlsoRead } from './source.ts'

/** What the fold reads of a table, and which columns' old values it needs from every UPDATE and DELETE. */
export type TableNeed = {
  readonly table: string
  readonly published: readonly string[]
  readonly identity: readonly string[]
}

/** What PostgreSQL offers. `publication`: `undefined` when there is none of the name. */
export type Catalogue = {
  readonly version: number
  readonly walLevel: string
  readonly standby: boolean
  readonly publication: { readonly all: boolean } | undefined
  readonly tables: ReadonlyMap<string, PublishedTable>
}

export type PublishedTable = {
  readonly published: readonly string[]
  readonly identity: readonly string[]
  readonly filtered: boolean
  /** row-level security keeps rows from this session, so the snapshot would lack what the stream brings */
  readonly hidden: boolean
}

/** Column lists, and `pg_publication_tables.attnames`, came with PostgreSQL 15. */
const VERSION_MIN = 150_000

/** Derived from what is counted and what travels as rows, and what else the snapshot is to bring. */
export function neededTables(alsoRead: AlsoRead = {}): readonly TableNeed[] {
  const needs = new Map<string, { published: Set<string>; identity: Set<string> }>()
  const need = (table: string) => {
    const known = needs.get(table)
    if (known) return known
    const fresh = { published: new Set<string>(), identity: new Set<string>() }
    needs.set(table, fresh)
    return fresh
  }
  for (const counted of COUNTED) {
    for (const column of countedColumns(counted)) {
      need(counted.table).published.add(column)
      need(counted.table).identity.add(column)
    }
  }
  for (const rows of ROW_TABLES) for (const column of rows.columns) need(rows.table).published.add(column)
  for (const [table, columns] of Object.entries(alsoRead))
    for (const column of columns) need(table).published.add(column)
  return [...needs].map(([table, { published, identity }]) => ({
    table,
    published: [...published],
    identity: [...identity],
  }))
}

/**
 * Everything that would make the feed silently incomplete, as sentences. Necessary because PostgreSQL 18 streams
 * nothing, without an error, when a publication is missing or does not hold a table.
 */
export function catalogueFaults(found: Catalogue, publication: string, needs: readonly TableNeed[]): string[] {
  if (found.version < VERSION_MIN) return [`PostgreSQL 15 or newer is needed, this is ${found.version / 10_000}`]
  if (found.standby) return ['this is a standby server; connect to the primary']
  const faults: string[] = []
  if (found.walLevel !== 'logical') {
    faults.push(`wal_level is "${found.walLevel}"; set wal_level = logical and restart PostgreSQL`)
  }
  if (found.publication === undefined) {
    faults.push(`publication "${publication}" does not exist; run the migrations on this database`)
    return faults
  }
  if (!found.publication.all) {
    faults.push(`publication "${publication}" must publish insert, update, delete and truncate`)
  }
  for (const need of needs) faults.push(...tableFaults(found.tables.get(need.table), publication, need))
  return faults
}

function tableFaults(found: PublishedTable | undefined, publication: string, need: TableNeed): string[] {
  if (found === undefined) return [`table ${need.table} is not in publication "${publication}"; run the migrations`]
  const faults: string[] = []
  const unpublished = need.published.filter((column) => !found.published.includes(column))
  if (unpublished.length > 0) {
    faults.push(`publication "${publication}" lacks ${need.table} (${unpublished.join(', ')}); run the migrations`)
  }
  const unidentified = need.identity.filter((column) => !found.identity.includes(column))
  if (unidentified.length > 0 || found.identity.length === 0) {
    faults.push(
      `the replica identity of ${need.table} lacks ${unidentified.join(', ') || 'a key'}; without it counts go wrong`,
    )
  }
  if (found.filtered) faults.push(`publication "${publication}" filters rows of ${need.table}; remove the row filter`)
  if (found.hidden) {
    faults.push(`row-level security hides rows of ${need.table} from the hub's role; give it a policy "using (true)"`)
  }
  return faults
}

const SERVER_SQL = `
  select current_setting('server_version_num')::int as version, current_setting('wal_level') as wal_level,
    pg_is_in_recovery() as standby, current_database() as database,
    (select pubinsert and pubupdate and pubdelete and pubtruncate from pg_publication where pubname = $1) as all_published`

const TABLES_SQL = `
  with own_policy as (
    select polrelid, polpermissive, polqual from pg_policy
    where polcmd in ('r', '*') and exists (
      select from unnest(polroles) as role where role = 0 or pg_has_role(current_user, role, 'usage')
    )
  )
  select published.tablename as table, published.attnames::text[] as published, published.rowfilter is not null as filtered,
    coalesce((
      select array_agg(attribute.attname::text)
      from pg_attribute attribute
      where attribute.attrelid = class.oid and attribute.attnum > 0 and not attribute.attisdropped and (
        class.relreplident = 'f' or exists (
          select from pg_index index
          where index.indrelid = class.oid and attribute.attnum = any (index.indkey)
            and case class.relreplident when 'i' then index.indisreplident when 'd' then index.indisprimary else false end
        ))
    ), '{}') as identity,
    row_security_active(class.oid) and (
      not exists (
        select from own_policy where polrelid = class.oid and polpermissive and pg_get_expr(polqual, polrelid) = 'true'
      ) or exists (select from own_policy where polrelid = class.oid and not polpermissive)
    ) as hidden
  from pg_publication_tables published
  join pg_namespace namespace on namespace.nspname = published.schemaname
  join pg_class class on class.relnamespace = namespace.oid and class.relname = published.tablename
  where published.pubname = $1 and published.schemaname = 'public'`

type ServerRow = {
  version: number
  wal_level: string
  standby: boolean
  database: string
  all_published: boolean | null
}
type TableRow = PublishedTable & { table: string }

/** @throws SourceError `catalogue` naming every fault and the database, and what to do */
export async function checkCatalogue(
  client: pg.Client,
  publication: string,
  needs: readonly TableNeed[],
): Promise<void> {
  const server = (await client.query<ServerRow>(SERVER_SQL, [publication])).rows[0]
  if (server === undefined) throw new SourceError('catalogue', 'PostgreSQL does not tell its version')
  const tables = server.version < VERSION_MIN ? [] : (await client.query<TableRow>(TABLES_SQL, [publication])).rows
  const found: Catalogue = {
    version: server.version,
    walLevel: server.wal_level,
    standby: server.standby,
    publication: server.all_published === null ? undefined : { all: server.all_published },
    tables: new Map(tables.map((row) => [row.table, row])),
  }
  const faults = catalogueFaults(found, publication, needs)
  if (faults.length > 0) {
    throw new SourceError('catalogue', `database "${server.database}" cannot feed the hub: ${faults.join('; ')}`)
  }
}
