import { expect, it } from 'vitest'
import { createMetrics } from '../runtime/metrics.ts'
import { FleetMetrics, type ProcessMetrics } from './fleet-metrics.ts'

/** A worker whose loop is blocked for `lag` seconds and which has `open` of `limit` files. */
async function worker(lag: number, open: number, limit: number): Promise<ProcessMetrics> {
  const { registry } = createMetrics({ processMetrics: true })
  const values: Record<string, number> = {
    nodejs_eventloop_lag_p99_seconds: lag,
    process_open_fds: open,
    process_max_fds: limit,
    process_resident_memory_bytes: 100,
  }
  return (await registry.getMetricsAsJSON()).map((metric) => {
    const value = values[metric.name]
    return value === undefined ? metric : { ...metric, values: [{ labels: {}, value }] }
  })
}

it('says of the loop and of open files what the worst worker says; of memory what all use', async () => {
  const answers = new Map<object, ProcessMetrics>([
    [{}, await worker(0.01, 100, 1000)],
    [{}, await worker(0.9, 950, 1000)],
    [{}, await worker(0.02, 10, 4000)],
  ])
  const text = await new FleetMetrics<object>().text(answers, await createMetrics().registry.getMetricsAsJSON())
  const said = (name: string): number => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1])
  expect(said('nodejs_eventloop_lag_p99_seconds')).toBe(0.9)
  expect(said('process_open_fds') / said('process_max_fds')).toBe(0.95)
  expect(said('process_resident_memory_bytes')).toBe(300)
})
