import { createSession } from './client.ts'
import { type Logger, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { checkDataKeys } from './personal/check.ts'
import { ensureKeyFile, useKeySource } from './personal/key-source.ts'
import { ROLES, type Role, roleUrl } from './roles.ts'
import { seed } from './seed.ts'

export type Connections = {
  /** owns the tables and is not under row-level security: migrations, imports, replays */
  readonly ownerUrl: string
  /** jitasa_hub: streams and reads what is published */
  readonly hubUrl: string
  /** jitasa_api: under row-level security */
  readonly apiUrl: string
  /** jitasa_auth: accounts and sessions */
  readonly authUrl: string
  readonly embedded: boolean
  /** DATA_KEY of a process that is given these URLs: of the embedded database the file that was made for it; none: as the environment says */
  readonly dataKey: string | undefined
  /** the roles that log in with a derived password, which `prepare` sets */
  readonly derivedRoles: readonly Role[]
  /** ends the embedded server when nobody else uses it; nothing otherwise */
  stop(): Promise<void>
}

export type DatabaseEnv = Readonly<Record<string, string | undefined>>

const DEFAULT_DATA_DIR = '.data'
/** Migrations say `storage` where they make a column, which PostgreSQL 15 does not know. */
export const MAJOR_MIN = 16
const CONNECT_MS_MAX = 10_000

const URL_VARIABLES: Readonly<Record<Role, string>> = {
  jitasa_hub: 'HUB_DATABASE_URL',
  jitasa_api: 'API_DATABASE_URL',
  jitasa_auth: 'AUTH_DATABASE_URL',
}

const say = (message: string): void => void process.stderr.write(`${message}\n`)

/** A command's: what it prints goes to stdout, where its data lies and what is wrong beside it. */
const beside: Logger = { info: say, warn: say }

function set(env: DatabaseEnv, name: string): string | undefined {
  return env[name]?.trim() || undefined
}

/** @returns DATABASE_URL; `undefined`: the embedded server is meant */
export const databaseUrlOf = (env: DatabaseEnv): string | undefined => set(env, 'DATABASE_URL')

/** @returns where the embedded server keeps its files */
export const dataDirOf = (env: DatabaseEnv): string => set(env, 'DATA_DIR') ?? DEFAULT_DATA_DIR

function parseUrl(name: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^postgres(ql)?:$/.test(url.protocol) && url.pathname.length > 1) return url
  throw new Error(`${name} is not the URL of a database. It takes postgres://user:password@host:5432/database.`)
}

function urlOfRole(env: DatabaseEnv, ownerUrl: string, role: Role): string {
  const variable = URL_VARIABLES[role]
  const own = set(env, variable)
  if (own !== undefined) return parseUrl(variable, own).href
  const derived = roleUrl(ownerUrl, role)
  if (derived !== undefined) return derived
  throw new Error(
    `DATABASE_URL holds no password to derive that of the role ${role} from. Set ${variable} to a URL with which ${role} logs in.`,
  )
}

/** Why a connection failed and what to do, from the error's code. */
function explainConnect(error: unknown, url: URL): Error {
  const { code, message } = error as NodeJS.ErrnoException
  const where = `${url.hostname}:${url.port || 5432}`
  const sentences: Record<string, string> = {
    ECONNREFUSED: `DATABASE_URL: no PostgreSQL answers at ${where}. Start it, or correct the address.`,
    ENOTFOUND: `DATABASE_URL: there is no host ${url.hostname}. Correct the address.`,
    '28P01': `DATABASE_URL: PostgreSQL at ${where} refuses the password of ${url.username}.`,
    '3D000': `DATABASE_URL: there is no database "${url.pathname.slice(1)}" at ${where}. Make it (createdb), or correct the name.`,
  }
  return new Error((code && sentences[code]) ?? `DATABASE_URL: PostgreSQL at ${where} cannot be used: ${message}`, {
    cause: error,
  })
}

/** @throws Error with a sentence for people when the server cannot feed the hub. */
async function checkServer(url: URL): Promise<void> {
  const client = createSession(url.href, 'jitasa check', { connectionTimeoutMillis: CONNECT_MS_MAX })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; wal: string }>(
      `select current_setting('server_version_num') as version, current_setting('wal_level') as wal`,
    )
    const major = Math.floor(Number(rows[0]?.version) / 10_000)
    if (major < MAJOR_MIN) {
      throw new Error(
        `DATABASE_URL: PostgreSQL ${major} is too old, ${MAJOR_MIN} or newer is needed. Upgrade the server.`,
      )
    }
    if (rows[0]?.wal !== 'logical') {
      throw new Error(
        `DATABASE_URL: wal_level is ${rows[0]?.wal}, the hub needs logical. Run "alter system set wal_level = logical" and restart PostgreSQL.`,
      )
    }
  } catch (error) {
    const own = error instanceof Error && error.message.startsWith('DATABASE_URL')
    throw own ? error : explainConnect(error, url)
  } finally {
    await client.end()
  }
}

/** The key of the embedded database's personal data, made at its first start. */
async function keyFileOf(dataDir: string, logger: Logger): Promise<string> {
  const { file, made } = await ensureKeyFile(dataDir)
  if (made) {
    logger.info(
      `made the key of personal data, ${file}: keep a copy of it elsewhere, without it nobody opens that data`,
    )
  }
  return file
}

/**
 * The database of the environment: `DATABASE_URL` (PostgreSQL ≥ 16, wal_level logical), else the embedded server of
 * `DATA_DIR` (`.data`), joined when it runs already. `HUB_DATABASE_URL`, `API_DATABASE_URL` and `AUTH_DATABASE_URL`
 * replace the roles' derived passwords. Call `stop()` at the end, or the process stays.
 * @throws Error with a sentence for people that names the variable.
 */
export async function openDatabase(env: DatabaseEnv, logger: Logger = beside): Promise<Connections> {
  const external = databaseUrlOf(env)
  if (external !== undefined) await checkServer(parseUrl('DATABASE_URL', external))
  const embedded = external === undefined ? await startEmbedded(dataDirOf(env), logger) : undefined
  try {
    const keyFile = embedded && set(env, 'DATA_KEY') === undefined ? await keyFileOf(dataDirOf(env), logger) : undefined
    useKeySource(env, keyFile)
    const ownerUrl = embedded?.ownerUrl ?? external ?? ''
    return {
      ownerUrl,
      hubUrl: urlOfRole(env, ownerUrl, 'jitasa_hub'),
      apiUrl: urlOfRole(env, ownerUrl, 'jitasa_api'),
      authUrl: urlOfRole(env, ownerUrl, 'jitasa_auth'),
      embedded: embedded !== undefined,
      dataKey: keyFile && `file:${keyFile}`,
      derivedRoles: ROLES.filter((role) => set(env, URL_VARIABLES[role]) === undefined),
      stop: async () => embedded?.stop(),
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/** Migrates and seeds, and sets the derived passwords. @returns the migrations that ran and whether the seed wrote. */
export async function prepareDatabase(
  connections: Connections,
): Promise<{ readonly migrations: readonly string[]; readonly seeded: boolean }> {
  const migrations = await migrate(connections.ownerUrl, connections.derivedRoles)
  await checkDataKeys(connections.apiUrl)
  return { migrations, seeded: await seed(connections.ownerUrl) }
}
