import { z } from 'zod'
import { type FeedAddress, readFeedAddress } from './feed-address.ts'
import { ADDRESSES_KEPT } from './limits.ts'
import { LOG_LEVELS } from './logger.ts'
import { isHostOf, outwardHosts } from './outward.ts'
import { COUNTRIES, PER_HOUR } from './reach.ts'

/** Of Chrome and Edge on Android, Firefox, Safari, Edge on Windows. */
const PUSH_SERVICES = ['fcm.googleapis.com', '*.push.services.mozilla.com', '*.push.apple.com', '*.notify.windows.com']

type Variable<T> = {
  readonly name: string
  /** as it would stand in the environment; none: the variable is optional */
  readonly fallback?: string
  readonly doc: string
  /** completes "NAME takes …" */
  readonly takes: string
  readonly schema: z.ZodType<T, string>
}

function required<T>(name: string, fallback: string, takes: string, doc: string, schema: z.ZodType<T, string>) {
  return { name, fallback, takes, doc, schema } satisfies Variable<T>
}

function optional<T>(name: string, takes: string, doc: string, schema: z.ZodType<T, string>) {
  return { name, takes, doc, schema } satisfies Variable<T>
}

function integer(min: number, max: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
}

const text = z.string()
const postgresUrl = z.string().regex(/^postgres(?:ql)?:\/\/./)
const httpUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''))
const networks = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  )
  .pipe(z.array(z.union([z.cidrv4(), z.cidrv6(), z.ipv4(), z.ipv6()])))
const countryCodes = z
  .string()
  .transform((list) => list.split(',').map((code) => code.trim()))
  .pipe(z.array(z.string().regex(/^[1-9]\d{0,2}$/)).min(1))
const hosts = z
  .string()
  .transform((list) => (list.trim() === 'none' ? [] : list.split(',').map((host) => host.trim().toLowerCase())))
  .pipe(z.array(z.string().regex(/^(?:\*\.)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/)))
const feed = z.string().transform((text, context): 'postgres' | FeedAddress => {
  if (text === 'postgres') return text
  const address = readFeedAddress(text)
  if (address !== undefined) return address
  context.addIssue('not an address of NATS')
  return z.NEVER
})
const flag = z.enum(['0', '1']).transform((value) => value === '1')
const leaseMinutes = z
  .string()
  .regex(/^red=\d{1,4},yellow=\d{1,4},green=\d{1,4}$/)
  .transform((text) => text.split(',').map((part) => Number(part.split('=')[1])))
  .pipe(z.tuple([z.number().min(1), z.number().min(1), z.number().min(1)]))
  .transform(([red, yellow, green]) => ({ red, yellow, green }))
const A_POSTGRES_URL = 'a URL like postgresql://user:password@host:5432/database'

