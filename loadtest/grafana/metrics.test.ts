import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createFanoutMetrics } from '../../hub/fanout/metrics.ts'
import { countRefusedConnections } from '../../hub/http/bridge/connections.ts'
import { requestContext } from '../../hub/http/request-context.ts'
import { countMessages } from '../../hub/jobs/messages/loop.ts'
import { watchFeeder } from '../../hub/process/feeder-metrics.ts'
import { createWorkerMetrics } from '../../hub/process/supervisor.ts'
import { watchSource } from '../../hub/process/watch-source.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { Situation } from '../../hub/situation/index.ts'
import { countPuzzles } from '../../hub/work/help/puzzle.ts'
import { countRefusals, countTextMessages } from '../../hub/work/services.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

const NOTHING_YET = { kind: 'starting', since: 0, position: 0, heardAt: 0, lagBytes: 0, retainedBytes: 0 } as const

/** What the hub registers for itself, its clients, the change feed and the workers, and the feeder. */
function registered(): Set<string> {
  const metrics = createMetrics({ processMetrics: true })
  createFanoutMetrics(metrics)
  createWorkerMetrics(metrics)
  countTextMessages(metrics)
  countRefusals(metrics)
  countPuzzles(metrics)
  countRefusedConnections(metrics)
  countMessages(metrics)
  watchFeeder(metrics, () => undefined)
  requestContext({ metrics, logger: createLogger('silent') })
  watchSource({ state: () => NOTHING_YET }, metrics, systemClock, new Situation())
  return new Set(metrics.registry.getMetricsAsArray().map(({ name }) => name))
}

const named = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:jitasa|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name)),
]
const base = (name: string): string => name.replace(/_(?:bucket|count|sum)$/, '')

describe('dashboard and alerts', () => {
  const known = registered()

  it('the change feed’s gauges are among them', () => {
    expect(known).toContain('jitasa_source_streaming')
    expect(known).toContain('jitasa_source_retained_bytes')
  })

  it.each(['dashboard.json', 'alerts.yml'])('%s names only metrics that the hub has', (file) => {
    const names = named(read(file))
    expect(names.length).toBeGreaterThan(8)
    expect(names.filter((name) => !known.has(name) && !known.has(base(name)))).toEqual([])
  })

  it('every metric of the fan-out and the change feed stands on the dashboard', () => {
    const shown = new Set(named(read('dashboard.json')).map(base))
    expect([...known].filter((name) => name.startsWith('jitasa_') && !shown.has(name))).toEqual([])
  })

  it('panels do not overlap and have ids of their own', () => {
    const { panels } = JSON.parse(read('dashboard.json')) as {
      panels: { id: number; gridPos: { x: number; y: number; w: number } }[]
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true)
  })
})
