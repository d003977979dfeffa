import { expect, test } from 'vitest'
import { addResults, resultOf } from './results.ts'
import type { Suffered } from './suffer.ts'

const suffered = (recoveryMs: number, more: Partial<Suffered> = {}): Suffered => ({
  ...{ acknowledged: 10, lost: 0, doubled: 0, wrong: 0, mended: 0, strange: [] },
  recoveryMs,
  ...more,
})

test('the times of a fault are added up', () => {
  expect(resultOf('w', 'f', [suffered(300.4), suffered(100, { lost: 1, strange: ['x'] })])).toEqual({
    ...{ world: 'w', fault: 'f', times: 2, acknowledged: 20, lost: 1, doubled: 0, wrong: 0, mended: 0 },
    strange: ['x'],
    recoveries: [100, 300],
  })
})

test('a run in two parts says what one whole run would', () => {
  const all = [suffered(5), suffered(900, { wrong: 3, strange: ['x'] }), suffered(7), suffered(6, { strange: ['x'] })]
  const parts = [all.slice(0, 1), all.slice(1)].map((part) => resultOf('w', 'f', part))
  expect(addResults(parts[0]!, parts[1]!)).toEqual(resultOf('w', 'f', all))
})

test('a world that never came back is a time, with its reason, and no recovery', () => {
  const result = resultOf('w', 'f', [suffered(Number.POSITIVE_INFINITY, { strange: ['not level'] })])
  expect(result).toMatchObject({ times: 1, strange: ['not level'], recoveries: [] })
})
