import type { RowObject } from '../../../../hub/contract/live/rows.ts'

export type Order = RowObject<'order'>

/** What stands on the screen as long as it is told to; the others are done once. */
export function standing(orders: readonly Order[], kind: 'identify' | 'message'): Order | undefined {
  return orders.findLast((order) => order.kind === kind)
}

/** What is still to be done once, in the order it was told. @param done the newest that was, also before a reload */
export function toDo(orders: readonly Order[], done: number): readonly Order[] {
  return orders
    .filter(({ id, kind }) => kind !== 'identify' && kind !== 'message' && Number(id) > done)
    .toSorted((a, b) => Number(a.id) - Number(b.id))
}
