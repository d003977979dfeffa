import type { CrowdResult } from './measures/crowd.ts'
import type { RealHubResult } from './measures/real-hub.ts'
import type { ResumeResult } from './measures/resume.ts'
import type { Outcome } from './measures/sitting.ts'
import type { SlowResult } from './measures/slow.ts'
import type { SurgeResult } from './measures/surge.ts'
import type { WideResult } from './measures/wide.ts'
import type { WideHubResult } from './measures/wide-hub.ts'

/** A line for each thing measured, as soon as it is. Text only. */

const unless = (refused: string | undefined): string => (refused === undefined ? '' : ` (${refused})`)
const thousands = (value: number): string => `${(value / 1000).toFixed(1)} k`
const percent = (share: number): string => `${Math.round(share * 100)} %`

export function describeOutcome(outcome: Outcome): string {
  if ('failed' in outcome) return outcome.failed
  const { throughputs, failed } = outcome.result
  const passes = throughputs.map(({ bytes, perCpuSecond, shares, backlog, refused }) => {
    const busy = `server ${percent(shares.server)}, client ${percent(shares.client)}, ${backlog.after} behind`
    return `${bytes} B ${thousands(perCpuSecond)}/CPU-s, ${busy}${unless(refused)}`
  })
  return [...passes, ...(failed === undefined ? [] : [failed])].join(' · ')
}

export function describeSurge({ packed, calm, surge, refused }: SurgeResult): string {
  const rate = ({ eventsPerSecond, serverShare, bytesPerDelivery }: SurgeResult['calm']): string =>
    `${eventsPerSecond}/s ${serverShare.toFixed(3)} core at ${Math.round(bytesPerDelivery)} B a frame`
  return `${packed ? 'packed' : 'plain'}: ${rate(calm)} · ${rate(surge)}${unless(refused)}`
}

export function describeCrowd({ sockets, shards, loads, levelMs, refused }: CrowdResult): string {
  const [p50, p99] = ['p50', 'p99'] as const
  const parts = loads.map(({ load, httpMs, screenMs, perCpuSecond, gaps, closed }) => {
    const pair = (of: CrowdResult['loads'][number]['httpMs']): string =>
      `${of[p50].toFixed(1)}/${of[p99].toFixed(1)} ms`
    return `${load}: HTTP ${pair(httpMs)}, screen ${pair(screenMs)}, ${thousands(perCpuSecond)}/CPU-s, gaps ${gaps}, closed ${closed}`
  })
  const level = levelMs === null ? 'NOT level' : `level after ${Math.round(levelMs)} ms`
  return `${sockets} sockets ${shards ? 'in shards' : 'in one'}: ${parts.join(' · ')} · ${level}${unless(refused)}`
}

export function describeResume(result: ResumeResult): string {
  const { name, ms, serverSeconds, byDelta, whole, gaps, level, refused } = result
  const end = level ? 'all level' : 'NOT all at the same position'
  return `${name}: ${ms} ms, ${serverSeconds.toFixed(2)} CPU-s, ${byDelta} by delta, ${whole} by snapshot, gaps ${gaps}, ${end}${unless(refused)}`
}

export function describeRealHub(result: RealHubResult): string {
  const { handshakesPerSecond, ms, refusals, whole, stormy, refused } = result
  return `HANDSHAKES_PER_SECOND=${handshakesPerSecond}: ${ms} ms, ${refusals} told to wait, ${whole} by snapshot, ${stormy.tableReads} reads of tables${unless(refused)}`
}

type Wide = Pick<WideResult, 'sockets' | 'workers' | 'lost' | 'cores' | 'p50Ms' | 'p99Ms' | 'refused'>

export function describeWide({ sockets, workers, lost, cores, p50Ms, p99Ms, refused }: Wide): string {
  const cost = `${cores.toFixed(2)} core, p50 ${p50Ms} ms, p99 ${p99Ms} ms`
  return `${sockets} sockets on ${workers} workers: lost ${lost}, ${cost}${unless(refused)}`
}

export function describeWideHub(result: WideHubResult): string {
  const { sockets, ms, whole, lost } = result.killed
  const end = `${sockets} of a killed worker back after ${Math.round(ms)} ms, ${whole} by snapshot, lost ${lost}`
  return `${describeWide(result)}; ${end}`
}

export function describeSlow(result: SlowResult): string {
  const { sockets, stalled, p99MsBefore, p99MsDuring, lost, bytesPerStalled, closed, level, refused } = result
  const rest = `p99 ${p99MsBefore} → ${p99MsDuring} ms, lost ${lost}, ${Math.round(bytesPerStalled / 1024)} KiB a stalled socket`
  const end = level ? 'all level afterwards' : 'NOT all at the same position afterwards'
  return `${stalled} of ${sockets} stalled: ${rest}, closed ${closed}, ${end}${unless(refused)}`
}
