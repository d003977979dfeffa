import type { HubMessage } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import type { Carrier } from './carrier.ts'
import { type ConnectionState, startState } from './connection.ts'
import { createFlusher, type FlushWorld } from './flush.ts'
import { createInbox, deniedCode, overdue, receive, subscribeAll, takeFlush, wrongSince } from './inbox.ts'
import { type Latencies, recordLatency, summarise } from './latency.ts'
import { createLink, type Link, type World } from './link.ts'
import { type ClockOffset, noOffset, offsetMs } from './offset.ts'
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
  readonly transport: Transport
  /** what carries now; asked at each flush */
  readonly carrier: () => Carrier
  readonly world: SessionWorld
  readonly reloadedAt: number | null
  readonly reload: (at: number) => void
  /** of this page; `undefined` when it does not know: then the first that the hub names */
  readonly build?: string | undefined
  /** the hub serves another build than this page is of */
  readonly onNewBuild?: () => void
}

export type LiveSession = { readonly store: LiveStore; readonly link: Link; stop(): void }

/** Link → inbox → store, with the latency measured at the paint. */
export function createSession(options: SessionOptions): LiveSession {
  const { world } = options
  const inbox = createInbox(options.scopes)
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
    denied: deniedCode(inbox),
    offsetMs: offsetMs(clock),
    latency: summarise(latencies, world.now()),
  })
  const { store, writer } = createLiveStore(status())

  const measure = (commits: readonly number[]) => {
    const offset = offsetMs(clock)
    if (offset === null) return
    const now = world.now()
    for (const at of commits) recordLatency(latencies, now, Math.max(0, now + offset - at))
  }

  const flusher = createFlusher(world, () => {
    const flushes = takeFlush(inbox)
    writer.write(flushes, status())
    const commits = flushes.flatMap((flush) => flush.commits)
    if (commits.length > 0) world.painted(() => measure(commits))
  })

  const link = createLink({
    transport: options.transport,
    world,
    reloadedAt: options.reloadedAt,
    onMessage: (message: HubMessage) => {
      if (message.t === 'hello') {
        if (build !== undefined && build !== message.build) options.onNewBuild?.()
        build = message.build
      }
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
  // Not with the next frame: the first one would show a link that has been given up.
  writer.write([], status())
  return {
    store,
    link,
    stop: () => {
      cancelCheck()
      flusher.stop()
      link.stop()
    },
  }
}
