import { pathToFileURL } from 'node:url'
import { seed } from '../../db/seed.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation, type Transaction } from '../../hub/situation/index.ts'
import { startSource } from '../../hub/source/index.ts'
import type { SourceOptions } from '../../hub/source/source.ts'
import { until } from './source-probe.ts'
import { type OwnServer, ownServer } from './source-server.ts'

export type SourceMeasure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal: string
  readonly met: boolean
  readonly how: string
}

const below = (value: number, max: number) => ({ value, goal: `< ${max}`, met: value < max })
const above = (value: number, min: number) => ({ value, goal: `> ${min}`, met: value > min })

const CASES = 386_307
const BACKLOG = 100_000
const STREAM_SECONDS = 6
const SESSION_PER_SECOND = 1_000

/** To the microsecond: commit times are, and most of the latency is below one millisecond. */
const clock = { now: () => performance.timeOrigin + performance.now() }
const round = (value: number, digits = 0): number => Number(value.toFixed(digits))

function source(server: OwnServer, more: Partial<SourceOptions>) {
  const one = startSource({
    url: server.hubUrl,
    publication: 'jitasa',
    clock,
    logger: createLogger('silent'),
    onSnapshot: () => undefined,
    onTransaction: () => undefined,
    onState: () => undefined,
    ...more,
  })
  const streaming = () =>
    until(
      'streaming',
      () => one.state().kind === 'streaming',
      60_000,
      () => one.state(),
    )
  return { one, streaming }
}

/** The Delta wave's size: 110 days, 77 provinces, as an import writes it. */
async function measureStart(server: OwnServer): Promise<SourceMeasure[]> {
  await server.query(`update operation set day = '2021-07-19'`)
  await server.query(
    `insert into cases (district, report_day, classification, severity, stage, care_place, outcome, source)
     select codes[1 + i % cardinality(codes)], date '2021-04-01' + (i / 77) % 110, 'confirmed', 'unknown', 'closed',
       'unknown', 'unknown', 'import'
     from generate_series(1, ${CASES}) as i,
       (select array_agg(code || '00') as codes from areas where level = 'province') as provinces`,
  )
  await server.query('analyze cases')
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const began = performance.now()
    const situation = new Situation()
    const { one, streaming } = source(server, { onSnapshot: (snapshot) => situation.reset(snapshot) })
    await streaming()
    times.push(performance.now() - began)
    await one.stop()
  }
  const how = `${CASES} imported cases; connect, slot, snapshot, fold, stream; median of ${times.length} starts`
  return [{ name: 'source.start', unit: 'ms', ...below(round(median(times)), 2000), how }]
}

/** What PostgreSQL and the reader do together, with a consumer that costs nothing. */
async function measureDrain(server: OwnServer, perCommit: number): Promise<SourceMeasure> {
  let release: (() => void) | undefined
  let held = false
  let changes = 0
  const { one, streaming } = source(server, {
    limits: { queueChangesMax: 1_000, consumerMsMax: 600_000 },
    onTransaction(tx) {
      changes += tx.changes.length
      if (held) return
      held = true
      return new Promise<void>((resolve) => {
        release = resolve
      })
    },
  })
  await streaming()
  await server.query(insertTests(1, 1))
  await until(
    'the first transaction',
    () => release !== undefined,
    60_000,
    () => one.state(),
  )
  await server.query(insertTests(BACKLOG / perCommit, perCommit))
  const began = performance.now()
  release?.()
  await until(
    'the backlog',
    () => changes >= BACKLOG + 1,
    120_000,
    () => [one.state(), changes],
  )
  const seconds = (performance.now() - began) / 1000
  await one.stop()
  return {
    name: `source.drain.${perCommit}`,
    unit: 'changes/s',
    ...above(round(BACKLOG / seconds), perCommit === 1 ? 25_000 : 50_000),
    how: `a backlog of ${BACKLOG} inserts, ${perCommit} to a commit, read by a hub that was held up`,
  }
}

async function measureLatency(server: OwnServer, perSecond: number): Promise<SourceMeasure[]> {
  const latencies: number[] = []
  const { one, streaming } = source(server, {
    onTransaction(tx: Transaction) {
      latencies.push(clock.now() - tx.at)
    },
  })
  await streaming()
  const sessions = Math.ceil(perSecond / SESSION_PER_SECOND)
  const writers = Array.from({ length: sessions }, () => server.query(pacedTests(sessions / perSecond)))
  await Promise.all(writers)
  await server.query(insertTests(1, 1))
  await until(
    'the last commits',
    () => one.state().lagBytes === 0,
    60_000,
    () => one.state(),
  )
  await one.stop()
  latencies.sort((a, b) => a - b)
  const reached = round(latencies.length / STREAM_SECONDS)
  const how = `commit time of PostgreSQL → callback, without the disk (fsync off); ${reached} of ${perSecond} commits/s reached by ${sessions} sessions`
  const name = `source.latency.${perSecond}`
  return [
    { name: `${name}.p50`, unit: 'ms', ...below(round(quantile(latencies, 0.5), 2), 2), how },
    { name: `${name}.p99`, unit: 'ms', ...below(round(quantile(latencies, 0.99), 2), 50), how },
  ]
}

const INSERT = `insert into tests (district, day, kind, tested, positive) select '1001', '2021-07-19', 'pcr', 1, 0`

/** Commits as fast as it can; not synchronous, because only the reading is measured. */
function insertTests(commits: number, perCommit: number): string {
  return `do $$ begin
    perform set_config('synchronous_commit', 'off', false);
    for i in 1..${commits} loop
      ${INSERT} from generate_series(1, ${perCommit});
      commit;
    end loop; end $$`
}

/** Commits one row every so often for STREAM_SECONDS; misses turns when PostgreSQL is slower. */
function pacedTests(everySeconds: number): string {
  return `do $$ declare turn timestamptz := clock_timestamp(); until timestamptz := turn + interval '${STREAM_SECONDS} s'; begin
    while clock_timestamp() < until loop
      ${INSERT};
      commit;
      turn := greatest(turn + interval '${everySeconds} s', clock_timestamp() - interval '10 ms');
      if turn > clock_timestamp() then perform pg_sleep_until(turn); end if;
    end loop; end $$`
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}

function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  )
}

/** Against a PostgreSQL of its own, about a minute. */
export async function measureSource(): Promise<SourceMeasure[]> {
  const server = await ownServer()
  try {
    await seed(server.url)
    const measures = [
      await measureDrain(server, 1),
      await measureDrain(server, 100),
      ...(await measureLatency(server, 500)),
      ...(await measureLatency(server, 5_000)),
      ...(await measureStart(server)),
    ]
    return measures
  } finally {
    await server.remove()
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, value, unit, goal, how } of await measureSource()) console.log(name, value, unit, `(${goal})`, how)
}
