import { expect, it } from 'vitest'
import { fuzzThrough, isThere } from '../security/fronts.ts'
import { record } from '../support/measures.ts'

/** HEADS and HEADS_SEED: another number of them, and one that is repeated. */
const HEADS = Number(process.env.HEADS ?? 100_000)
const SEED = Number(process.env.HEADS_SEED ?? Math.floor(Math.random() * 2 ** 31))
const FRONTS = (['nothing', 'nginx', 'HAProxy'] as const).filter(isThere)

it('odd heads', { timeout: 3_600_000 }, async () => {
  const statuses: string[] = []
  const failures: string[] = []
  let past = 0
  for (const [i, front] of FRONTS.entries()) {
    const found = await fuzzThrough(front, SEED + i, Math.ceil(HEADS / FRONTS.length))
    failures.push(...found.failures)
    past += found.past.length
    statuses.push(`${front} ${JSON.stringify(found.statuses)}`)
  }
  const how = `seed ${SEED}, ${Math.ceil(HEADS / FRONTS.length)} each through ${FRONTS.join(', ')}; answers: ${statuses.join('; ')}`
  await record(
    { name: 'odd heads sent', value: Math.ceil(HEADS / FRONTS.length) * FRONTS.length, unit: 'heads', how },
    {
      name: 'odd heads answered with a 5xx, or whose next clean request got no answer of its own',
      value: failures.length,
      unit: 'heads',
      goal: '0',
      met: failures.length === 0,
      how: '501 and 505 are refusals of a coding and a version that nobody here speaks',
    },
    {
      name: 'requests smuggled past nginx and HAProxy',
      value: past,
      unit: 'requests',
      goal: '0',
      met: past === 0,
      how: 'each front names what it passes on; one without such a name, or with one that was used, came past it',
    },
  )
  expect(failures.slice(0, 5), `seed ${SEED}`).toEqual([])
  expect(past).toBe(0)
})
