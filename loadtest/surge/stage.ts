import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { openDatabase, prepareDatabase } from '../../db/connection.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { resetHospitals } from '../../db/replay/hospitals.ts'
import { loadPlaces } from '../../db/replay/places.ts'
import { setOperation } from '../../db/replay/store.ts'
import { generatePassword, hashPassword } from '../../hub/http/auth/passwords.ts'
import { VIEWERS_PER_ACCOUNT } from './audience.ts'
import { makeDesks, makeWatchers } from './desks.ts'
import type { Desks, Writers } from './writes.ts'

const START_MS_MAX = 60_000
const DAY = '2021-11-01'

/** So that scopes have the size they have in use: two weeks of every district. */
const TWO_WEEKS_OF_DOSES = `
  insert into vaccinations (district, day, dose, doses, idempotency_key)
  select code, operation.day - back, dose, 1 + floor(random() * 300)::int, concat_ws(':', 'load', code, back, dose)
  from areas, operation, generate_series(1, 13) as back, generate_series(1, 3) as dose where level = 'district'`

export type Stage = {
  readonly url: string
  readonly port: number
  readonly hubPid: number
  readonly ownerUrl: string
  /** sessions of accounts that may see a board, one for VIEWERS_PER_ACCOUNT viewers */
  readonly cookies: readonly string[]
  readonly desks: Desks
  stop(): Promise<void>
}

/**
 * A hub of its own on a database of its own in a temporary folder, with hospitals, beds and accounts of a drill. Its
 * limits are those that a hub has when nothing is configured: k6 comes from addresses and accounts enough.
 * @param env variables of the hub that shall differ
 */
export async function openStage(
  writers: Writers,
  viewers: number,
  env: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const home = await mkdtemp(path.join(tmpdir(), 'jitasa-load-'))
  // Under root PostgreSQL runs as another user, who must be able to enter.
  await chmod(home, 0o755)
  const connections = await openDatabase({ DATA_DIR: path.join(home, 'data') })
  let child: ChildProcess | undefined
  const stop = async (): Promise<void> => {
    if (child) await gone(child)
    await connections.stop()
    await rm(home, { recursive: true, force: true })
  }
  try {
    await prepareDatabase(connections)
    const { desks, watchers } = await seed(connections, writers, Math.ceil(viewers / VIEWERS_PER_ACCOUNT))
    const secret = randomBytes(32).toString('hex')
    child = fork(path.join(import.meta.dirname, 'hub-process.ts'), {
      env: {
        PATH: process.env.PATH,
        HOST: '127.0.0.1',
        PORT: '0',
        DRILL: '0',
        LOG_LEVEL: 'warn',
        // The planned surge asks for help twice as often as a usual rush, from one network; k6 solves no puzzles.
        ...{ PUZZLE_ABOVE: '1000000', PUZZLE_ABOVE_NETWORK: '1000000' },
        AUTH_SECRET: secret,
        HUB_DATABASE_URL: connections.hubUrl,
        API_DATABASE_URL: connections.apiUrl,
        AUTH_DATABASE_URL: connections.authUrl,
        // Only workers read it, for the jobs of all hubs.
        JOBS_DATABASE_URL: connections.jobsUrl,
        ...(connections.dataKey && { DATA_KEY: connections.dataKey }),
        ...env,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const port = await listening(child)
    const url = `http://127.0.0.1:${port}`
    await ready(url)
    const cookies: string[] = []
    for (const login of watchers) cookies.push(await signIn(url, login, desks.password))
    return { url, port, hubPid: child.pid ?? 0, ownerUrl: connections.ownerUrl, cookies, desks, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @returns who writes through the API, and logins of those who watch; all have the same password */
async function seed(
  { ownerUrl, authUrl }: { readonly ownerUrl: string; readonly authUrl: string },
  writers: Writers,
  watching: number,
): Promise<{ readonly desks: Desks; readonly watchers: readonly string[] }> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await setOperation(client, DAY, 'drill', { th: 'ทดสอบภาระ', en: 'Load test' })
    await resetHospitals(client, (await loadPlaces(client)).provinces)
    await client.query(TWO_WEEKS_OF_DOSES)
  } finally {
    await client.end()
  }
  const secret = { password: generatePassword(), hashPassword }
  const db = createAccountsClient(authUrl, { connectionsMax: 1 })
  try {
    const desks = await makeDesks(db, ownerUrl, writers, secret)
    return { desks, watchers: await makeWatchers(db, watching, secret) }
  } finally {
    await db.destroy()
  }
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: { readonly port: number }) => resolve(message.port))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the hub ended with ${code} before it listened`)))
  })
}

async function ready(url: string): Promise<void> {
  const until = Date.now() + START_MS_MAX
  for (;;) {
    const answer = await fetch(`${url}/readyz`)
    if (answer.ok) return
    if (Date.now() > until) throw new Error(`the hub is not ready after a minute: ${await answer.text()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function signIn(url: string, login: string, password: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ login, password }),
  })
  if (!answer.ok) throw new Error(`${login} cannot sign in: ${answer.status} ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ')
}

const STOP_MS_MAX = 5000

/** Ends a child in order, then by force. */
export async function gone(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS_MAX)
  await exit
  clearTimeout(force)
}
