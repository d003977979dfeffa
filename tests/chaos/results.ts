import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { commitNow, machine } from '../support/measures.ts'
import type { Suffered } from './suffer.ts'

const FILE = path.join(process.env.RESULTS ?? path.join(import.meta.dirname, '../results'), 'chaos.json')

/** What became of a fault. */
export type Result = Omit<Suffered, 'recoveryMs'> & {
  readonly world: string
  readonly fault: string
  readonly times: number
  /** ms from the end of the fault until every screen was level, of each time, ascending */
  readonly recoveries: readonly number[]
}

/** `load`: of the machine, after the last time */
type Taken = Result & {
  readonly recoveryMs: { readonly min: number; readonly median: number; readonly max: number }
  readonly commit: string
  readonly takenAt: string
  readonly load: number
}
type Results = { readonly machine: Readonly<Record<string, string | number>>; readonly faults: readonly Taken[] }

const sum = (all: readonly Suffered[], of: (one: Suffered) => number): number =>
  all.reduce((total, one) => total + of(one), 0)

const ascending = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b)

export function resultOf(world: string, fault: string, all: readonly Suffered[]): Result {
  return {
    world,
    fault,
    times: all.length,
    acknowledged: sum(all, (one) => one.acknowledged),
    lost: sum(all, (one) => one.lost),
    doubled: sum(all, (one) => one.doubled),
    wrong: sum(all, (one) => one.wrong),
    mended: sum(all, (one) => one.mended),
    strange: [...new Set(all.flatMap((one) => one.strange))],
    recoveries: ascending(all.map(({ recoveryMs }) => Math.round(recoveryMs)).filter(Number.isFinite)),
  }
}

export function addResults(one: Result, other: Result): Result {
  return {
    world: one.world,
    fault: one.fault,
    times: one.times + other.times,
    acknowledged: one.acknowledged + other.acknowledged,
    lost: one.lost + other.lost,
    doubled: one.doubled + other.doubled,
    wrong: one.wrong + other.wrong,
    mended: one.mended + other.mended,
    strange: [...new Set([...one.strange, ...other.strange])],
    recoveries: ascending([...one.recoveries, ...other.recoveries]),
  }
}

async function readFaults(): Promise<readonly Taken[]> {
  return existsSync(FILE) ? (JSON.parse(await readFile(FILE, 'utf8')) as Results).faults : []
}

/** Of the commit that is checked out as it stands: a suite may run in parts. */
async function resultSoFar(world: string, fault: string): Promise<Result | undefined> {
  const commit = await commitNow()
  if (commit.endsWith('+')) return undefined
  return (await readFaults()).find((one) => one.commit === commit && one.world === world && one.fault === fault)
}

export async function timesSoFar(world: string, fault: string): Promise<number> {
  return (await resultSoFar(world, fault))?.times ?? 0
}

/** Adds to what the same commit did; takes the place of another's. What was not run stays, with its commit. */
export async function recordResult(now: Result): Promise<void> {
  await mkdir(path.dirname(FILE), { recursive: true })
  const before = await resultSoFar(now.world, now.fault)
  const result = before === undefined ? now : addResults(before, now)
  const { recoveries } = result
  const recoveryMs = {
    min: recoveries[0] ?? 0,
    median: recoveries[Math.floor(recoveries.length / 2)] ?? 0,
    max: recoveries.at(-1) ?? 0,
  }
  const load = Math.round((loadavg()[0] ?? 0) * 100) / 100
  const taken = { ...result, recoveryMs, commit: await commitNow(), takenAt: new Date().toISOString(), load }
  const others = (await readFaults()).filter(({ world, fault }) => world !== result.world || fault !== result.fault)
  const faults = [...others, taken].sort((a, b) => `${a.world} ${a.fault}`.localeCompare(`${b.world} ${b.fault}`, 'en'))
  await writeFile(FILE, `${JSON.stringify({ machine: machine(), faults } satisfies Results, null, 2)}\n`)
  tell(result)
}

export function tell({ world, fault, times, acknowledged, lost, doubled, wrong, mended, recoveries }: Result): void {
  const [min, median, max] = [recoveries[0], recoveries[Math.floor(recoveries.length / 2)], recoveries.at(-1)]
  console.log(
    `${world}, ${fault}: ${times} times, ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled, ${wrong} wrong, ` +
      `${mended} mended, recovery ${min} / ${median} / ${max} ms`,
  )
}