/** Every variable of the environment the hub reads. The README's table is held against it by a test. */
export const VARIABLES = {
  port: required(
    'PORT',
    '8080',
    'a port, 0 to 65535 (0: any free one)',
    'TCP port of HTTP and both carriers',
    integer(0, 65_535),
  ),
  host: required('HOST', '0.0.0.0', 'an address of this machine', 'address to listen on', text),
  dataDir: required('DATA_DIR', '.data', 'a directory', 'where the embedded PostgreSQL keeps its files', text),
  databaseUrl: optional(
    'DATABASE_URL',
    A_POSTGRES_URL,
    'PostgreSQL ≥ 16 with wal_level=logical, as the owner: for `npm run migrate` and other commands. A hub wants the four below instead; none of them: the embedded one',
    postgresUrl,
  ),
  hubDatabaseUrl: optional(
    'HUB_DATABASE_URL',
    A_POSTGRES_URL,
    'the same database as role jitasa_hub; unset: derived from the owner',
    postgresUrl,
  ),
  apiDatabaseUrl: optional(
    'API_DATABASE_URL',
    A_POSTGRES_URL,
    'the same database as role jitasa_api; unset: derived from the owner',
    postgresUrl,
  ),
  authDatabaseUrl: optional(
    'AUTH_DATABASE_URL',
    A_POSTGRES_URL,
    'the same database as role jitasa_auth; unset: derived from the owner',
    postgresUrl,
  ),
  jobsDatabaseUrl: optional(
    'JOBS_DATABASE_URL',
    A_POSTGRES_URL,
    'the same database as role jitasa_jobs; unset: derived from the owner',
    postgresUrl,
  ),
  authSecret: optional(
    'AUTH_SECRET',
    'at least 32 characters',
    'signs sessions, the same in every process; unset: made and kept in DATA_DIR, with the embedded database only',
    z.string().min(32),
  ),
  dataKey: optional(
    'DATA_KEY',
    'at least 32 characters, file:PATH, or command:PROGRAM',
    'what personal data is sealed under, the same in every process; `command:` of a key store. Unset: made and kept in DATA_DIR, with the embedded database and not by `npm start` (docs/operations.md, Keys)',
    z.string().min(6),
  ),
  dataKeyBefore: optional(
    'DATA_KEY_BEFORE',
    'as DATA_KEY',
    'the key before, from the day that DATA_KEY is another one until `npm run admin -- rotate-data-key` has ended',
    z.string().min(6),
  ),
  oidcIssuer: optional(
    'OIDC_ISSUER',
    'an http(s) URL',
    "an agency's OpenID Connect provider; OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go with it",
    httpUrl,
  ),
  oidcClientId: optional('OIDC_CLIENT_ID', 'a text', 'the name the provider knows this hub by', text),
  oidcClientSecret: optional('OIDC_CLIENT_SECRET', 'a text', 'what the hub proves itself with to the provider', text),
  oidcName: required('OIDC_NAME', 'OpenID Connect', 'a text', 'what the sign-in button calls the provider', text),
  oidcAcr: optional(
    'OIDC_ACR',
    'authentication classes (`acr`), separated by spaces',
    'what the provider is asked for and then believed to be a second factor, the best first; `amr` "mfa" is believed anyway',
    z
      .string()
      .trim()
      .min(1)
      .transform((values) => values.split(/\s+/)),
  ),
  passwordWords: required(
    'PASSWORD_WORDS',
    '',
    'words, separated by commas',
    'words of the place that no password is to be made of, beside the names of the operation, its address and the provinces: the office, its street, its teams',
    z.string().transform((list) =>
      list
        .split(',')
        .map((word) => word.trim().toLowerCase())
        .filter((word) => word !== ''),
    ),
  ),
  logLevel: required(
    'LOG_LEVEL',
    'info',
    `one of ${LOG_LEVELS.join(', ')}`,
    'least severity that is logged',
    z.enum(LOG_LEVELS),
  ),
  workers: required(
    'HUB_WORKERS',
    '1',
    'a count, 1 to 16',
    'processes that share the port, each with a replication slot; up to 4 pays',
    integer(1, 16),
  ),
  feed: required(
    'HUB_FEED',
    'postgres',
    'postgres, or the address of NATS as nats://user:password@host:4222,host:4222 (tls:// to encrypt)',
    "where the hub hears of changes: PostgreSQL's stream, or NATS JetStream, which `npm run feeder` fills (docs/fleet.md)",
    feed,
  ),
  feedCa: optional(
    'HUB_FEED_CA',
    'a PEM file',
    "authority of the NATS servers' certificates; unset: the system's",
    text,
  ),
  feedReplicas: required(
    'FEED_REPLICAS',
    '1',
    'a count, 1 to 5',
    'NATS servers that hold each message; 3 in a cluster of three',
    integer(1, 5),
  ),
  role: required(
    'HUB_ROLE',
    'all',
    'all or screens',
    '`screens`: a hub for those who watch, without a database; it wants HUB_FEED=nats://… and API_ORIGIN',
    z.enum(['all', 'screens']),
  ),
  apiOrigin: optional(
    'API_ORIGIN',
    'an http(s) URL',
    'the hub that answers /api for a hub of HUB_ROLE=screens, which it names among its TRUSTED_PROXIES',
    httpUrl,
  ),
  trustedProxies: required(
    'TRUSTED_PROXIES',
    '',
    'addresses or CIDR ranges, separated by commas',
    'proxies whose X-Forwarded-For is believed',
    networks,
  ),
  flushMs: required(
    'FLUSH_MS',
    '100',
    'milliseconds, 10 to 10000',
    'shortest time between two frames of a scope',
    integer(10, 10_000),
  ),
  beatMs: required(
    'BEAT_MS',
    '1000',
    'milliseconds, 100 to 1000; screens call a hub stale that is silent for longer',
    'silence after which a client hears a beat',
    integer(100, 1000),
  ),
  bodyBytesMax: required(
    'BODY_BYTES_MAX',
    '1048576',
    'bytes, 1024 to 1073741824',
    'largest body of a request; larger ones get 413',
    integer(1024, 1_073_741_824),
  ),
  requestsPerMinute: required(
    'REQUESTS_PER_MINUTE',
    '6000',
    'a count, 1 to 1000000',
    'API requests one address may make in a minute, per process, before it gets 429',
    integer(1, 1_000_000),
  ),
  puzzleAbove: required(
    'PUZZLE_ABOVE',
    '300',
    'a count, 1 to 1000000',
    'requests for help in a minute, per process, above which each has to solve a puzzle first: a page does it by itself, in a second or two, more while more come',
    integer(1, 1_000_000),
  ),
  puzzleAboveNetwork: required(
    'PUZZLE_ABOVE_NETWORK',
    '30',
    'a count, 1 to 1000000',
    'the same of one network (/24, /48): others are not asked',
    integer(1, 1_000_000),
  ),
  connectionsPerAddress: required(
    'HTTP_CONNECTIONS_PER_ADDRESS',
    '16000',
    'a count, 1 to 1000000',
    'HTTP connections one address may hold, new or with a request under way, per process; more are closed; a command centre shares an address, a trusted proxy is exempt',
    integer(1, 1_000_000),
  ),
  handshakesPerSecond: required(
    'HANDSHAKES_PER_SECOND',
    '2500',
    'a count, 1 to 100000',
    'sockets opened in a second, per process; more are told to come back, so that a storm is served at a steady rate; one address gets a fifth of them, those without an account four fifths',
    integer(1, 100_000),
  ),
  socketsPerAddress: required(
    'SOCKETS_PER_ADDRESS',
    '2000',
    'a count, 1 to 1000000',
    'sockets one address, or one account, may hold, per process; a command centre shares one address',
    integer(1, 1_000_000),
  ),
  publicFeed: required(
    'PUBLIC_FEED',
    'scarce',
    'scarce or only',
    'when pages of those without an account read the public feed, which any cache can serve, in place of a socket: while sockets are scarce (four fifths are open, or somebody was turned away in the last minute), or always',
    z.enum(['scarce', 'only']),
  ),
  socketsMax: required(
    'SOCKETS_MAX',
    '19000',
    'a count, 1 to 1000000',
    'sockets a process holds; keep it below the limit of open files',
    integer(1, 1_000_000),
  ),
  mapboxToken: optional(
    'MAPBOX_TOKEN',
    'a public Mapbox token (pk.…)',
    "the agency's own; switches the map to mapbox-gl and needs the internet",
    z.string().regex(/^pk\.[\w.-]+$/),
  ),
  dhis2Mapping: optional(
    'DHIS_MAPPING',
    'a file',
    'JSON that leads from names of numbers and places to identifiers of a DHIS2; unset: both are codes',
    text,
  ),
  drill: optional(
    'DRILL',
    '0 or 1',
    'run the built-in exercise; unset: only `make run` on an empty embedded database',
    flag,
  ),
  publicUrl: optional(
    'PUBLIC_URL',
    'an http(s) URL',
    'the address people use; for links, cookies and the Origin check; asked by another name, the hub refuses (421), but for /healthz, /readyz and /metrics',
    httpUrl,
  ),
  allowPlainHttp: optional(
    'ALLOW_PLAIN_HTTP',
    '0 or 1',
    'lets `npm start` serve without https, and call an SMS gateway or OIDC provider without; it warns at every start',
    flag,
  ),
  tlsCert: optional('TLS_CERT', 'a PEM file', 'certificate chain; with TLS_KEY the hub speaks https itself', text),
  tlsKey: optional('TLS_KEY', 'a PEM file', 'private key of TLS_CERT', text),
  smsWebhookUrl: optional(
    'SMS_WEBHOOK_URL',
    'an http(s) URL',
    'gateway that takes text messages as POST {to, text}; unset: a drill logs them; a live operation sends none, checks no phone, and says so',
    httpUrl,
  ),
  smsCountries: required(
    'SMS_COUNTRIES',
    COUNTRIES.join(','),
    'country codes, separated by commas, as 66,95',
    'countries that text messages go to, the first without a budget of its own; others get their help without the check',
    countryCodes,
  ),
  smsPerHour: required(
    'SMS_PER_HOUR',
    String(PER_HOUR),
    'a count, 1 to 1000000',
    'text messages an hour in all; counted in PostgreSQL',
    integer(1, 1_000_000),
  ),
  pushServices: required(
    'PUSH_SERVICES',
    PUSH_SERVICES.join(','),
    'hosts, separated by commas, `*.` before a name for all below it; or `none`',
    "browsers' push services that messages to phones may go to; `none`: no push",
    hosts,
  ),
  webhookHosts: required(
    'WEBHOOK_HOSTS',
    'none',
    'hosts or addresses, separated by commas; or `none`',
    'private hosts that webhooks of `/admin` may go to all the same; every public one they may',
    z
      .string()
      .transform((list) => (list.trim() === 'none' ? [] : list.split(',').map((host) => host.trim().toLowerCase())))
      .pipe(z.array(z.string().regex(/^[a-z\d:](?:[a-z\d.:-]*[a-z\d])?$/))),
  ),
  outwardHosts: optional(
    'OUTWARD_HOSTS',
    'hosts or addresses, separated by commas, `*.` before a name for all below it; or `none`',
    'the only hosts, beside PUSH_SERVICES and WEBHOOK_HOSTS, that the hub speaks to: webhooks, OIDC and what it leads to, mail, gateways; unset: any public one (docs/operations.md)',
    z
      .string()
      .transform((list) => (list.trim() === 'none' ? [] : list.split(',').map((host) => host.trim().toLowerCase())))
      .pipe(z.array(z.string().regex(/^(?:\*\.)?[a-z\d:](?:[a-z\d.:-]*[a-z\d])?$/))),
  ),
  smtpUrl: optional(
    'SMTP_URL',
    'a URL like smtps://user:password@mail.example:465, or smtp://…:587, which must speak STARTTLS unless it is this machine',
    'server that takes mail; unset: no mail; SMTP_FROM goes with it',
    z.url({ protocol: /^smtps?$/ }),
  ),
  smtpFrom: optional('SMTP_FROM', 'a mail address', 'whom mail comes from', z.email()),
  leaseMinutes: required(
    'LEASE_MINUTES',
    'red=15,yellow=60,green=240',
    'minutes by severity, as red=15,yellow=60,green=240',
    'how long a claim holds without any action of its holder',
    leaseMinutes,
  ),
  auditAddresses: required(
    'AUDIT_ADDRESSES',
    'full',
    `one of ${ADDRESSES_KEPT.join(', ')}`,
    'what the audit log, and the lines of who was refused what, keep of an address: as it is, its network (/24, /48), or nothing',
    z.enum(ADDRESSES_KEPT),
  ),
  auditHeadFile: optional(
    'AUDIT_HEAD_FILE',
    'a file that may be appended to',
    'gets each published head of the audit chain, a line `AT SEQ HASH`; keep it where the database’s owner cannot write, for `audit-verify --heads`',
    text,
  ),
  auditHeadWebhook: optional(
    'AUDIT_HEAD_WEBHOOK',
    'an http(s) URL',
    'takes each published head as POST {seq, hash, at}',
    httpUrl,
  ),
  metricsToken: optional(
    'METRICS_TOKEN',
    'at least 16 characters',
    'GET /metrics then wants `Authorization: Bearer …`; unset: it answers this machine alone',
    z.string().min(16),
  ),
} as const

