import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, totalmem } from 'node:os'
import path from 'node:path'

export const RESULTS = path.join(path.dirname(import.meta.dirname), 'results/measures.json')
/** A run that is interrupted leaves the figures of the one before. */
const RUNNING = `${RESULTS}.running`

/** One figure. `goal`: in words, with the number; whoever names one says whether it was `met`. */
export type Measure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** how it was taken, in a sentence */
  readonly how: string
} & ({ readonly goal: string; readonly met: boolean } | { readonly goal?: never; readonly met?: never })

export type Results = {
  readonly takenAt: string
  readonly machine: Readonly<Record<string, string | number>>
  readonly measures: readonly (Measure & { readonly loadBefore: number })[]
}

/** What the figures were taken on. Times on a shared machine are for comparison, not for quoting. */
function machine(): Results['machine'] {
  const all = cpus()
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  }
}

/** @returns what ends the run */
export async function beginResults(): Promise<() => Promise<void>> {
  await mkdir(path.dirname(RESULTS), { recursive: true })
  await writeResults({ takenAt: new Date().toISOString(), machine: machine(), measures: [] })
  return () => rename(RUNNING, RESULTS)
}

function writeResults(results: Results): Promise<void> {
  return writeFile(RUNNING, `${JSON.stringify(results, null, 2)}\n`)
}

/** Adds figures to `tests/results/measures.json` and says them. The files of a run follow one another, so nobody else writes. */
export async function record(...measures: readonly Measure[]): Promise<void> {
  const results = JSON.parse(await readFile(RUNNING, 'utf8')) as Results
  const loadBefore = Math.round((loadavg()[0] ?? 0) * 100) / 100
  await writeResults({
    ...results,
    measures: [...results.measures, ...measures.map((each) => ({ ...each, loadBefore }))],
  })
  for (const { name, value, unit, goal, met } of measures) {
    console.log(`${name}: ${value} ${unit}${goal === undefined ? '' : ` (goal ${goal}: ${met ? 'met' : 'MISSED'})`}`)
  }
}

/** The value below which `share` of the sorted samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  if (value === undefined) throw new Error('a quantile of no samples')
  return value
}
