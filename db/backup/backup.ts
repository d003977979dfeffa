import { createWriteStream, rmSync } from 'node:fs'
import { chmod, copyFile, mkdir, open, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { createSession } from '../client.ts'
import { statOf } from '../postgres/place.ts'
import { streamBaseBackup } from './base-backup.ts'
import { digestOf } from './digest.ts'
import { dumpDatabase } from './dump.ts'
import { DATA_FILES, MANIFEST, type Manifest } from './manifest.ts'

/** What sessions are signed with; not there when the operator gives it (AUTH_SECRET). */
export const SECRET_FILE = 'auth-secret'

const OWN_ALONE = 0o700
const SECRET = 0o600
const MAJOR = 10_000

export type Backup = {
  readonly ownerUrl: string
  /** of the embedded server; `undefined`: the operator's own PostgreSQL */
  readonly dataDir: string | undefined
  /** must not exist; appears whole or not at all */
  readonly folder: string
}

type Server = Pick<Manifest, 'postgres' | 'at' | 'keys'>

async function serverOf(ownerUrl: string): Promise<Server> {
  const owner = createSession(ownerUrl, 'jitasa backup')
  await owner.connect()
  try {
    const { rows } = await owner.query<{ version: string; at: Date }>(
      `select current_setting('server_version_num') as version, clock_timestamp() as at`,
    )
    const [row] = rows
    if (row === undefined) throw new Error('PostgreSQL did not say its version')
    const sealed = await owner.query(`select from pg_class where oid = to_regclass('public.data_keys')`)
    const keys = sealed.rowCount === 0 ? [] : await namesOfKeys(owner)
    return { postgres: Math.floor(Number(row.version) / MAJOR), at: row.at.toISOString(), keys }
  } finally {
    await owner.end()
  }
}

async function namesOfKeys(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>('select distinct wrapped_by as name from data_keys order by 1')
  return rows.map(({ name }) => name)
}

async function copyCluster(ownerUrl: string, file: string): Promise<void> {
  await pipeline(await streamBaseBackup(ownerUrl), createGzip(), createWriteStream(file, { mode: SECRET }))
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function copyIfThere(from: string, to: string): Promise<void> {
  if ((await statOf(from)) !== undefined) await copyFile(from, to)
}

/**
 * Everything that was committed when it began, while everybody goes on writing.
 * @throws Error with a sentence when `folder` is there already, or PostgreSQL refuses; nothing of the backup is then left
 */
export async function backUp({ ownerUrl, dataDir, folder }: Backup): Promise<Manifest> {
  if ((await statOf(folder)) !== undefined) throw new Error(`${folder} is there already: name a folder that is not.`)
  const partial = `${path.resolve(folder)}.${process.pid}.part`
  await mkdir(path.dirname(partial), { recursive: true })
  await mkdir(partial, { mode: OWN_ALONE })
  const removePartial = (): void => rmSync(partial, { recursive: true, force: true })
  // Ctrl-C ends the process in the middle.
  process.once('exit', removePartial)
  try {
    const kind = dataDir === undefined ? 'dump' : 'cluster'
    const server = await serverOf(ownerUrl)
    const file = path.join(partial, DATA_FILES[kind])
    await (dataDir === undefined ? dumpDatabase(ownerUrl, file) : copyCluster(ownerUrl, file))
    await chmod(file, SECRET)
    for (const name of dataDir === undefined ? [] : ['postgres.json', SECRET_FILE]) {
      await copyIfThere(path.join(dataDir ?? '', name), path.join(partial, name))
    }
    const manifest: Manifest = { format: 1, kind, ...server, ...(await digestOf(file)) }
    await writeFile(path.join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: SECRET })
    for (const name of [DATA_FILES[kind], MANIFEST, '.']) await sync(path.join(partial, name))
    await rename(partial, folder)
    return manifest
  } finally {
    removePartial()
    process.off('exit', removePartial)
  }
}
