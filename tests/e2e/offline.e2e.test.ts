import path from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { measureOfflineQueue } from '../support/offline-queue.ts'

beforeAll(async () => {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
})

it('a crashed tab, a killed browser and a killed hub: nothing is lost, nothing is doubled', async () => {
  expect(await measureOfflineQueue(3)).toMatchObject({ recorded: 6, lost: 0, doubled: 0, leftOnPhone: 0 })
}, 240_000)
