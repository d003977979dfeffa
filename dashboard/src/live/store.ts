import { batch, createSignal, type Signal } from 'solid-js'
import { cellKey, operationDay } from '../../../hub/contract/live/apply.ts'
import type { Beat, Hello } from '../../../hub/contract/live/messages.ts'
import { type Row, type RowKind, type RowObject, rowObject } from '../../../hub/contract/live/rows.ts'
import { firstDay, type Scope } from '../../../hub/contract/live/scopes.ts'
import { columnDay } from '../../../hub/contract/vocabulary/metrics.ts'
import type { ConnectionState } from './connection.ts'
import type { ScopeFlush } from './inbox.ts'
import type { LatencySummary } from './latency.ts'
import type { AnyCarrier } from './publicCarrier.ts'

/** Where the page stands with the hub; one value, replaced as a whole at each flush. */
export type LinkStatus = {
  readonly connection: ConnectionState
  readonly carrier: AnyCarrier
  readonly hello: Hello | null
  readonly beat: Beat | null
  /** when the hub last vouched for what is shown (inbox.ts) */
  readonly vouchedAt: number | null
  readonly verified: number
  readonly mismatches: number
  readonly wrongSince: number | null
  readonly wasWrong: { readonly until: number; readonly ms: number } | null
  readonly denied: string | null
  /** ms to add to the screen's clock to get the hub's */
  readonly offsetMs: number | null
  readonly latency: LatencySummary | null
}

export type ScopeStatus = { readonly position: number; readonly loaded: boolean }

/**
 * When the newest record in the numbers of a scope was committed, when they last came, and when they were last on the screen; ms, of
 * PostgreSQL's clock the first, of the screen's the others; 0: never.
 */
export type ScopeClocks = { readonly committedAt: number; readonly receivedAt: number; readonly paintedAt: number }

/**
 * What screens read. Each read inside a computation subscribes to that cell, kind of rows or status alone.
 */
export type LiveStore = {
  cell(scope: Scope, column: string, area: string): number
  rows<K extends RowKind>(scope: Scope, kind: K): readonly RowObject<K>[]
  scope(scope: Scope): ScopeStatus
  clocks(scope: Scope): ScopeClocks
  status(): LinkStatus
}

/** The only writer of what screens show. Everything of one flush lands in one batch. */
export type StoreWriter = {
  write(flushes: readonly ScopeFlush[], status: LinkStatus): void
  /** what was written last is on the screen */
  painted(scopes: readonly Scope[], at: number): void
}

const UNLOADED: ScopeStatus = { position: 0, loaded: false }
const NEVER: ScopeClocks = { committedAt: 0, receivedAt: 0, paintedAt: 0 }

type ScopeSignals = {
  cells: Map<string, Signal<number>>
  rows: Map<RowKind, Signal<readonly RowObject<RowKind>[]>>
  status: Signal<ScopeStatus>
  clocks: Signal<ScopeClocks>
  source: ScopeFlush['state'] | undefined
}

/** A row that did not change stays the same object, so that what was made of it can stay as well. */
const objects = new WeakMap<Row, RowObject<RowKind>>()

function objectOf(row: Row): RowObject<RowKind> {
  let object = objects.get(row)
  if (!object) {
    object = rowObject(row)
    objects.set(row, object)
  }
  return object
}

function rowsOf(rows: ReadonlyMap<string, Row>, kind: RowKind): readonly RowObject<RowKind>[] {
  const out: RowObject<RowKind>[] = []
  for (const row of rows.values()) if (row[0] === kind) out.push(objectOf(row))
  return out
}

/** Whether a cell's day has left the scope's window for good. Without this a wall gathers a thousand signals a day. */
function isGone(flush: ScopeFlush, key: string, today: string | undefined): boolean {
  const bar = key.indexOf('|')
  const day = columnDay(key.slice(0, bar))
  return day !== undefined && today !== undefined && day < firstDay(flush.scope, key.slice(bar + 1), today)
}

function writeScope(signals: ScopeSignals, flush: ScopeFlush): void {
  signals.source = flush.state
  const today = operationDay(flush.state.rows)
  for (const key of flush.cells) {
    const signal = signals.cells.get(key)
    if (!signal) continue
    signal[1](flush.state.cells.get(key) ?? 0)
    if (isGone(flush, key, today)) signals.cells.delete(key)
  }
  const kinds = new Set<string>()
  for (const key of flush.rows) kinds.add(key.slice(0, key.indexOf('/')))
  for (const [kind, signal] of signals.rows) if (kinds.has(kind)) signal[1](rowsOf(flush.state.rows, kind))
  signals.status[1]({ position: flush.state.position, loaded: true })
  const { committedAt, receivedAt } = flush
  signals.clocks[1](({ paintedAt }) => ({ committedAt, receivedAt, paintedAt }))
}

export function createLiveStore(initial: LinkStatus): { store: LiveStore; writer: StoreWriter } {
  const scopes = new Map<Scope, ScopeSignals>()
  const [status, setStatus] = createSignal(initial)

  const of = (scope: Scope): ScopeSignals => {
    let signals = scopes.get(scope)
    if (!signals) {
      signals = {
        cells: new Map(),
        rows: new Map(),
        status: createSignal(UNLOADED),
        clocks: createSignal(NEVER),
        source: undefined,
      }
      scopes.set(scope, signals)
    }
    return signals
  }

  const store: LiveStore = {
    cell(scope, column, area) {
      const signals = of(scope)
      const key = cellKey(column, area)
      let signal = signals.cells.get(key)
      if (!signal) {
        signal = createSignal(signals.source?.cells.get(key) ?? 0)
        signals.cells.set(key, signal)
      }
      return signal[0]()
    },
    rows<K extends RowKind>(scope: Scope, kind: K) {
      const signals = of(scope)
      let signal = signals.rows.get(kind)
      if (!signal) {
        signal = createSignal(signals.source ? rowsOf(signals.source.rows, kind) : [])
        signals.rows.set(kind, signal)
      }
      return signal[0]() as readonly RowObject<K>[]
    },
    scope: (scope) => of(scope).status[0](),
    clocks: (scope) => of(scope).clocks[0](),
    status,
  }

  const writer: StoreWriter = {
    write(flushes, next) {
      batch(() => {
        for (const flush of flushes) writeScope(of(flush.scope), flush)
        setStatus(next)
      })
    },
    painted(painted, paintedAt) {
      batch(() => {
        for (const scope of painted) of(scope).clocks[1]((before) => ({ ...before, paintedAt }))
      })
    },
  }
  return { store, writer }
}
