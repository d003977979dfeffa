import type pg from 'pg'
import { SEALED_TABLES } from '../../db/personal/columns.ts'
import { openTable } from './people.ts'

/** Every table with every row as text: what a dump of the database holds; of what is sealed also what whoever has the key reads. */
export async function allRows(pool: pg.Pool): Promise<ReadonlyMap<string, string>> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relkind in ('r', 'm') and nspname not in ('pg_catalog', 'information_schema') and nspname !~ '^pg_' order by 1`,
  )
  const found = new Map<string, string>()
  for (const { name } of tables) {
    const { rows } = await pool.query<{ text: string }>(`select t::text as text from ${name} as t`)
    found.set(name, rows.map(({ text }) => text).join('\n'))
  }
  for (const name of SEALED_TABLES) found.set(`${name}, opened`, JSON.stringify(await openTable(pool, name)))
  return found
}

/** Tables in which any of these stands, as `table: word`. */
export function hitsIn(rows: ReadonlyMap<string, string>, words: readonly string[]): string[] {
  return [...rows].flatMap(([table, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${table}: ${word}`),
  )
}
