import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import path from 'node:path'
import { commitNow, machine } from '../support/measures.ts'
import type { Suffered } from './suffer.ts'

const FILE = path.join(process.env.RESULTS ?? path.join(import.meta.dirname, '../results'), 'chaos.json')

/** What became of a fault, of all times of one run. `recoveryMs`: from its end until every screen was level. */
export type Result = {
  readonly world: string
  readonly fault: string
  readonly times: number
  readonly acknowledged: number
  readonly lost: number
  readonly doubled: number
  readonly wrong: number
  readonly mended: number
  readonly strange: readonly string[]
  readonly recoveryMs: { readonly min: number; readonly median: number; readonly max: number }
}

type Taken = Result & { readonly commit: string; readonly takenAt: string; readonly load: number }
type Results = { readonly machine: Readonly<Record<string, string | number>>; readonly faults: readonly Taken[] }

const sum = (all: readonly Suffered[], of: (one: Suffered) => number): number =>
  all.reduce((total, one) => total + of(one), 0)

export function resultOf(world: string, fault: string, all: readonly Suffered[]): Result {
  const times = all.map(({ recoveryMs }) => Math.round(recoveryMs)).sort((a, b) => a - b)
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
    recoveryMs: { min: times[0] ?? 0, median: times[Math.floor(times.length / 2)] ?? 0, max: times.at(-1) ?? 0 },
  }
}

/** Takes the place of the fault's result before; the others stay, each with its commit. */
export async function recordResult(result: Result): Promise<void> {
  await mkdir(path.dirname(FILE), { recursive: true })
  const { faults: before } = existsSync(FILE)
    ? (JSON.parse(await readFile(FILE, 'utf8')) as Results)
    : { faults: [] as Taken[] }
  const load = Math.round((loadavg()[0] ?? 0) * 100) / 100
  const taken = { ...result, commit: await commitNow(), takenAt: new Date().toISOString(), load }
  const faults = [...before.filter(({ world, fault }) => world !== result.world || fault !== result.fault), taken]
  faults.sort((a, b) => `${a.world} ${a.fault}`.localeCompare(`${b.world} ${b.fault}`, 'en'))
  await writeFile(FILE, `${JSON.stringify({ machine: machine(), faults } satisfies Results, null, 2)}\n`)
  const { times, acknowledged, lost, doubled, wrong, mended, recoveryMs } = result
  console.log(
    `${result.world}, ${result.fault}: ${times} times, ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled, ` +
      `${wrong} wrong, ${mended} mended, recovery ${recoveryMs.min} / ${recoveryMs.median} / ${recoveryMs.max} ms`,
  )
}
