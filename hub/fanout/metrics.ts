import type { CloseName } from '../contract/live/close.ts'
import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import type { Metrics } from '../runtime/metrics.ts'
import type { Frame } from './frames.ts'
import type { ShardTopic } from './link.ts'

export type FanoutMetrics = {
  flushed(delta: Delta, frame: Frame, now: number): void
  /** all sockets are written; the next flush waits `tickMs` from the beginning of this one */
  written(tookMs: number, tickMs: number): void
  dropped(): void
  /** `proof`: it had missed nothing, and proved a quiet screen (rule C8) */
  resynced(why: 'slow' | 'asked' | 'proof'): void
  /** a message was not read: its address or account sends too many */
  ignored(): void
  answered(whole: boolean): void
  closed(name: CloseName): void
  /** `ms` undefined: a client folded to a wrong checksum; else it is right again after so long */
  wrong(scope: Scope, ms: number | undefined): void
  delivered(carrier: 'live' | 'socketio', topic: ShardTopic, count: number): void
  /** a scope of a wall's `painted` was taken, or why not (rule P3) */
  painted(how: 'taken' | 'epoch' | 'scope' | 'future' | 'past'): void
  subscribed(scope: Scope, by: 1 | -1): void
  sockets(carrier: 'live' | 'socketio', by: 1 | -1): void
  refused(why: 'busy' | 'tooMany' | 'origin'): void
}

/** `province:50#3` → `province`: a label per scope would be 160 series of each. */
const kindOf = (topic: ShardTopic): string => topic.split(/[:#]/, 1)[0] ?? topic

export function createFanoutMetrics(metrics: Metrics, onRight?: (scope: Scope, ms: number) => void): FanoutMetrics {
  const sockets = metrics.gauge('sockets', 'open sockets', ['carrier'])
  const deliveries = metrics.counter('deliveries_total', 'frames handed to subscribers', ['carrier', 'scope'])
  const subscriptions = metrics.gauge('subscriptions', 'subscriptions of open sockets', ['scope'])
  const flushes = metrics.counter('flushes_total', 'frames published', ['scope'])
  const bytes = metrics.counter('flush_bytes_total', 'bytes of published frames, before packing', ['scope'])
  const lag = metrics.histogram(
    'flush_lag_ms',
    'commit of the newest change in a frame to its publication',
    [5, 10, 25, 50, 100, 150, 250, 500, 1000, 5000],
  )
  const round = metrics.histogram(
    'fanout_round_ms',
    'first to last socket written with what was published together',
    [1, 5, 10, 25, 50, 100, 250, 500, 1000],
  )
  const tick = metrics.gauge(
    'flush_tick_ms',
    'time between flushes: longer than configured while there is more to send',
    [],
  )
  const drops = metrics.counter('drops_total', 'times a socket could not take a frame and left its topics')
  const resyncs = metrics.counter(
    'resyncs_total',
    'answers to clients that had missed something (slow, asked), or wanted a quiet screen proved (proof)',
    ['why'],
  )
  const ignored = metrics.counter('messages_ignored_total', 'messages not read: an address or account sends too many')
  const answers = metrics.counter('answers_total', 'answers to subscriptions', ['kind'])
  const closes = metrics.counter('closes_total', 'sockets closed by the hub', ['why'])
  const mismatches = metrics.counter('checksum_mismatches_total', 'clients that folded to a wrong checksum')
  const wrongFor = metrics.histogram(
    'checksum_wrong_ms',
    'how long a client showed a state with a wrong checksum',
    [10, 50, 100, 500, 1000, 5000, 30_000],
  )
  const painted = metrics.counter('painted_total', 'positions that walls said were painted', ['how'])
  const refusals = metrics.counter('refusals_total', 'sockets refused before they opened', ['why'])
  return {
    flushed(delta, frame, now) {
      const scope = kindOf(delta.s)
      flushes.inc({ scope })
      bytes.inc({ scope }, frame.text.length)
      lag.observe(Math.max(0, now - delta.at))
    },
    written(tookMs, tickMs) {
      round.observe(tookMs)
      tick.set({}, tickMs)
    },
    dropped: () => drops.inc(),
    resynced: (why) => resyncs.inc({ why }),
    ignored: () => ignored.inc(),
    answered: (whole) => answers.inc({ kind: whole ? 'snapshot' : 'resume' }),
    closed: (why) => closes.inc({ why }),
    wrong(scope, ms) {
      if (ms === undefined) return mismatches.inc()
      wrongFor.observe(ms)
      onRight?.(scope, ms)
    },
    painted: (how) => painted.inc({ how }),
    delivered: (carrier, topic, count) => deliveries.inc({ carrier, scope: kindOf(topic) }, count),
    subscribed: (scope, by) => subscriptions.inc({ scope: kindOf(scope) }, by),
    sockets: (carrier, by) => sockets.inc({ carrier }, by),
    refused: (why) => refusals.inc({ why }),
  }
}
