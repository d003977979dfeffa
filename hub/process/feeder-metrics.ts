import type { Metrics } from '../runtime/metrics.ts'
import type { FeederState } from '../source/jetstream/feeder.ts'

/** @param state of the feeder that leads here; `undefined`: another one leads, and all are 0 */
export function watchFeeder(metrics: Metrics, state: () => FeederState | undefined): void {
  const gauge = (name: string, help: string, value: (state: FeederState) => number): void => {
    const it = metrics.gauge(name, help)
    Object.assign(it, {
      collect() {
        const now = state()
        it.set(now === undefined ? 0 : value(now))
      },
    })
  }
  gauge('feeder_leads', '1 while this feeder leads', () => 1)
  gauge('feeder_streaming', '1 while PostgreSQL is read', ({ source }) => (source.kind === 'streaming' ? 1 : 0))
  gauge('feeder_position_bytes', 'end LSN of the newest published commit', ({ position }) => position)
  gauge('feeder_messages', 'messages published since it leads', ({ messages }) => messages)
  gauge('feeder_published_bytes', 'their payloads', ({ bytes }) => bytes)
  gauge('feeder_waiting_bytes', 'commits that wait for NATS', ({ waitingBytes }) => waitingBytes)
  gauge('feeder_lag_bytes', 'WAL written and not yet processed', ({ source }) => source.lagBytes)
  gauge('feeder_retained_bytes', "WAL kept for the feeder's slot", ({ source }) => source.retainedBytes)
}
