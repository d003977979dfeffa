import { expect, it } from 'vitest'
import { record } from '../support/measures.ts'
import { measureOfflineQueue } from '../support/offline-queue.ts'

it('the offline queue survives a killed tab, a killed browser and a hub killed twice', async () => {
  const { recorded, lost, doubled, leftOnPhone, kills, ms } = await measureOfflineQueue()
  const how = `${recorded} requests recorded in Chromium without a hub; hub killed ${kills.hub} times with SIGKILL, once while it saved them, tab crashed ${kills.tab} time, browser killed ${kills.browser} time; rows counted in PostgreSQL; ${Math.round(ms / 1000)} s`
  await record(
    { name: 'offline queue, records lost', value: lost, unit: 'records', goal: '0', met: lost === 0, how },
    { name: 'offline queue, records doubled', value: doubled, unit: 'records', goal: '0', met: doubled === 0, how },
    {
      name: 'offline queue, personal texts left on the phone after sending',
      value: leftOnPhone,
      unit: 'texts',
      goal: '0',
      met: leftOnPhone === 0,
      how,
    },
  )
  expect({ lost, doubled, leftOnPhone }).toEqual({ lost: 0, doubled: 0, leftOnPhone: 0 })
})
