import { Writable } from 'node:stream'
import { createClient } from '../../db/client.ts'
import { bindAccount, insertAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { type Authorizer, createAuthorizer } from '../../hub/authorize/authorizer.ts'
import type { Role } from '../../hub/contract/vocabulary/roles.ts'
import { Feed } from '../../hub/feed/index.ts'
import { createApp } from '../../hub/http/app.ts'
import { mayRead } from '../../hub/http/auth/access.ts'
import { type Accounts, createAccounts, isSecure } from '../../hub/http/auth/accounts.ts'
import type { OidcOptions } from '../../hub/http/auth/better-auth.ts'
import { hashPassword } from '../../hub/http/auth/passwords.ts'
import type { AppDeps } from '../../hub/http/env.ts'
import type { Clock } from '../../hub/runtime/clock.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import type { Sender } from '../../hub/senders/sender.ts'
import { Situation } from '../../hub/situation/index.ts'
import type { SourceState } from '../../hub/source/source.ts'
import { createCaseWork } from '../../hub/work/services.ts'
import { checkAnswer } from '../support/answers.ts'

export const SECRET = 'the secret of the tests, long enough for a key'
/** For what asks more than people do: a hub that makes nobody wait, and asks nobody for a puzzle. */
export const UNBOUND = { REQUESTS_PER_MINUTE: '1000000', PUZZLE_ABOVE: '1000000', PUZZLE_ABOVE_NETWORK: '1000000' }
export const PASSWORD = 'correct horse battery'

export type HubOptions = {
  readonly apiUrl: string
  readonly authUrl: string
  readonly publicUrl?: string
  readonly oidc?: OidcOptions & { readonly name: string }
  readonly clock?: Clock & { at?: number }
  /** where text messages go; without it, to the log */
  readonly sender?: Sender
  /** what the hub knows of its stream; without a stream, every request asks the database */
  readonly sourceState?: () => SourceState
  /** DHIS_MAPPING */
  readonly dhis2Mapping?: string
  /** more of the environment */
  readonly env?: Readonly<Record<string, string>>
}

export type TestHub = {
  readonly accounts: Accounts
  readonly authorizer: Authorizer
  readonly deps: AppDeps
  /** everything the hub has logged */
  log(): string
  /** a request as it comes in over the bridge */
  fetch(method: string, path: string, options?: RequestOptions): Promise<Response>
  /** @param next a password of one's own, in place of an issued one */
  signIn(login: string, password?: string, next?: string): Promise<Browser>
  routes(): readonly { readonly method: string; readonly path: string }[]
  openapi(): OpenApi
  stop(): Promise<void>
}

export type RequestOptions = {
  readonly body?: unknown
  /** a body as it stands, sent as JSON */
  readonly raw?: string
  /** of the body; without it, JSON */
  readonly type?: string
  readonly cookie?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
  readonly address?: string
}

export type OpenApi = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>
}

export type Me = {
  readonly signedIn: boolean
  readonly role: string | null
  readonly areas: readonly string[]
  readonly account: { readonly id: string; readonly label: string } | null
  readonly may: readonly string[]
}

/** A browser's cookies over several requests. */
export type Browser = {
  cookie(): string
  me(): Promise<Me>
  fetch(method: string, path: string, options?: RequestOptions): Promise<Response>
}

const STARTING: SourceState = { kind: 'starting', since: 0, position: 0, heardAt: 0, lagBytes: 0, retainedBytes: 0 }

