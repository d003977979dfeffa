import { expect, it } from 'vitest'
import { type Add, forFile } from '../support/for-file.ts'
import { recordResult, resultOf, tell, timesSoFar } from './results.ts'
import type { World } from './stage.ts'
import { type Fault, type Suffered, suffer, untilLevel } from './suffer.ts'

export const IS_SHORT = process.env.CHAOS === 'short'
export const TIMES = IS_SHORT ? 1 : Number(process.env.TIMES ?? 20)
/** ms since 1970, after which no further time begins (MINUTES): a run may be one part of several. */
const UNTIL = Number(process.env.CHAOS_UNTIL ?? Number.POSITIVE_INFINITY)
const FAULT_MS_MAX = 1_800_000

export type Suite<W extends World> = {
  readonly name: string
  /** why it cannot be run here */
  readonly without?: string | false
  readonly start: (add: Add) => Promise<W>
  readonly faults: readonly Fault<W>[]
}

/** A world that did not come back is a result too. */
function neverLevel(error: Error): Suffered {
  const nothing = { acknowledged: 0, lost: 0, doubled: 0, wrong: 0, mended: 0 }
  return { ...nothing, recoveryMs: Number.POSITIVE_INFINITY, strange: [error.stack ?? error.message] }
}

/**
 * Lets each of the faults strike TIMES times, as soon as all is level again; ends with the first time that is not
 * outlived. What the same commit did before counts.
 */
export async function outlives<W extends World>({ name, without, start, faults }: Suite<W>): Promise<void> {
  const chosen = faults.filter(({ isShort }) => isShort || !IS_SHORT)
  if (chosen.length === 0) return void it.skip(`${name}: not in the short run`)
  if (without) return void it.skip(`${name}: ${without}`)
  const world = await forFile(async (add) => {
    const started = await start(add)
    add(() => started.stop())
    await untilLevel(started)
    return started
  })
  it.for(chosen)('$failure', { timeout: FAULT_MS_MAX }, async (fault, { skip }) => {
    const missing = IS_SHORT ? 1 : TIMES - (await timesSoFar(name, fault.failure))
    if (missing <= 0) skip('it was struck often enough')
    const all: Suffered[] = []
    while (all.length < missing && Date.now() < UNTIL) {
      const suffered = await suffer(world, fault).catch(neverLevel)
      all.push(suffered)
      if (suffered.lost + suffered.doubled + suffered.wrong + suffered.strange.length > 0) break
    }
    if (all.length === 0) skip('no time is left')
    const result = resultOf(name, fault.failure, all)
    if (IS_SHORT) tell(result)
    else await recordResult(result)
    expect(result).toMatchObject({ lost: 0, doubled: 0, wrong: 0, strange: [] })
  })
}
