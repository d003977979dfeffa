import pg from 'pg'
import { type Group, ROW_TABLES, type RowTable, type Snapshot, type Tuple } from '../situation/index.ts'
import { AS_TEXT } from './connections.ts'
import { SourceError } from './errors.ts'
import { epochOf, type Slot } from './slot.ts'
import { type GroupQuery, groupQueries, rowQuery } from './snapshot-sql.ts'
import type { AlsoRead } from './source.ts'

type Values = readonly (string | null)[]
type GroupResult = { readonly query: GroupQuery; readonly rows: readonly Values[] }
/** What of a table travels as rows; a RowTable, or one that another view than the situation reads. */
type ReadTable = Pick<RowTable, 'table' | 'columns' | 'where'>
type RowResult = { readonly table: ReadTable; readonly rows: readonly Values[] }

/**
 * Read everything as it was at the slot's position.
 * @param readers sessions that share the work; each imports the slot's snapshot, and its transaction is ended here
 * @param alsoRead tables beside ROW_TABLES; those that stand there are not read twice
 * @param readBeside whatever else is to be known as it was then
 * @throws SourceError `operation_missing`; the error of `pg` when a query fails or the snapshot is gone
 */
export async function readSnapshot<T>(
  readers: readonly pg.Client[],
  slot: Slot,
  alsoRead: AlsoRead,
  readBeside: (reader: pg.Client) => Promise<T>,
): Promise<{ readonly snapshot: Snapshot; readonly beside: T }> {
  const first = readers[0]
  if (first === undefined) throw new Error('a snapshot needs a reader')
  await Promise.all(readers.map((reader) => importSnapshot(reader, slot.snapshot)))
  const beside = await readBeside(first)
  const { today, at, oid } = await readHeader(first)
  const groups: GroupResult[] = []
  const rows: RowResult[] = []
  const work = [
    ...groupQueries(today).map((query) => async (reader: pg.Client) => {
      groups.push({ query, rows: await readRows(reader, query.sql) })
    }),
    ...tablesRead(alsoRead).map((table) => async (reader: pg.Client) => {
      rows.push({ table, rows: await readRows(reader, rowQuery(table)) })
    }),
  ]
  await Promise.all(readers.map((reader) => takeTurns(reader, work)))
  await Promise.all(readers.map((reader) => reader.query('commit')))
  const snapshot = {
    epoch: epochOf(slot.system, oid),
    position: slot.position,
    at,
    groups: { [Symbol.iterator]: () => eachGroup(groups) },
    rows: { [Symbol.iterator]: () => eachRow(rows) },
  }
  return { snapshot, beside }
}

function tablesRead(alsoRead: AlsoRead): readonly ReadTable[] {
  const own = new Set(ROW_TABLES.map(({ table }) => table))
  const others = Object.entries(alsoRead).filter(([table]) => !own.has(table))
  return [...ROW_TABLES, ...others.map(([table, columns]) => ({ table, columns }))]
}

async function importSnapshot(reader: pg.Client, snapshot: string): Promise<void> {
  await reader.query('begin isolation level repeatable read read only')
  await reader.query(`set transaction snapshot ${pg.escapeLiteral(snapshot)}`)
}

type Header = { readonly today: string; readonly at: number; readonly oid: string }

const HEADER_SQL = `
  select (select day::text from operation) as today, floor(extract(epoch from clock_timestamp()) * 1000)::float8 as at,
    (select oid::text from pg_database where datname = current_database()) as oid`

async function readHeader(reader: pg.Client): Promise<Header> {
  const row = (await reader.query<{ today: string | null; at: number; oid: string }>(HEADER_SQL)).rows[0]
  if (row?.today == null) {
    throw new SourceError('operation_missing', 'the table operation has no row; run the migrations and the seed')
  }
  return { today: row.today, at: row.at, oid: row.oid }
}

/** Each reader takes the next piece of work when it has done one. */
async function takeTurns(reader: pg.Client, work: ((reader: pg.Client) => Promise<void>)[]): Promise<void> {
  for (let next = work.shift(); next !== undefined; next = work.shift()) await next(reader)
}

async function readRows(reader: pg.Client, sql: string): Promise<readonly Values[]> {
  const query: pg.QueryArrayConfig & { types: pg.CustomTypesConfig } = { text: sql, rowMode: 'array', types: AS_TEXT }
  return (await reader.query<(string | null)[]>(query)).rows
}

function* eachGroup(results: readonly GroupResult[]): Generator<Group> {
  for (const { query, rows } of results) {
    const { table, columns, metrics } = query
    for (const values of rows) {
      const row = tuple(columns, values)
      for (const [i, metric] of metrics.entries()) {
        const n = Number(values[columns.length + i])
        if (!Number.isSafeInteger(n)) throw new Error(`${table}: not a count: ${values[columns.length + i]}`)
        if (n !== 0) yield { table, metric, row, n }
      }
    }
  }
}

function* eachRow(results: readonly RowResult[]): Generator<{ table: string; row: Tuple }> {
  for (const { table, rows } of results) {
    for (const values of rows) yield { table: table.table, row: tuple(table.columns, values) }
  }
}

function tuple(columns: readonly string[], values: Values): Tuple {
  const row: Record<string, string | null> = {}
  columns.forEach((column, i) => {
    row[column] = values[i] ?? null
  })
  return row
}
