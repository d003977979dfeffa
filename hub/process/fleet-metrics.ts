import { type Aggregator, AggregatorRegistry, type MetricObjectWithValues, type MetricValue } from 'prom-client'

/** What `registry.getMetricsAsJSON()` of one process says. */
export type ProcessMetrics = readonly MetricObjectWithValues<MetricValue<string>>[]

/**
 * What alerts look at is the worst process. prom-client averages the loop's delays and adds up open files and their
 * limit: one blocked worker of four, or one without files, would not show.
 */
const WORST: readonly (readonly [RegExp, Aggregator])[] = [
  [/^nodejs_eventloop_lag_/, 'max'],
  [/^process_open_fds$/, 'max'],
  [/^process_max_fds$/, 'min'],
]

const aggregatorOf = ({ name, aggregator }: ProcessMetrics[number]): Aggregator =>
  WORST.find(([pattern]) => pattern.test(name))?.[1] ?? aggregator

const sum = (all: readonly ProcessMetrics[]) =>
  AggregatorRegistry.aggregate(
    all.map((metrics) => metrics.map((metric) => ({ ...metric, aggregator: aggregatorOf(metric) }))),
  )

const GROWS: ReadonlySet<string> = new Set(['counter', 'histogram'])
const growing = (metrics: ProcessMetrics): ProcessMetrics => metrics.filter(({ type }) => GROWS.has(String(type)))

/**
 * The metrics of all processes as one text, each put together as its `aggregator` says (a sum, unless told). Counters of
 * processes that are gone stay in it: a sum that fell would look to Prometheus like a restart of everything.
 */
export class FleetMetrics<P extends object> {
  readonly #last = new WeakMap<P, ProcessMetrics>()
  #gone: Promise<ProcessMetrics> = Promise.resolve([])

  /** Keeps what a process that has ended had counted when it was last asked. */
  ended(process: P): void {
    const last = this.#last.get(process)
    if (last === undefined) return
    this.#last.delete(process)
    this.#gone = this.#gone.then((gone) => sum([gone, growing(last)]).getMetricsAsJSON())
  }

  /** @param answers by process; `undefined`: it did not answer in time, so only what it had counted before is known */
  async text(answers: ReadonlyMap<P, ProcessMetrics | undefined>, own: ProcessMetrics): Promise<string> {
    const known = [...answers].map(([process, answer]) => {
      if (answer !== undefined) this.#last.set(process, answer)
      return answer ?? growing(this.#last.get(process) ?? [])
    })
    return sum([own, ...known, await this.#gone]).metrics()
  }
}