/** The hub's HTTP application on a real database, without sockets. */
export function startHub(options: HubOptions): TestHub {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  const publicUrl = options.publicUrl ?? 'http://localhost'
  const clock = options.clock ?? { now: Date.now }
  const logger = createLogger('trace', destination)
  const metrics = createMetrics()
  const db = createClient(options.apiUrl)
  const accountsDb = createAccountsClient(options.authUrl)
  const authorizer = createAuthorizer({ secret: SECRET, secure: isSecure(publicUrl) })
  const accounts = createAccounts({
    db: accountsDb,
    secret: SECRET,
    publicUrl,
    authorizer,
    clock,
    logger,
    ...(options.oidc && { oidc: options.oidc }),
    passwordWords: readConfig(options.env ?? {}).passwordWords,
  })
  const situation = new Situation()
  const loop = {
    now: () => clock.now(),
    after(ms: number, task: () => void) {
      const timer = setTimeout(task, ms)
      return () => clearTimeout(timer)
    },
  }
  const publicFeed = new Feed({
    shown: situation,
    loop,
    beatMs: 1000,
    build: () => 'test',
    health: () => ({ live: true, lagMs: 0 }),
  })
  const config = readConfig({
    PUBLIC_URL: publicUrl,
    ...UNBOUND,
    DHIS_MAPPING: options.dhis2Mapping,
    ...options.env,
  })
  const deps: AppDeps = {
    config,
    clock,
    logger,
    metrics,
    db,
    accounts,
    caseWork: createCaseWork({
      ...{ secret: SECRET, logger, metrics, sender: options.sender },
      puzzles: { network: config.puzzleAboveNetwork, all: config.puzzleAbove },
    }),
    situation,
    publicFeed,
    sockets: () => 'open',
    sourceState: options.sourceState ?? (() => STARTING),
    mayRead,
  }
  const app = createApp(deps)
  let document: OpenApi | undefined

  async function fetchHub(method: string, path: string, request: RequestOptions = {}): Promise<Response> {
    const headers = new Headers(request.headers)
    if (request.cookie) headers.set('cookie', request.cookie)
    const body = request.raw ?? (request.body === undefined ? undefined : JSON.stringify(request.body))
    if (body !== undefined) headers.set('content-type', request.type ?? 'application/json')
    const url = new URL(path, publicUrl)
    headers.set('host', url.host)
    const init = { method, headers, ...(body !== undefined && { body }) }
    const bindings = {
      remoteAddress: request.address ?? '198.51.100.1',
      scheme: isSecure(publicUrl) ? ('https' as const) : ('http' as const),
    }
    const response = await app.fetch(new Request(url, init), bindings)
    await checkAnswer(method, url.pathname, response)
    return response
  }

  return {
    accounts,
    authorizer,
    deps,
    log: () => lines.join(''),
    fetch: fetchHub,
    async signIn(login, password = PASSWORD, next) {
      const browser = createBrowser(fetchHub)
      const response = await browser.fetch('POST', '/api/auth/sign-in', { body: { login, password, next } })
      if (response.status !== 200) throw new Error(`sign-in of ${login}: ${response.status} ${await response.text()}`)
      return browser
    },
    routes: () => app.routes.map(({ method, path }) => ({ method, path })),
    openapi() {
      // Made once: it takes 20 ms, and a test asks for it with every request.
      document ??= app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: '', version: '' },
      }) as unknown as OpenApi
      return document
    },
    async stop() {
      await db.destroy()
      await accountsDb.destroy()
    },
  }
}

export function createBrowser(fetchHub: TestHub['fetch']): Browser {
  const jar = new Map<string, string>()
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const browser: Browser = {
    cookie,
    me: async () => (await (await browser.fetch('GET', '/api/session')).json()) as Me,
    async fetch(method, path, options = {}) {
      const response = await fetchHub(method, path, { ...options, cookie: cookie() })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        const at = pair.indexOf('=')
        if (/;\s*max-age=0/i.test(line)) jar.delete(pair.slice(0, at))
        else jar.set(pair.slice(0, at), pair.slice(at + 1))
      }
      return response
    },
  }
  return browser
}

/** The code of an error in the API's one shape. */
export async function errorCode(response: Response): Promise<string> {
  const { error } = (await response.json()) as { error: { code: string } }
  return error.code
}

let passwordHash: Promise<string> | undefined

export type PersonOptions = {
  readonly areas?: readonly string[]
  readonly facility?: number | null
  readonly drill?: boolean
}

/** An account with PASSWORD and this role, `null` for none. @returns its id. */
export async function createPerson(
  { accounts }: TestHub,
  username: string,
  role: Role | null,
  { areas = ['TH'], facility = null, drill = false }: PersonOptions = {},
): Promise<string> {
  passwordHash ??= hashPassword(PASSWORD)
  const hash = await passwordHash
  const id = await insertAccount(accounts.db, {
    name: `Test ${username}`,
    email: null,
    username,
    passwordHash: hash,
    drill,
  })
  if (role !== null) await bindAccount(accounts.db, id, { role, areas, facility }, `T ${username}`)
  return id
}