type Variables = typeof VARIABLES
type Value<V> = V extends { readonly schema: z.ZodType<infer T, string> }
  ? V extends { readonly fallback: string }
    ? T
    : T | undefined
  : never

export type Config = { readonly [K in keyof Variables]: Value<Variables[K]> }

/**
 * Reads the environment; an empty variable counts as unset.
 * @throws Error with one line per wrong variable: its name, what it takes, and what stands when it is unset.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const wrong: string[] = []
  const config: Record<string, unknown> = {}
  for (const [key, variable] of Object.entries(VARIABLES) as [string, Variable<unknown>][]) {
    const raw = env[variable.name] === '' ? undefined : env[variable.name]
    const given = raw ?? variable.fallback
    if (given === undefined) continue
    const parsed = variable.schema.safeParse(given)
    if (parsed.success) config[key] = parsed.data
    else wrong.push(`${variable.name} takes ${variable.takes}; ${unset(variable)}`)
  }
  if ((config.tlsCert === undefined) !== (config.tlsKey === undefined)) {
    wrong.push('TLS_CERT and TLS_KEY go together: set both, or neither')
  }
  if ((config.smtpUrl === undefined) !== (config.smtpFrom === undefined)) {
    wrong.push('SMTP_URL and SMTP_FROM go together: set both, or neither')
  }
  const oidc = [config.oidcIssuer, config.oidcClientId, config.oidcClientSecret]
  if (oidc.some((value) => value === undefined) && oidc.some((value) => value !== undefined)) {
    wrong.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET go together: set all three, or none')
  }
  if (config.role === 'screens' && (config.feed === 'postgres' || config.apiOrigin === undefined)) {
    wrong.push('HUB_ROLE=screens wants HUB_FEED=nats://… and API_ORIGIN')
  }
  wrong.push(...unlisted(config))
  if (wrong.length > 0) throw new Error(`The environment is wrong:\n${wrong.map((line) => `  ${line}`).join('\n')}`)
  return config as Config
}

/** What is set and would then be spoken to by nobody. */
function unlisted(config: Partial<Config>): string[] {
  const { outwardHosts: named, pushServices = [], webhookHosts = [] } = config
  const hosts = outwardHosts({ outwardHosts: named, pushServices, webhookHosts })
  if (hosts === undefined) return []
  return (['oidcIssuer', 'smsWebhookUrl', 'auditHeadWebhook', 'smtpUrl'] as const).flatMap((key) => {
    const hostname = config[key] && new URL(config[key]).hostname
    if (!hostname || isHostOf(hostname, hosts)) return []
    return [`${VARIABLES[key].name} leads to ${hostname}, which OUTWARD_HOSTS does not name: name it too`]
  })
}

function unset(variable: Variable<unknown>): string {
  if (variable.fallback === undefined) return 'it may be unset'
  return variable.fallback === '' ? 'unset means none' : `unset means ${variable.fallback}`
}
