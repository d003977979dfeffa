import { expect, it } from 'vitest'
import { forFile } from '../support/for-file.ts'
import { recordResult, resultOf } from './results.ts'
import type { World } from './stage.ts'
import { type Fault, type Suffered, suffer, untilLevel } from './suffer.ts'

export const IS_SHORT = process.env.CHAOS === 'short'
export const TIMES = IS_SHORT ? 1 : Number(process.env.TIMES ?? 20)
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

/** Lets each of the faults strike TIMES times, as soon as all is level again; ends with the first time that is not outlived. */
export function outlives<W extends World>(world: W, faults: readonly Fault<W>[]): void {
  it.each(faults.filter(({ isShort }) => isShort || !IS_SHORT))(
    '$failure',
    async (fault) => {
      const all: Suffered[] = []
      while (all.length < TIMES) {
        const suffered = await suffer(world, fault)
        all.push(suffered)
        if (suffered.lost + suffered.doubled + suffered.wrong + suffered.strange.length > 0) break
      }
      const result = resultOf(world.name, fault.failure, all)
      await recordResult(result)
      expect(result).toMatchObject({ times: TIMES, lost: 0, doubled: 0, wrong: 0, strange: [] })
    },
    FAULT_MS_MAX,
  )
}
