import type { Context } from 'hono'
import type { Kysely } from 'kysely'
import type { AccountRow } from '../../db/queries/accounts.ts'
import type { Origin } from '../../db/queries/rls.ts'
import type { SessionRow } from '../../db/queries/session-standing.ts'
import type { Database } from '../../db/schema.ts'
import type { Grant } from '../authorize/grant.ts'
import type { Sockets } from '../contract/live/feed-messages.ts'
import type { Delta } from '../contract/live/messages.ts'
import type { Row } from '../contract/live/rows.ts'
import type { Scope } from '../contract/live/scopes.ts'
import type { ApiError } from '../contract/refusals/api-error.ts'
import type { ErrorCode } from '../contract/refusals/codes.ts'
import type { Owed } from '../contract/vocabulary/factors.ts'
import type { Language } from '../contract/vocabulary/languages.ts'
import type { AllWalls } from '../fanout/walls.ts'
import type { Feed } from '../feed/index.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Config } from '../runtime/config.ts'
import type { Fleet } from '../runtime/fleet.ts'
import type { Logger } from '../runtime/logger.ts'
import type { Metrics } from '../runtime/metrics.ts'
import type { SourceState } from '../source/source.ts'
import type { CaseWork } from '../work/services.ts'
import type { Accounts } from './auth/accounts.ts'

/** What the carrier of a request (the bridge) tells the application about it. */
export type HubBindings = {
  /** the client's address; behind a trusted proxy, the one it forwarded for */
  readonly remoteAddress: string
  /** `https` when this hub or a trusted proxy ended TLS */
  readonly scheme: 'http' | 'https'
}

/** Who asks: looked up once per request, and only when a route wants to know. */
export type Access = {
  grant(): Promise<Grant | null>
  /** as `grant`; where the session owes a second factor, the one it will have */
  early(): Promise<Grant | null>
  /** the session itself, as the database has it; `null`: there is none, or a key asks */
  session(): Promise<SessionRow | null>
  /** what the session owes before it opens anything, once `grant` was asked */
  owes(): Owed | undefined
  /** @returns why whoever asks has to prove again that it is them */
  owesProof(): Promise<ApiError | undefined>
  /** whether whoever asks has the token of before of a session that has just gone on under another, once `grant` was asked */
  renewed(): boolean
  /** the session has another token from now on, and opens what its account may; `null`: as little as before */
  renew(token: string, account: AccountRow | null): void
  /** counts a request of the account. @returns seconds to wait when it asks too often */
  takeTurn(grant: Grant): Promise<number | undefined>
  /** from where, for the audit log; the session is known once `grant` was asked */
  origin(): Origin
}

export type HubEnv = {
  Bindings: HubBindings
  Variables: {
    /** stands in the log and in the answer's `X-Request-Id` */
    requestId: string
    /** a logger that carries the request's id, made when there is something to log */
    log: () => Logger
    /** who asks; costs nothing until it is asked */
    access: Access
    /** why the request was refused */
    refusal?: ErrorCode
    /** hashes of the style sheets that stand in the document that is answered */
    styles?: readonly string[]
    /** of the form that is being answered, when it names one */
    language?: Language
  }
}

export type HubContext = Context<HubEnv>

/** What a reader asks to see. */
export type ReadRequest = { readonly scope: Scope } | { readonly area: string }
export type Verdict = 'allowed' | 'unauthenticated' | 'forbidden'

export type AppDeps = {
  readonly config: Config
  readonly clock: Clock
  readonly logger: Logger
  readonly metrics: Metrics
  /** as role jitasa_api */
  readonly db: Kysely<Database>
  readonly situation: {
    readonly position: number
    readonly epoch: string
    /** the operation's day; '' before the first snapshot */
    readonly today: string
    /** as every screen has it; 0 where nothing was counted */
    cell(column: string, area: string): number
    since(scope: Scope, position: number): Delta
    /** @param key `facility/12` */
    row(key: string): Row | undefined
    /** @param key of a row. @returns the commit that last changed it */
    positionOf(key: string): number | undefined
    rows(scope: Scope): Iterable<Row>
  }
  /** of what everybody may see */
  readonly publicFeed: Pick<Feed, 'index' | 'part'>
  /** whether visitors may have sockets */
  readonly sockets: () => Sockets
  /** the release; pages of another one reload themselves */
  /** the dashboard that is served, by the hash of what was built */
  readonly build?: () => string
  readonly version?: string
  /** the built dashboard; without it, dashboard/dist */
  readonly dashboardDir?: string
  /** ms for which a page's document waits for its first answers; unless told, as first-answers.ts has it */
  readonly firstAnswersMs?: number
  readonly accounts: Accounts
  readonly caseWork: CaseWork
  sourceState(): SourceState
  /** what GET /metrics answers when several processes share the port; otherwise this one's registry */
  metricsText?: () => Promise<string>
  /** the workers, when several processes share the port */
  fleet?: () => Fleet | undefined
  /** what walls have painted, of all processes; without it, there are none */
  readonly walls?: AllWalls
  /** Nation and province aggregates are public; everything else asks here. */
  mayRead(c: HubContext, what: ReadRequest): Verdict | Promise<Verdict>
}
