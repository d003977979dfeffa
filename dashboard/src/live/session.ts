import type { HubMessage, ScreenState } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { type ConnectionState, startState } from './connection.ts'
import { createFlusher, type FlushWorld } from './flush.ts'
import {
  begin,
  createInbox,
  deniedCode,
  type EarlySnapshot,
  overdue,
  receive,
  type ScopeFlush,
  subscribeAll,
  takeFlush,
  wrongSince,
} from './inbox.ts'
import { type Latencies, recordLatency, summarise } from './latency.ts'
import { createLink, type Link, type World } from './link.ts'
import { type ClockOffset, noOffset, offsetMs } from './offset.ts'
import type { createPaints } from './paints.ts'
import type { AnyCarrier } from './publicCarrier.ts'
import { createLiveStore, type LinkStatus, type LiveStore } from './store.ts'
import type { Transport } from './transport.ts'

/** How often overdue answers are looked for. */
const CHECK_EVERY_MS = 1_000

export type SessionWorld = World &
  FlushWorld & {
    /** run `task` after what was written in this frame is on the screen; never when nothing is painted */
    painted(task: () => void): void
  }

export type SessionOptions = {
  readonly scopes: readonly Scope[]
  /** of some of them, as they came with the page */
  readonly early?: readonly EarlySnapshot[]
  readonly transport: Transport
  /** what carries now; asked at each flush */
  readonly carrier: () => AnyCarrier
  readonly world: SessionWorld
  readonly reloadedAt: number | null
  readonly reload: (at: number) => void
  /** of this page; `undefined` when it does not know: then the first that the hub names */
  readonly build?: string | undefined
  /** the hub serves another build than this page is of */
  readonly onNewBuild?: () => void
  /** of a wall, which tells the hub what it paints; `null` while it is not shown */
  readonly screen?: {
    readonly paints: typeof createPaints
    readonly shown: () => Pick<ScreenState, 'scene' | 'fps' | 'w' | 'h'> | null
  }
}

export type LiveSession = { readonly store: LiveStore; readonly link: Link; stop(): void }

/** Link → inbox → store, with the latency measured at the paint. */
export function createSession(options: SessionOptions): LiveSession {
  const { world } = options
  const inbox = createInbox(options.scopes)
  for (const snapshot of options.early ?? []) begin(inbox, snapshot, world.now())
  const latencies: Latencies = []
  let connection: ConnectionState = startState(options.reloadedAt)
  let clock: ClockOffset = noOffset
  let { build } = options

  const status = (): LinkStatus => ({
    connection,
    carrier: options.carrier(),
    hello: inbox.hello,
    beat: inbox.beat,
    vouchedAt: inbox.vouchedAt,
    verified: inbox.verified,
    mismatches: inbox.mismatches,
    wrongSince: wrongSince(inbox),
    wasWrong: inbox.wasWrong,
    denied: deniedCode(inbox),
    offsetMs: offsetMs(clock),
    latency: summarise(latencies, world.now()),
  })
  const { store, writer } = createLiveStore(status())

  const { screen } = options
  const paints = screen?.paints({
    world,
    send: (messages) => link.send(messages),
    state: () => {
      const shown = screen.shown()
      const ms = summarise(latencies, world.now())?.p50
      return shown && { ...shown, build: build ?? '', ms: ms === undefined ? null : Math.round(ms) }
    },
  })

  /** @param flushed scopes with their positions when they were written */
  const measure = (flushed: readonly (readonly [ScopeFlush, position: number])[]) => {
    const offset = offsetMs(clock)
    const now = world.now()
    const told = flushed.map(([{ scope, commits }, position]) => {
      const times = offset === null ? [] : commits.map((at) => Math.max(0, now + offset - at))
      for (const ms of times) recordLatency(latencies, now, ms)
      return { scope, position, ms: times.length === 0 ? null : Math.max(...times) }
    })
    writer.painted(
      told.map(({ scope }) => scope),
      now,
    )
    paints?.painted(told)
  }

  const flush = () => {
    const flushed = takeFlush(inbox).map((one) => [one, one.state.position] as const)
    writer.write(
      flushed.map(([one]) => one),
      status(),
    )
    if (flushed.length > 0) world.painted(() => measure(flushed))
  }
  const flusher = createFlusher(world, flush)

  const link = createLink({
    transport: options.transport,
    world,
    reloadedAt: options.reloadedAt,
    onMessage: (message: HubMessage) => {
      if (message.t === 'hello') {
        if (build !== undefined && build !== message.build) options.onNewBuild?.()
        build = message.build
        paints?.greeted(message.e, message.paintMs)
      }
      if (message.t === 'tell') paints?.asked()
      const answers = receive(inbox, message, world.now())
      if (inbox.changed) flusher.soon()
      return answers
    },
    subscriptions: () => subscribeAll(inbox, world.now()),
    onState: (next, nextClock) => {
      const turned = next.kind !== connection.kind
      connection = next
      clock = nextClock
      if (turned) flusher.soon()
    },
    reload: options.reload,
  })

  let cancelCheck = world.after(CHECK_EVERY_MS, function check() {
    if (connection.kind === 'open') link.send(overdue(inbox, world.now()))
    cancelCheck = world.after(CHECK_EVERY_MS, check)
  })

  link.start()
  // Not with the next frame: the first one would show a link that has been given up, and nothing of what is there.
  flush()
  return {
    store,
    link,
    stop: () => {
      cancelCheck()
      flusher.stop()
      paints?.stop()
      link.stop()
    },
  }
}
