import { expect, it } from 'vitest'
import { addDeltaDays, bruteForce, hasDeltaDays, TRIALS } from '../support/backtest.ts'
import { caseHubForFile } from '../support/for-file.ts'
import { record } from '../support/measures.ts'

const { database, hub } = await caseHubForFile()
const command = await hub.worker('national', ['TH'], 'Command')
const rule = {
  ...{ nameTh: 'ก', nameEn: 'A', option: null, areaKind: 'province', forSeconds: 0, severity: 'moderate' },
  ...{ owner: 'governor', ackMinutes: 30, escalateTo: null, sound: false, enabled: true },
}

it.skipIf(!hasDeltaDays)('rules tried on the Delta days, beside brute force in SQL', async () => {
  await addDeltaDays(database)
  let compared = 0
  let different = 0
  const rung: string[] = []
  for (const { says, value, ...watch } of TRIALS) {
    const expected = await bruteForce(database, value, watch.bound, watch.clearBound)
    const { status, body } = await command.post('/api/alert-rules/backtest', { ...rule, ...watch })
    expect(status).toBe(200)
    const { rang, floods, areas } = body
    const pairs = [
      [rang, expected.rang],
      [floods, expected.floods],
      ...areas.map(({ area, times }: { area: string; times: number }) => [times, expected.areas.get(area)]),
    ]
    compared += pairs.length
    different += pairs.filter(([said, counted]) => said !== counted).length
    rung.push(`${says} ${rang}`)
  }
  await record({
    ...{ name: 'numbers of trials of rules that differ from brute force in SQL', value: different, unit: 'numbers' },
    ...{ goal: '0', met: different === 0 },
    how: `${TRIALS.length} rules on the 30 Delta days until 19 July 2021 of the 18 provinces of the north: how often each rang (${rung.join(', ')}), its floods and its ten first places, ${compared} numbers`,
  })
  expect(different).toBe(0)
})
