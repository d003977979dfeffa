import path from 'node:path'
import { expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { fuzzRunning } from '../security/bodies.ts'
import { record } from '../support/measures.ts'
import { createTestDatabase } from '../support/pg.ts'

/** BODIES and BODIES_SEED: another number of them, and one that is repeated. BODIES_MINUTES: when to stop before. */
const BODIES = Number(process.env.BODIES ?? 1_000_000)
const SEED = Number(process.env.BODIES_SEED ?? Math.floor(Math.random() * 2 ** 31))
const MINUTES = Number(process.env.BODIES_MINUTES ?? 300)
const ENDS_MS = 600_000

it('odd bodies', { timeout: MINUTES * 60_000 + ENDS_MS }, async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  const database = await createTestDatabase()
  try {
    const found = await fuzzRunning({
      ...{ database, count: BODIES, seed: SEED, msMax: MINUTES * 60_000 },
      onMinute: (sent, failures) => console.log(sent, failures.length, failures.slice(-3).join('\n')),
    })
    const { sent, failures, notEntered, differences, statuses } = found
    const totals: Record<string, number> = {}
    for (const counts of Object.values(statuses)) {
      for (const [status, n] of Object.entries(counts)) totals[status] = (totals[status] ?? 0) + n
    }
    const routes = Object.entries(statuses).map(([name, counts]) => `${name} ${JSON.stringify(counts)}`)
    console.log(routes.join('\n'))
    const how = `seed ${SEED}, ${routes.length} routes of a running hub over TCP, by every role and strangers; answers ${JSON.stringify(totals)}`
    await record(
      { name: 'odd bodies sent', value: sent, unit: 'bodies', how },
      {
        name: 'odd bodies answered with a 5xx, with a refusal that says nothing, not at all, or that the log calls an error',
        value: failures.length,
        unit: 'bodies',
        goal: '0',
        met: failures.length === 0,
        how: 'the hub still runs at the end',
      },
      {
        name: 'routes that odd bodies did not enter',
        value: notEntered.length,
        unit: 'routes',
        goal: '0',
        met: notEntered.length === 0,
        how: `entered: a valid request was let in, and an odd one refused by what it says. ${notEntered.join('; ')}`.trim(),
      },
      {
        name: 'cells and rows that differ from SQL after odd bodies',
        value: differences.length,
        unit: 'cells and rows',
        goal: '0',
        met: differences.length === 0,
        how: 'as npm run verify',
      },
    )
    expect(failures.slice(0, 20), `seed ${SEED}`).toEqual([])
    expect(notEntered).toEqual([])
    expect(differences).toEqual([])
  } finally {
    await database.drop()
  }
})
