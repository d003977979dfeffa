import type { Kysely, Transaction } from 'kysely'
import type { OrderState, ScreenOrder } from '../../hub/contract/vocabulary/screens.ts'
import type { AccountsDatabase } from './accounts-tables.ts'
import type { Queryable } from './claims-expiry.ts'

export type NewOrder = {
  readonly kind: ScreenOrder
  readonly text: string | null
  readonly at: Date
  readonly until: Date
}

export type OrderRow = {
  readonly id: number
  readonly screen: string
  readonly kind: ScreenOrder
  readonly text: string | null
  readonly state: OrderState
  readonly at: Date
  readonly until: Date
  readonly takenAt: Date | null
}

/** What a screen is told takes the place of what it was told of the same kind before. */
export async function giveOrder(
  trx: Transaction<AccountsDatabase>,
  screens: readonly string[],
  order: NewOrder,
): Promise<void> {
  await trx
    .updateTable('screen_orders')
    .set({ state: 'ended' })
    .where('state', '=', 'live')
    .where('kind', '=', order.kind)
    .where('screen_id', 'in', screens)
    .execute()
  await trx
    .insertInto('screen_orders')
    .values(screens.map((screen_id) => ({ screen_id, ...order })))
    .execute()
}

/** The newest of each screen. */
export async function newestOrders(db: Kysely<AccountsDatabase>, screens: readonly string[]): Promise<OrderRow[]> {
  if (screens.length === 0) return []
  return db
    .selectFrom('screen_orders')
    .distinctOn('screen_id')
    .select(['id', 'screen_id as screen', 'kind', 'text', 'state', 'at', 'until', 'taken_at as takenAt'])
    .where('screen_id', 'in', screens)
    .orderBy('screen_id')
    .orderBy('id', 'desc')
    .execute()
}

/** A screen shows these. */
export async function takeOrders(db: Kysely<AccountsDatabase>, ids: readonly number[], at: Date): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('screen_orders')
    .set({ taken_at: at })
    .where('id', 'in', ids)
    .where('taken_at', 'is', null)
    .where('state', '=', 'live')
    .execute()
}

/** Their time is over, taken or not. @param now ms since 1970. @returns rows changed */
export async function endOrders(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query(`update screen_orders set state = 'ended' where state = 'live' and until <= $1`, [
    new Date(now),
  ])
  return rowCount ?? 0
}
