import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createFanoutMetrics } from '../../hub/fanout/metrics.ts'
import { createMetrics } from '../../hub/metrics.ts'

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** What the hub registers. Those of the change feed and of the workers are private to their files, so their names are read there. */
function registered(): Set<string> {
  const metrics = createMetrics({ processMetrics: true })
  createFanoutMetrics(metrics)
  const sources = read('../../hub/hub.ts') + read('../../hub/supervisor.ts')
  const gauges = [...sources.matchAll(/\b(?:gauge|counter)\(\s*'(\w+)'/g)].map(([, name]) => `jitasa_${name}`)
  return new Set([...metrics.registry.getMetricsAsArray().map(({ name }) => name), ...gauges])
}

const named = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:jitasa|process|nodejs)_[a-z0-9_]+/g)].map(([name]) => name)),
]
const base = (name: string): string => name.replace(/_(?:bucket|count|sum)$/, '')

describe('dashboard and alerts', () => {
  const known = registered()

  it('the change feed’s gauges are found where they are registered', () => {
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
