import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { sendAhead } from '../../../db/pipelined.ts'
import { type KeyedRequest, keepAnswer, takeKey } from '../../../db/queries/idempotency.ts'
import { type Origin, type RlsContext, withAccount } from '../../../db/queries/rls.ts'
import type { Database } from '../../../db/schema.ts'
import type { Grant } from '../../authorize/grant.ts'
import { type ErrorBody, errorJson } from '../../contract/api/error.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import type { ErrorCode } from '../../contract/refusals/codes.ts'
import type { Clock } from '../../runtime/clock.ts'
import type { LeaseTimes } from '../needs/lease.ts'
import { databaseRefusal, isRetryable } from './database-refusal.ts'

/** Deadlocks and serialisation failures are tried again this often before they are an error. */
const TRIES_MAX = 3

/** Who commands: what row-level security and the history need to know. */
export type Commander = RlsContext & {
  /** organisation and call-sign, or what an actor without an account is called */
  readonly label: string
  /** owns the idempotency key */
  readonly owner: string
  readonly grant: Grant | null
}

export function commanderOf(grant: Grant, origin: Origin): Commander {
  const { account, role, areas, facility, facilities, label } = grant
  return { account, role, areas, facility, facilities, label, owner: account, grant, origin }
}

export type CommandContext = {
  readonly trx: Transaction<Database>
  readonly by: Commander
  /** ms since 1970 */
  readonly now: number
  readonly at: Date
  /** the idempotency key, as it stands in the history */
  readonly key: string
  readonly requestId: string
  readonly leases: LeaseTimes
}

/** What is enough to read, and to look at clocks. */
export type Reading = Pick<CommandContext, 'trx' | 'at' | 'now'>

export type Answer<T> = { readonly status: 200 | 201 | 202; readonly body: T }

/** What a command needs of the hub. */
export type CommandDeps = {
  readonly clock: Clock
  readonly db: Kysely<Database>
  readonly caseWork: { readonly leases: LeaseTimes; keyed(purpose: string, text: string): Buffer }
}

/** A command as it came. `hash`: of what it asks, so that its key is of it alone. */
export type Request = { readonly key: string; readonly hash: Buffer; readonly requestId: string }

/** @param route method and path, so that a key is of one command */
export function requestHash(route: string, body: unknown): Buffer {
  return createHash('sha256')
    .update(`${route}\n${JSON.stringify(body ?? null)}`)
    .digest()
}

/**
 * Carries out a command in one transaction under the commander's row-level security, once for each idempotency key:
 * the same key with the same request gets the answer it got, a refusal too; with another request, 422.
 * @throws ApiError a refusal; nothing was changed then.
 */
export async function runCommand<T>(
  deps: CommandDeps,
  by: Commander,
  { key, hash, requestId }: Request,
  work: (context: CommandContext) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  // A body of a phone alone could be found by trying all phones.
  const request = { owner: by.owner, key, hash: deps.caseWork.keyed('request body', hash.toString('hex')) }
  const now = deps.clock.now()
  const at = new Date(now)
  const { leases } = deps.caseWork
  for (let tries = 1; ; tries++) {
    try {
      const answer = await withAccount(deps.db, by, async (trx) => {
        const kept = await takeKey(trx, request, at)
        if (kept) return repeated<T>([request.hash, hash], kept)
        return orRefusal(trx, request, () => work({ trx, by, now, at, key, requestId, leases }))
      })
      if (answer instanceof ApiError) throw answer
      return answer
    } catch (error) {
      // What was sent with the commit is refused there: an answer that is no text to PostgreSQL.
      if (!isRetryable(error)) throw databaseRefusal(error)
      if (tries === TRIES_MAX) throw error
    }
  }
}

/** Keeps the answer under its key. A refusal undoes what the command had begun, and is an answer too. */
async function orRefusal<T>(
  trx: Transaction<Database>,
  request: KeyedRequest,
  work: () => Promise<Answer<T>>,
): Promise<Answer<T> | ApiError> {
  await sendAhead(trx, sql`savepoint command`)
  try {
    const answer = await work()
    await keepAnswer(trx, request, answer.status, answer.body)
    return answer
  } catch (error) {
    if (isRetryable(error) || isDenied(error)) throw error
    const refusal = databaseRefusal(error)
    if (!(refusal instanceof ApiError)) throw refusal
    await sql`rollback to savepoint command`.execute(trx)
    await keepAnswer(trx, request, refusal.status, storable(errorJson(refusal.code, refusal)))
    return refusal
  }
}

/** A refusal repeats what was sent, whatever it was: here without what PostgreSQL takes for no text. */
function storable(body: ErrorBody): unknown {
  const text = (_: string, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\u0000', '\ufffd') : value
  return JSON.parse(JSON.stringify(body, text))
}

/** A right that is missing now may be given before the command is sent again: that answer is not kept. */
function isDenied(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 'forbidden' || error.code === 'unauthenticated')
}

/** @param hashes as they are kept, and as they were before they were keyed: a phone may lie in a drawer over an upgrade */
function repeated<T>(hashes: readonly Buffer[], kept: { hash: Buffer; status: number; body: unknown }): Answer<T> {
  if (!hashes.some((hash) => kept.hash.equals(hash))) throw new ApiError('idempotency_key_reused')
  if (kept.status < 400) return { status: kept.status as 200, body: kept.body as T }
  const { code, message, details } = (kept.body as ErrorBody).error
  throw new ApiError(code as ErrorCode, details, { status: kept.status, message })
}
