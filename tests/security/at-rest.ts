import { randomUUID } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { to as copyTo } from 'pg-copy-streams'
import type { TestDatabase } from '../support/pg.ts'
import type { Canary } from './canary-words.ts'

/** As PostgreSQL keeps a place's latitude. A phone is text everywhere: its digits are no number. */
function doubleOf(typed: string): Buffer[] {
  if (!/^\d+\.\d+$/.test(typed)) return []
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(Number(typed))
  return [bytes]
}

/** What is written as text is looked for in every spelling; in files of bytes, as typed, as stored, in hexadecimal and as PostgreSQL keeps a number. */
function bytesOf({ typed, spellings }: Canary): Buffer[] {
  const texts = [typed, spellings[0] ?? typed, Buffer.from(typed).toString('hex')]
  return [...texts.map((text) => Buffer.from(text)), ...doubleOf(typed)]
}

/** @returns `<canary> in <place>` for each that a file of bytes holds */
export function findInBytes(canaries: readonly Canary[], place: string, bytes: Buffer): string[] {
  return canaries
    .filter((canary) => bytesOf(canary).some((spelling) => bytes.includes(spelling)))
    .map(({ name }) => `${name} in ${place}`)
}

/** What somebody who copies the database gets, as it is now: a dump, and, beside it, the files of its server. */
export type AtRest = {
  readonly dump: Buffer
  readonly wal: readonly Buffer[]
  readonly log: Buffer
  readonly tables: Buffer
}

/** The rows of every table as pg_dump writes them, by the same COPY: its program is not of the server's version everywhere. */
async function dumpOf(pool: TestDatabase['pool']): Promise<Buffer> {
  const { rows } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1`,
  )
  const client = await pool.connect()
  try {
    const dump: Buffer[] = []
    for (const { name } of rows) {
      dump.push(Buffer.from(`COPY public.${name}\n`))
      for await (const chunk of client.query(copyTo(`copy ${name} to stdout`))) dump.push(chunk as Buffer)
    }
    return Buffer.concat(dump)
  } finally {
    client.release()
  }
}

async function filesIn(folder: string, since: number): Promise<Buffer[]> {
  const files: Buffer[] = []
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name)
    const { mtimeMs } = await stat(file)
    if (/^[0-9A-F]{24}$/.test(name) && mtimeMs >= since) files.push(await readFile(file))
  }
  return files
}

/** @param since ms since 1970: files of the log of changes that nobody has written since are others' */
export async function copyAtRest({ name, pool }: TestDatabase, since: number): Promise<AtRest> {
  const dump = await dumpOf(pool)
  await pool.query('checkpoint')
  const { rows } = await pool.query<{ data: string; oid: string }>(
    `select current_setting('data_directory') as data, oid::text from pg_database where datname = $1`,
    [name],
  )
  const { data = '', oid = '' } = rows[0] ?? {}
  const base = path.join(data, 'base', oid)
  const tables = await Promise.all((await readdir(base)).map((file) => readFile(path.join(base, file))))
  const log = await readFile(`${data.replace('data-', 'postgres-')}.log`)
  return { dump, wal: await filesIn(path.join(data, 'pg_wal'), since), log, tables: Buffer.concat(tables) }
}

export function findAtRest(canaries: readonly Canary[], { dump, wal, log, tables }: AtRest): string[] {
  return [
    ...findInBytes(canaries, 'the dump', dump),
    ...wal.flatMap((file) => findInBytes(canaries, 'the WAL', file)),
    ...findInBytes(canaries, 'the log', log),
    ...findInBytes(canaries, 'the files of tables', tables),
  ]
}

/** Puts a text in clear into a table, and into an error that the server logs: a search that does not find it finds nothing. */
export async function plantAtRest({ pool }: TestDatabase, typed: string): Promise<void> {
  const table = `planted_${randomUUID().slice(0, 8)}`
  await pool.query(`create table ${table} (word text)`)
  await pool.query(`insert into ${table} values ($1)`, [typed])
  await pool.query('select $1::text::integer', [typed]).then(
    () => Promise.reject(new Error('a text was taken for a number')),
    () => undefined,
  )
}
