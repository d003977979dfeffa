import { createSession } from './client.ts'
import { type Logger, startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'
import { checkDataKeys } from './personal/check.ts'
import { ensureKeyFile, useKeySource } from './personal/key-source.ts'
import { ROLES, type Role, roleUrl } from './roles.ts'
import { seed } from './seed.ts'

/** What a hub works with: one URL for each role. */
export type HubConnections = {
  /** none when the roles' URLs were given without it */
  readonly ownerUrl: string | undefined
  /** jitasa_hub: streams and reads what is published */
  readonly hubUrl: string
  /** jitasa_api: under row-level security */
  readonly apiUrl: string
  /** jitasa_auth: accounts and sessions */
  readonly authUrl: string
  /** jitasa_jobs: what is done once for all hubs, in every area */
  readonly jobsUrl: string
  readonly embedded: boolean
  /** DATA_KEY of a process that is given these URLs: of the embedded database the file that was made for it; none: as the environment says */
  readonly dataKey: string | undefined
  /** the roles that log in with a derived password, which `prepare` sets */
  readonly derivedRoles: readonly Role[]
  /** From now on nothing of this process is a session of the owner's: the embedded server is held as jitasa_jobs. */
  leaveOwner(): Promise<void>
  /** ends the embedded server when nobody else uses it; nothing otherwise */
  stop(): Promise<void>
}

export type Connections = HubConnections & {
  /** owns the tables and is not under row-level security: migrations, imports, replays */
  readonly ownerUrl: string
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
  jitasa_jobs: 'JOBS_DATABASE_URL',
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

/** The roles that have a URL of their own. */
const givenRoles = (env: DatabaseEnv): readonly Role[] =>
  ROLES.filter((role) => set(env, URL_VARIABLES[role]) !== undefined)

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

type RoleUrls = Pick<HubConnections, 'hubUrl' | 'apiUrl' | 'authUrl' | 'jobsUrl'>

const roleUrls = (urlOf: (role: Role) => string): RoleUrls => ({
  hubUrl: urlOf('jitasa_hub'),
  apiUrl: urlOf('jitasa_api'),
  authUrl: urlOf('jitasa_auth'),
  jobsUrl: urlOf('jitasa_jobs'),
})

/** The lines of an environment with which a hub works and never sees the owner's URL. */
export function roleVariables({ hubUrl, apiUrl, authUrl, jobsUrl }: RoleUrls): string {
  const urls: Readonly<Record<Role, string>> = {
    jitasa_hub: hubUrl,
    jitasa_api: apiUrl,
    jitasa_auth: authUrl,
    jitasa_jobs: jobsUrl,
  }
  return ROLES.map((role) => `${URL_VARIABLES[role]}=${urls[role]}\n`).join('')
}

/** Why a connection failed and what to do, from the error's code. */
function explainConnect(error: unknown, variable: string, url: URL): Error {
  const { code, message } = error as NodeJS.ErrnoException
  const where = `${url.hostname}:${url.port || 5432}`
  const sentences: Record<string, string> = {
    ECONNREFUSED: `${variable}: no PostgreSQL answers at ${where}. Start it, or correct the address.`,
    ENOTFOUND: `${variable}: there is no host ${url.hostname}. Correct the address.`,
    '28P01': `${variable}: PostgreSQL at ${where} refuses the password of ${url.username}.`,
    '3D000': `${variable}: there is no database "${url.pathname.slice(1)}" at ${where}. Make it (createdb), or correct the name.`,
  }
  return new Error((code && sentences[code]) ?? `${variable}: PostgreSQL at ${where} cannot be used: ${message}`, {
    cause: error,
  })
}

/** @throws Error with a sentence for people when the server cannot feed the hub. */
async function checkServer(variable: string, url: URL): Promise<void> {
  const client = createSession(url.href, 'jitasa check', { connectionTimeoutMillis: CONNECT_MS_MAX })
  try {
    await client.connect()
    const { rows } = await client.query<{ version: string; wal: string }>(
      `select current_setting('server_version_num') as version, current_setting('wal_level') as wal`,
    )
    const major = Math.floor(Number(rows[0]?.version) / 10_000)
    if (major < MAJOR_MIN) {
      throw new Error(
        `${variable}: PostgreSQL ${major} is too old, ${MAJOR_MIN} or newer is needed. Upgrade the server.`,
      )
    }
    if (rows[0]?.wal !== 'logical') {
      throw new Error(
        `${variable}: wal_level is ${rows[0]?.wal}, the hub needs logical. Run "alter system set wal_level = logical" and restart PostgreSQL.`,
      )
    }
  } catch (error) {
    const own = error instanceof Error && error.message.startsWith(`${variable}:`)
    throw own ? error : explainConnect(error, variable, url)
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
 * `DATA_DIR` (`.data`), joined when it runs already. `HUB_DATABASE_URL`, `API_DATABASE_URL`, `AUTH_DATABASE_URL` and
 * `JOBS_DATABASE_URL` replace the roles' derived passwords. Call `stop()` at the end, or the process stays.
 * @throws Error with a sentence for people that names the variable.
 */
export async function openDatabase(env: DatabaseEnv, logger: Logger = beside): Promise<Connections> {
  const external = databaseUrlOf(env)
  const [own] = givenRoles(env)
  if (external === undefined && own !== undefined) {
    throw new Error(
      `${URL_VARIABLES[own]} is set and DATABASE_URL is not: this works as the owner of the database. Set DATABASE_URL to the owner's URL.`,
    )
  }
  if (external !== undefined) await checkServer('DATABASE_URL', parseUrl('DATABASE_URL', external))
  const embedded = external === undefined ? await startEmbedded(dataDirOf(env), logger) : undefined
  try {
    const keyFile = embedded && set(env, 'DATA_KEY') === undefined ? await keyFileOf(dataDirOf(env), logger) : undefined
    useKeySource(env, keyFile)
    const ownerUrl = embedded?.ownerUrl ?? external ?? ''
    return {
      ownerUrl,
      ...roleUrls((role) => urlOfRole(env, ownerUrl, role)),
      embedded: embedded !== undefined,
      dataKey: keyFile && `file:${keyFile}`,
      derivedRoles: ROLES.filter((role) => set(env, URL_VARIABLES[role]) === undefined),
      leaveOwner: async () => embedded?.holdAs('jitasa_jobs'),
      stop: async () => embedded?.stop(),
    }
  } catch (error) {
    await embedded?.stop()
    throw error
  }
}

/**
 * The database of a hub: of the URLs of all four roles when DATABASE_URL is not set, so that the owner's password never is in its
 * process; else as `openDatabase`.
 */
export async function openForHub(env: DatabaseEnv, logger: Logger = beside): Promise<HubConnections> {
  const given = givenRoles(env)
  if (databaseUrlOf(env) !== undefined || given.length === 0) return openDatabase(env, logger)
  const missing = ROLES.filter((role) => !given.includes(role)).map((role) => URL_VARIABLES[role])
  if (missing.length > 0) {
    throw new Error(
      `Without DATABASE_URL every role has a URL of its own: set ${missing.join(', ')} too. \`npm run migrate -- --urls\` prints them.`,
    )
  }
  const urls = roleUrls((role) => parseUrl(URL_VARIABLES[role], set(env, URL_VARIABLES[role]) ?? '').href)
  await checkServer(URL_VARIABLES.jitasa_jobs, new URL(urls.jobsUrl))
  useKeySource(env, undefined)
  return {
    ownerUrl: undefined,
    ...urls,
    embedded: false,
    dataKey: undefined,
    derivedRoles: [],
    leaveOwner: async () => undefined,
    stop: async () => undefined,
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
