import { expect, it } from 'vitest'
import { forFile } from '../support/for-file.ts'
import { recordResult, resultOf, tell, timesSoFar } from './results.ts'
import type { World } from './stage.ts'
import { type Fault, type Suffered, suffer, untilLevel } from './suffer.ts'

export const IS_SHORT = process.env.CHAOS === 'short'
export const TIMES = IS_SHORT ? 1 : Number(process.env.TIMES ?? 20)
/** When no further time begins: a run may be one part of several. */
const UNTIL = performance.now() + 60_000 * Number(process.env.MINUTES || Number.POSITIVE_INFINITY)
const FAULT_MS_MAX = 1_800_000

/** A world that is level, and gone after the file's last test. */
export function worldForFile<W extends World>(start: () => Promise<W>): Promise<W> {
  return forFile(async (add) => {
    const world = await start()
    add(() => world.stop())
    await untilLevel(world)
    return world
  })
}

/**
 * Lets each of the faults strike TIMES times, as soon as all is level again; ends with the first time that is not
 * outlived. What the same commit did before counts.
 */
export function outlives<W extends World>(world: W, faults: readonly Fault<W>[]): void {
  it.for(faults.filter(({ isShort }) => isShort || !IS_SHORT))(
    '$failure',
    { timeout: FAULT_MS_MAX },
    async (fault, { skip }) => {
      const missing = IS_SHORT ? 1 : TIMES - (await timesSoFar(world.name, fault.failure))
      if (missing <= 0) skip('it was struck often enough')
      const all: Suffered[] = []
      while (all.length < missing && performance.now() < UNTIL) {
        const suffered = await suffer(world, fault)
        all.push(suffered)
        if (suffered.lost + suffered.doubled + suffered.wrong + suffered.strange.length > 0) break
      }
      if (all.length === 0) skip('no time is left')
      const result = resultOf(world.name, fault.failure, all)
      if (IS_SHORT) tell(result)
      else await recordResult(result)
      expect(result).toMatchObject({ lost: 0, doubled: 0, wrong: 0, strange: [] })
    },
  )
}
