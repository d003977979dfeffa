import { type Clock, systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { type Change, Situation, type Snapshot, type Transaction } from '../../hub/situation/index.ts'
import { type SourceLimits, startSource } from '../../hub/source/index.ts'
import type { Source, SourceState } from '../../hub/source/source.ts'

export type ProbeOptions = {
  readonly limits?: Partial<SourceLimits>
  readonly publication?: string
  readonly clock?: Clock
  readonly onSnapshot?: (snapshot: Snapshot, source: Source) => void
  readonly onTransaction?: (tx: Transaction, source: Source) => void | Promise<void>
}

/** A source and everything it said; its consumer is a real situation. */
export type Probe = {
  readonly source: Source
  readonly situation: Situation
  readonly snapshots: { readonly epoch: string; readonly position: number; readonly at: number }[]
  readonly transactions: Transaction[]
  readonly states: SourceState[]
  /** the changes of all transactions, in order */
  changes(): Change[]
  /** @throws Error with the last state when it does not become true in time */
  until(what: string, is: () => boolean, withinMs?: number): Promise<void>
  streaming(): Promise<void>
}

const POLL_MS = 10

export async function until(what: string, is: () => boolean, withinMs: number, tell: () => unknown): Promise<void> {
  for (const end = Date.now() + withinMs; !is(); ) {
    if (Date.now() > end) throw new Error(`${what}: not within ${withinMs} ms; ${JSON.stringify(tell())}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** Follows a database; transactions are folded unless `onTransaction` takes them. */
export function probe(url: string, options: ProbeOptions = {}): Probe {
  const situation = new Situation()
  const snapshots: Probe['snapshots'] = []
  const transactions: Transaction[] = []
  const states: SourceState[] = []
  const source: Source = startSource({
    url,
    publication: options.publication ?? 'jitasa',
    clock: options.clock ?? systemClock,
    logger: createLogger('silent'),
    limits: { watchMs: 200, beatMs: 100, ...options.limits },
    onSnapshot(snapshot) {
      situation.reset(snapshot)
      snapshots.push({ epoch: snapshot.epoch, position: snapshot.position, at: snapshot.at })
      options.onSnapshot?.(snapshot, source)
    },
    onTransaction(tx) {
      transactions.push(tx)
      if (options.onTransaction) return options.onTransaction(tx, source)
      if (situation.apply(tx) === 'resnapshot') source.resnapshot('the situation cannot fold it')
    },
    onState: (state) => states.push(state),
  })
  const wait: Probe['until'] = (what, is, withinMs = 20_000) => until(what, is, withinMs, () => source.state())
  return {
    source,
    situation,
    snapshots,
    transactions,
    states,
    changes: () => transactions.flatMap((tx) => tx.changes),
    until: wait,
    streaming: () => wait('streaming', () => source.state().kind === 'streaming'),
  }
}

/** One cell of a scope, 0 when absent. */
export function cell(
  situation: Situation,
  scope: 'nation' | `province:${string}`,
  column: string,
  area: string,
): number {
  for (const group of situation.since(scope, 0).c) {
    if (group[0] !== column) continue
    const at = group.indexOf(area, 1)
    return at < 0 ? 0 : Number(group[at + 1])
  }
  return 0
}
