import { createHash, randomBytes } from 'node:crypto'
import {
  appendFile,
  chmod,
  chown,
  link,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises'
import path from 'node:path'
import { canReach, makeReachableRoot, REACHABLE_ROOT, serverAccount } from './account.ts'
import { type Binaries, findBinaries } from './binaries.ts'
import { freePort, initCluster, isAlive } from './cluster.ts'
import type { Account } from './run.ts'

/** What DATA_DIR/postgres.json remembers. `data`: only when the cluster had to be put outside of DATA_DIR. */
export type Remembered = { readonly port: number; readonly password: string; readonly data?: string }

/** An initialised cluster of DATA_DIR and what it takes to run it. */
export type Place = {
  readonly dataDir: string
  readonly binaries: Binaries
  readonly account: Account | undefined
  readonly data: string
  readonly logFile: string
  readonly remembered: Remembered
  rememberPort(port: number): Promise<void>
}

const PASSWORD_BYTES = 24
const LOG = 'postgres.log'

/** `<file>.<process id>-<random>`: what is not whole yet, and whose. */
function partialName(file: string): string {
  return `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
}

function explain(cause: NodeJS.ErrnoException, dataDir: string): Error {
  if (cause.code !== 'EACCES' && cause.code !== 'EPERM') return cause
  return new Error(
    `DATA_DIR ${dataDir} belongs to another user and this one may not use it. Start as that user, or set DATA_DIR to a folder of your own.`,
    { cause },
  )
}

/** @returns `undefined` when there is no such file */
export async function statOf(file: string) {
  return stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** @returns `undefined` when there is no such file */
export async function readRemembered(file: string): Promise<Remembered | undefined> {
  if ((await statOf(file)) === undefined) return undefined
  const text = await readFile(file, 'utf8')
  try {
    const { port, password, data } = JSON.parse(text) as Partial<Record<keyof Remembered, unknown>>
    if (typeof port === 'number' && typeof password === 'string' && password !== '') {
      return { port, password, ...(typeof data === 'string' ? { data } : {}) }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(
    `${file} is damaged: it should hold {"port": …, "password": "…"} of the PostgreSQL beside it. Restore it from a backup, or remove the whole folder to begin with an empty database.`,
  )
}

/** Written whole under another name first: a reader never sees half of it. `link` fails when another starter was faster. */
async function writeRemembered(file: string, remembered: Remembered, replace: boolean): Promise<void> {
  const partial = partialName(file)
  await writeFile(partial, `${JSON.stringify(remembered)}\n`, { mode: 0o600 })
  if (replace) return rename(partial, file)
  try {
    await link(partial, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(partial, { force: true })
  }
}

const newPassword = (): string => randomBytes(PASSWORD_BYTES).toString('hex')

async function rememberNew(file: string, dataDir: string, account: Account | undefined, password: string) {
  if ((await statOf(path.join(dataDir, 'postgres'))) !== undefined) {
    throw new Error(
      `${file} is missing, and with it the password of the database in ${dataDir}/postgres. Restore it from a backup, or remove the whole folder to begin with an empty database.`,
    )
  }
  const port = await freePort()
  const reachable = account === undefined || (await canReach(dataDir, account, 1))
  const name = createHash('sha256').update(password).digest('hex').slice(0, 12)
  const remembered = reachable
    ? { port, password }
    : { port, password, data: path.join(REACHABLE_ROOT, `data-${name}`) }
  await writeRemembered(file, remembered, false)
}

/** Under another name first: a start that is killed half-way leaves no half cluster, and of two starters one wins. */
async function makeOnce(data: string, make: (partial: string) => Promise<void>): Promise<void> {
  const [folder, prefix] = [path.dirname(data), `${path.basename(data)}.`]
  for (const name of await readdir(folder)) {
    const starter = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN
    if (starter > 0 && !isAlive(starter)) await rm(path.join(folder, name), { recursive: true, force: true })
  }
  const partial = partialName(data)
  try {
    await make(partial)
    await rename(partial, data)
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

/** In a cluster outside of DATA_DIR: the folders that have used it, one a line as JSON. Readable for the server, which copies it in a backup. */
const NOTE = 'jitasa.data-dirs'

/** @returns the DATA_DIRs that have used the cluster `data`; none when a version made it that did not note them */
export async function notedDataDirs(data: string): Promise<readonly string[]> {
  const file = path.join(data, NOTE)
  if ((await statOf(file)) === undefined) return []
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean)
  return [...new Set(lines.map((line) => JSON.parse(line) as string))]
}

/**
 * A copy of a DATA_DIR whose cluster lies outside of it is no copy of the data.
 * @throws Error with a sentence when another DATA_DIR uses the cluster, or the cluster is not on this machine
 */
async function refuseCopy(dataDir: string, data: string): Promise<void> {
  if ((await statOf(data)) === undefined) {
    if ((await statOf(path.join(dataDir, LOG))) === undefined) return
    throw new Error(
      `The database of DATA_DIR ${dataDir} lies outside of it, in ${data}, and is not there. Copy that folder too (cp -a, with its server stopped), restore it from a backup, or remove ${dataDir} to begin with an empty database.`,
    )
  }
  const real = await realpath(dataDir)
  const noted = await notedDataDirs(data)
  if (noted.includes(real)) return
  for (const other of noted) {
    if (!(await leadsTo(other, data))) continue
    throw new Error(
      `DATA_DIR ${dataDir} is a copy of ${other}: its postgres.json leads to the database in ${data}, which ${other} uses. To copy the data, stop that server, copy the database too (cp -a ${data} ${path.join(dataDir, 'postgres')}) and take "data" out of ${path.join(dataDir, 'postgres.json')}. To go on with the same database, set DATA_DIR to ${other}.`,
    )
  }
}

/** Added, never replaced: a DATA_DIR that was moved may come back. */
async function noteDataDir(data: string, dataDir: string): Promise<void> {
  const real = await realpath(dataDir)
  if ((await notedDataDirs(data)).includes(real)) return
  await appendFile(path.join(data, NOTE), `${JSON.stringify(real)}\n`, { mode: 0o644 })
}

/** Whether `dataDir` leads to the cluster `data`. What cannot be read is not gone. */
export async function leadsTo(dataDir: string, data: string): Promise<boolean> {
  try {
    const remembered = await readRemembered(path.join(dataDir, 'postgres.json'))
    return remembered !== undefined && (remembered.data ?? path.join(dataDir, 'postgres')) === data
  } catch {
    return true
  }
}

/** The user a cluster runs as: under root the one its files belong to, so that a folder made by an ordinary user goes on. */
async function accountOf(data: string): Promise<Account | undefined> {
  const found = await statOf(data)
  const me = process.geteuid?.()
  if (found === undefined || me === undefined) return serverAccount()
  if (me === 0) return found.uid === 0 ? serverAccount() : { uid: found.uid, gid: found.gid }
  if (found.uid === me) return undefined
  throw new Error(
    `The database in ${data} belongs to user ${found.uid} and you are user ${me}. Start as that user or as root, give the folder to yourself (chown -R), or set DATA_DIR to another folder.`,
  )
}

async function checkMajor(data: string, binaries: Binaries): Promise<void> {
  const major = Number.parseInt(await readFile(path.join(data, 'PG_VERSION'), 'utf8'), 10)
  if (major === binaries.major) return
  throw new Error(
    `The database in ${data} is of PostgreSQL ${major}, this program brings PostgreSQL ${binaries.major}. Dump it with the version that made it and restore it here, or set DATA_DIR to another folder, or run a PostgreSQL ${major} yourself and set DATABASE_URL.`,
  )
}

/**
 * Finds the cluster of `dataDir`, or makes it.
 * @throws Error with a sentence for people: another user's folder, another major version, a lost or damaged password.
 */
export async function findPlace(dataDir: string): Promise<Place> {
  try {
    return await find(dataDir)
  } catch (error) {
    throw error instanceof Error ? explain(error, dataDir) : error
  }
}

/** Under a root with umask 077 the server's user could not enter; what is secret in it has modes of its own. */
async function makeDataDir(dataDir: string): Promise<void> {
  if ((await mkdir(dataDir, { recursive: true })) !== undefined) await chmod(dataDir, 0o755)
}

async function find(dataDir: string): Promise<Place> {
  const file = path.join(dataDir, 'postgres.json')
  await makeDataDir(dataDir)
  const own = path.join(dataDir, 'postgres')
  if ((await statOf(file)) === undefined) await rememberNew(file, dataDir, await accountOf(own), newPassword())
  const remembered = await readRemembered(file)
  if (remembered === undefined) throw new Error(`${file} was removed while this program started. Start it again.`)
  const data = remembered.data ?? own
  if (remembered.data !== undefined) await refuseCopy(dataDir, data)
  const account = await accountOf(data)
  const binaries = await findBinaries(account)
  if ((await statOf(data)) === undefined) {
    if (remembered.data !== undefined) await makeReachableRoot()
    await makeOnce(data, (partial) => initCluster(binaries, account, partial, remembered.password)).catch(
      async (error) => {
        if ((await statOf(data)) === undefined) throw error
      },
    )
  }
  await checkMajor(data, binaries)
  if (remembered.data !== undefined) await noteDataDir(data, dataDir)
  return {
    dataDir,
    binaries,
    account,
    data,
    logFile: path.join(dataDir, LOG),
    remembered,
    rememberPort: (port) => writeRemembered(file, { ...remembered, port }, true),
  }
}

/**
 * Makes the cluster of a `dataDir` that has none out of files that `fill` puts into the folder it is given, as the user it is given.
 * @param password the owner's, of that cluster
 * @throws Error with a sentence when there is a cluster already; that of `fill`, after which there is none
 */
export async function fillPlace(
  dataDir: string,
  password: string,
  fill: (folder: string, account: Account | undefined) => Promise<void>,
): Promise<void> {
  const file = path.join(dataDir, 'postgres.json')
  if ((await statOf(file)) !== undefined) {
    throw new Error(`DATA_DIR ${dataDir} has a database already: set DATA_DIR to a folder that has none.`)
  }
  await makeDataDir(dataDir)
  const account = await serverAccount()
  await rememberNew(file, dataDir, account, password)
  try {
    const outside = (await readRemembered(file))?.data
    if (outside !== undefined) await makeReachableRoot()
    await makeOnce(outside ?? path.join(dataDir, 'postgres'), async (folder) => {
      await mkdir(folder, { mode: 0o700 })
      if (account) await chown(folder, account.uid, account.gid)
      await fill(folder, account)
    })
  } catch (error) {
    await rm(file)
    throw error
  }
}
