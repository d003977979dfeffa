import type { Round } from './goals.ts'
import type { WideResult } from './measures/wide.ts'
import type { Results } from './results.ts'
import { reconnectsOf } from './rows.ts'
import { median } from './stats.ts'
import type { VariantName } from './variants.ts'

/** What limited a figure that missed its goal, from what was measured, in a sentence. Pure. */

type Measured = Results & {
  /** the runs with 57,000 sockets that were judged */
  readonly wide: readonly WideResult[]
  rounds(name: VariantName): readonly (Round | undefined)[] | undefined
}

const microseconds = (perSecond: number): number => 1e6 / perSecond
const us = (value: number): string => `${value.toFixed(2)} µs`

/** µs of CPU that a variant takes for a delivery, in the median; `undefined`: it was never saturated. */
function cost({ rounds }: Measured, name: VariantName): number | undefined {
  const fine = (rounds(name) ?? []).flatMap((round) =>
    round === undefined || round.refused !== undefined ? [] : [microseconds(round.perCpuSecond)],
  )
  return fine.length === 0 ? undefined : median(fine)
}

/** What each of a row of variants adds to the one before it. */
function stairs(measured: Measured, ...names: readonly VariantName[]): string | undefined {
  const steps = names.map((name) => ({ name, cost: cost(measured, name) }))
  return steps
    .flatMap(({ name, cost }, i) => {
      if (cost === undefined) return []
      const before = steps[i - 1]?.cost
      const more = before === undefined ? '' : ` (${cost >= before ? '+' : '−'}${us(Math.abs(cost - before))})`
      return [`${name} takes ${us(cost)} of CPU a delivery${more}`]
    })
    .join(', ')
}

const middle = <T>(of: readonly T[], pick: (one: T) => number): number | undefined =>
  of.length === 0 ? undefined : median(of.map(pick))

function surgeLimit({ surges }: Measured): string | undefined {
  const packed = surges.filter((result) => result.packed)
  const more = middle(packed, ({ calm, surge }) => surge.serverShare - calm.serverShare)
  const bytes = middle(packed, ({ calm, surge }) => surge.bytesPerDelivery / calm.bytesPerDelivery)
  if (more === undefined || bytes === undefined) return undefined
  return `ten times the events take ${more.toFixed(3)} core more to fold, encode and deflate, and frames are ${bytes.toFixed(2)} × as large`
}

type Resumed = { readonly serverSeconds: number; readonly sockets: number }

function resumeLimit(measured: Measured, of: readonly Resumed[]): string | undefined {
  const seconds = middle(of, ({ serverSeconds }) => serverSeconds)
  const sockets = of[0]?.sockets
  if (seconds === undefined || sockets === undefined) return undefined
  const floor = middle(reconnectsOf(measured.outcomes.get('floor') ?? []), (ms) => ms)
  const bare = floor === undefined ? '' : `; a C server has as many sockets back in ${Math.round(floor)} ms here`
  return `${sockets} handshakes and answers take ${seconds.toFixed(2)} CPU-s of one core, ${us((seconds * 1e6) / sockets)} a socket${bare}`
}

type Widely = Pick<WideResult, 'workers' | 'serverSecondsPerMessage' | 'clientSecondsPerMessage'>

function wideLimit(wide: readonly Widely[]): string | undefined {
  const server = middle(wide, ({ serverSecondsPerMessage }) => serverSecondsPerMessage)
  const client = middle(wide, ({ clientSecondsPerMessage }) => clientSecondsPerMessage)
  if (server === undefined || client === undefined) return undefined
  return (
    `two cores are the limit: the ${wide[0]?.workers} workers share them with the clients and publish in the same moment, as they would; ` +
    `a message takes them ${server.toFixed(2)} CPU-s, and the clients ${client.toFixed(2)} CPU-s`
  )
}

export function limitsOf(measured: Measured): Readonly<Record<string, () => string | undefined>> {
  const { resumes, realHubs, slows } = measured
  return {
    liveToUws: () => stairs(measured, 'uws', 'live'),
    liveToFloor: () => stairs(measured, 'floor', 'uws', 'live'),
    socketioToUws: () => stairs(measured, 'uws', 'socketio'),
    socketioToWs: () => stairs(measured, 'socketio', 'socketio-ws'),
    surgeCpu: () => surgeLimit(measured),
    resumeMs: () =>
      resumeLimit(
        measured,
        resumes.filter(({ name }) => name === 'live'),
      ),
    hubResumeMs: () =>
      resumeLimit(
        measured,
        realHubs.filter(({ handshakesPerSecond, sockets }) => handshakesPerSecond >= sockets),
      ),
    hubResumeReads: () =>
      realHubs
        .map(({ stormy, quiet }) => `${stormy.tableReads} in the storm, ${quiet.tableReads} in as long a quiet time`)
        .join(', '),
    slowP99: () => {
      const before = middle(slows, ({ p99MsBefore }) => p99MsBefore)
      const during = middle(slows, ({ p99MsDuring }) => p99MsDuring)
      return before === undefined ? undefined : `p99 of those who read went from ${before} to ${during} ms`
    },
    wideCores: () => wideLimit(measured.wide),
    wideP99Ms: () => wideLimit(measured.wide),
    hubWideCores: () => wideLimit(measured.wideHubs),
    hubWideP99Ms: () => wideLimit(measured.wideHubs),
  }
}
