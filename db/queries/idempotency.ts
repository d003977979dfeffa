import type { Kysely, Transaction } from 'kysely'
import { sendAhead } from '../pipelined.ts'
import type { Database } from '../schema.ts'

export type KeyedRequest = {
  /** an account's id, or the hash of an address */
  readonly owner: string
  readonly key: string
  /** of method, path and body, keyed */
  readonly hash: Buffer
}

export type KeptAnswer = { readonly hash: Buffer; readonly status: number; readonly body: unknown }

/** The answer that stands while a command is being carried out; nobody but its own transaction sees it. */
const UNDER_WAY = 0

/**
 * Takes the key for this transaction. A second request with the same key waits here until the first has ended.
 * @returns the answer of an earlier request with this key, or `undefined`: carry the command out.
 */
export async function takeKey(db: Kysely<Database>, request: KeyedRequest, now: Date): Promise<KeptAnswer | undefined> {
  const taken = await db
    .insertInto('idempotency')
    .values({
      owner: request.owner,
      key: request.key,
      request_hash: request.hash,
      status: UNDER_WAY,
      body: 'null',
      at: now,
    })
    .onConflict((conflict) => conflict.columns(['owner', 'key']).doNothing())
    .returning('key')
    .executeTakeFirst()
  if (taken !== undefined) return undefined
  const kept = await db
    .selectFrom('idempotency')
    .select(['request_hash as hash', 'status', 'body'])
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
    .executeTakeFirstOrThrow()
  return kept
}

/** In the transaction that took the key; sent with its `commit`. */
export async function keepAnswer(
  trx: Transaction<Database>,
  request: KeyedRequest,
  status: number,
  body: unknown,
): Promise<void> {
  const keep = trx
    .updateTable('idempotency')
    .set({ status, body: JSON.stringify(body) })
    .where('owner', '=', request.owner)
    .where('key', '=', request.key)
  await sendAhead(trx, keep)
}
