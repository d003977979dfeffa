import { expect, test } from 'vitest'
import { serveBridge } from '../http/servers.ts'
import { fuzzThrough, isThere } from './fronts.ts'
import { isAnswered, noting, smuggled } from './heads.ts'

const RUNS = 1_500
/** Printed when it fails; HEADS_SEED repeats it. */
const SEED = Number(process.env.HEADS_SEED ?? Math.floor(Math.random() * 2 ** 31))

test('heads as no client sends them: the hub refuses or serves each, and goes on', { timeout: 300_000 }, async () => {
  const { failures, statuses } = await fuzzThrough('nothing', SEED, RUNS)
  expect(failures, `seed ${SEED}`).toEqual([])
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400']))
})

for (const front of ['nginx', 'HAProxy'] as const) {
  test.skipIf(!isThere(front))(
    `through ${front} no request is smuggled past it, and nobody gets the answer of somebody else`,
    { timeout: 300_000 },
    async () => {
      const { failures, brought, past } = await fuzzThrough(front, SEED, RUNS)
      expect(failures, `seed ${SEED}`).toEqual([])
      expect(brought).toBeGreaterThan(RUNS)
      expect(past, `seed ${SEED}`).toEqual([])
    },
  )
}

test('a request that a front has not brought is seen', async () => {
  const { fetch, brought } = noting()
  const hub = await serveBridge(fetch)
  try {
    expect(await isAnswered(hub.port, '/past-the-front')).toBe(true)
  } finally {
    await hub.stop()
  }
  expect(smuggled(brought)).toEqual([null])
  expect(smuggled(['a'.repeat(32), 'a'.repeat(32), 'forged'])).toEqual(['a'.repeat(32), 'forged'])
})
