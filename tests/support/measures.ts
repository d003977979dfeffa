import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { cpus, loadavg, release, totalmem } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const RESULTS = path.join(path.dirname(import.meta.dirname), 'results/measures.json')
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

/** A figure as it is kept: of which commit and moment, and how busy the machine was before. */
type Taken = Measure & { readonly commit: string; readonly takenAt: string; readonly loadBefore: number }

type Results = {
  readonly machine: Readonly<Record<string, string | number>>
  readonly measures: readonly Taken[]
}

/** What the figures were taken on. Times on a shared machine are for comparison, not for quoting. */
export function machine(): Results['machine'] {
  const all = cpus()
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.version,
  }
}

/** @returns what ends the run: its figures take the place of those of the same name; what it did not measure stays, with its commit */
export async function beginResults(): Promise<() => Promise<void>> {
  await mkdir(path.dirname(RESULTS), { recursive: true })
  await writeResults({ machine: machine(), measures: [] })
  return async () => {
    const { machine, measures: taken } = await readResults(RUNNING)
    const names = new Set(taken.map(({ name }) => name))
    const { measures: before } = existsSync(RESULTS) ? await readResults(RESULTS) : { measures: [] }
    const all = [...before.filter(({ name }) => !names.has(name)), ...taken]
    await writeResults({ machine, measures: all.sort((a, b) => a.name.localeCompare(b.name, 'en')) })
    await rename(RUNNING, RESULTS)
  }
}

async function readResults(file: string): Promise<Results> {
  return JSON.parse(await readFile(file, 'utf8')) as Results
}

/** The commit that is measured; `+` after it when files differ from it. */
export async function commitNow(): Promise<string> {
  const git = async (...args: string[]) => (await promisify(execFile)('git', args)).stdout.trim()
  const changed = await git('status', '--porcelain', '--', '.', ':!tests/results')
  return `${await git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : '+'}`
}

function writeResults(results: Results): Promise<void> {
  return writeFile(RUNNING, `${JSON.stringify(results, null, 2)}\n`)
}

/** Adds figures to `tests/results/measures.json` and says them. The files of a run follow one another, so nobody else writes. */
export async function record(...measures: readonly Measure[]): Promise<void> {
  const results = await readResults(RUNNING)
  const loadBefore = Math.round((loadavg()[0] ?? 0) * 100) / 100
  const taken = { commit: await commitNow(), takenAt: new Date().toISOString(), loadBefore }
  await writeResults({
    ...results,
    measures: [...results.measures, ...measures.map((each) => ({ ...each, ...taken }))],
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
