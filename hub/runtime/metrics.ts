import { timingSafeEqual } from 'node:crypto'
import { type Aggregator, Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { isLoopbackAddress } from './loopback.ts'

export type { Counter, Gauge, Histogram, Registry }

/** A registry of its own per hub, so that two hubs in one process (tests) do not collide. Names get `jitasa_` in front. */
export type Metrics = {
  readonly registry: Registry
  counter<L extends string = never>(name: string, help: string, labels?: readonly L[]): Counter<L>
  /** @param aggregator what several workers' values make together */
  gauge<L extends string = never>(name: string, help: string, labels?: readonly L[], aggregator?: Aggregator): Gauge<L>
  /** @param buckets upper bounds in the metric's unit, ascending */
  histogram<L extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly L[],
  ): Histogram<L>
}

const PREFIX = 'jitasa_'

/** @param processMetrics also report CPU, memory, GC and event-loop delay of this process */
export function createMetrics({ processMetrics = false } = {}): Metrics {
  const registry = new Registry()
  if (processMetrics) collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 })
  const common = <L extends string>(name: string, help: string, labels: readonly L[]) => ({
    name: PREFIX + name,
    help,
    labelNames: [...labels],
    registers: [registry],
  })
  return {
    registry,
    counter: (name, help, labels = []) => new Counter(common(name, help, labels)),
    gauge: (name, help, labels = [], aggregator = 'sum') => new Gauge({ ...common(name, help, labels), aggregator }),
    histogram: (name, help, buckets, labels = []) =>
      new Histogram({ ...common(name, help, labels), buckets: [...buckets] }),
  }
}

/** With a token configured, only its bearer, compared in constant time; without one, this machine alone. */
export function mayScrape(
  { metricsToken }: { readonly metricsToken?: string | undefined },
  { authorization, address }: { readonly authorization: string | undefined; readonly address: string },
): boolean {
  if (metricsToken === undefined) return isLoopbackAddress(address)
  const given = Buffer.from(authorization ?? '')
  const wanted = Buffer.from(`Bearer ${metricsToken}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}
