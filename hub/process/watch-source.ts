import type { Clock } from '../runtime/clock.ts'
import type { Metrics } from '../runtime/metrics.ts'
import type { Situation } from '../situation/index.ts'
import type { Source } from '../source/source.ts'

/** Gauges of the change feed and of what is held, read when somebody asks. */
export function watchSource(
  source: Pick<Source, 'state'>,
  metrics: Metrics,
  clock: Clock,
  situation: Pick<Situation, 'position' | 'size'>,
): void {
  /** Of several workers the worst is told: a sum of positions says nothing. */
  const gauge = (name: string, help: string, worst: 'min' | 'max', value: () => number): void => {
    const it = metrics.gauge(name, help, [], worst)
    Object.assign(it, { collect: () => it.set(value()) })
  }
  const streams = (): number => (source.state().kind === 'streaming' ? 1 : 0)
  gauge('source_streaming', '1 while the change feed is live', 'min', streams)
  gauge('source_position_bytes', 'end LSN of the newest folded commit', 'min', () => situation.position)
  gauge('source_lag_bytes', 'WAL written and not yet processed', 'max', () => source.state().lagBytes)
  gauge('source_retained_bytes', "WAL kept for a hub's slot", 'max', () => source.state().retainedBytes)
  const blockers = (): number => source.state().heldUpBy?.length ?? 0
  gauge('source_held_up_by_sessions', 'open transactions that hold up a new slot; screens are stale', 'max', blockers)
  gauge('source_silence_ms', 'since PostgreSQL was last heard', 'max', () => clock.now() - source.state().heardAt)
  gauge('situation_cells', 'cells held', 'max', () => situation.size().cells)
  gauge('situation_rows', 'rows held', 'max', () => situation.size().rows)
}
