import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { fillPlace, readRemembered } from '../postgres/place.ts'
import type { Account } from '../postgres/run.ts'
import { prepareAlone } from '../prepare.ts'
import { makeRoles } from '../restored.ts'
import { copyIfThere, SECRET_FILE } from './backup.ts'
import { digestOf } from './digest.ts'
import { restoreDump } from './dump.ts'
import { DATA_FILES, type Manifest, readManifest } from './manifest.ts'

/**
 * The restored cluster goes on under a timeline of its own, so that its positions are of another epoch: a screen that
 * has seen commits which the backup has not would fold new ones onto them.
 * Until then nobody is let in.
 */
const NEW_TIMELINE = `restore_command = 'false'\nrecovery_target_timeline = 'current'\nhot_standby = 'off'\n`

async function unpack(file: string, folder: string, account: Account | undefined): Promise<void> {
  const tar = spawn('tar', ['-x', '--no-same-owner', '-p', '-C', folder], {
    ...account,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  tar.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const [ended, fed] = await Promise.allSettled([
    once(tar, 'close'),
    pipeline(createReadStream(file), createGunzip(), tar.stdin),
  ])
  // Why tar ended is said by itself; that nobody reads on is what follows.
  if (ended.status === 'rejected') throw ended.reason
  if (ended.value[0] !== 0) throw new Error(`tar failed: ${said.trim()}`)
  if (fed.status === 'rejected') throw fed.reason
}

/** @throws Error with a sentence when what `backup.json` says of the file is not so */
async function checkWhole(folder: string, { kind, bytes, sha256 }: Manifest): Promise<string> {
  const file = path.join(folder, DATA_FILES[kind])
  const is = await digestOf(file)
  if (is.bytes === bytes && is.sha256 === sha256) return file
  throw new Error(`${file} is damaged: it is not what was backed up. Take another backup.`)
}

/**
 * A `cluster` into a DATA_DIR without a database; it starts like any other.
 * @throws Error with a sentence; there is then no database in DATA_DIR
 */
export async function restoreCluster(folder: string, dataDir: string): Promise<void> {
  const manifest = await readManifest(folder)
  if (manifest.kind !== 'cluster') {
    throw new Error(`${folder} holds a dump of a PostgreSQL of your own: set DATABASE_URL to an empty database.`)
  }
  const remembered = await readRemembered(path.join(folder, 'postgres.json'))
  if (remembered === undefined) throw new Error(`${folder} holds no whole backup: postgres.json is not there.`)
  const file = await checkWhole(folder, manifest)
  await fillPlace(dataDir, remembered.password, async (data, account) => {
    await unpack(file, data, account)
    await appendFile(path.join(data, 'postgresql.auto.conf'), NEW_TIMELINE)
    await writeFile(path.join(data, 'recovery.signal'), '')
  })
  await copyIfThere(path.join(folder, SECRET_FILE), path.join(dataDir, SECRET_FILE))
}

const HOLDS_TABLES = `select from pg_class where relnamespace = 'public'::regnamespace limit 1`

/** A `dump` into an empty database, all of it or nothing. @throws Error with a sentence */
export async function restoreDatabase(folder: string, ownerUrl: string): Promise<void> {
  const manifest = await readManifest(folder)
  if (manifest.kind !== 'dump') {
    throw new Error(
      `${folder} holds a backup of the embedded PostgreSQL: unset DATABASE_URL, and set DATA_DIR to a folder that has no database.`,
    )
  }
  const file = await checkWhole(folder, manifest)
  await prepareAlone(ownerUrl, async (owner) => {
    const { rowCount } = await owner.query(HOLDS_TABLES)
    if (rowCount !== 0)
      throw new Error('The database is not empty: make a new one (createdb), and name it in DATABASE_URL.')
    await makeRoles(owner)
    await restoreDump(ownerUrl, file)
  })
}
