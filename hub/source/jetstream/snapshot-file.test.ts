import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { expect, it } from 'vitest'
import type { Snapshot } from '../../situation/index.ts'
import { FeedFormatError, SHAPE } from './message.ts'
import { freeze, thaw } from './snapshot-file.ts'

const snapshot: Snapshot = {
  ...{ epoch: 'e', position: 12, at: 34 },
  groups: [
    { table: 'cases', metric: 0, row: { district: '5001', report_day: '2021-11-11' }, n: 3 },
    { table: 'cases', metric: 0, row: { district: '50', report_day: '2021-08-01' }, n: -2 },
    { table: 'cases', metric: 1, row: { district: '5001' }, n: 1 },
  ],
  rows: [
    { table: 'facilities', row: { id: '1', name_th: 'รพ.', lat: null } },
    { table: 'facilities', row: { id: '2' } },
    { table: 'operation', row: { id: '1', day: '2021-11-11' } },
  ],
}

it('a snapshot comes out of the store as it was put in, with the message that it holds last', async () => {
  const found = await thaw(await freeze(snapshot)(77))
  expect(found.sequence).toBe(77)
  const { groups, rows, ...head } = found.snapshot
  expect(head).toEqual({ epoch: 'e', position: 12, at: 34 })
  expect([...groups]).toEqual(snapshot.groups)
  expect([...rows]).toEqual(snapshot.rows)
})

it('one of another version is refused', async () => {
  const file = (await promisify(gunzip)(await freeze(snapshot)(1))).toString()
  const other = await promisify(gzip)(file.replace(SHAPE, 'another'))
  await expect(thaw(other)).rejects.toThrow(FeedFormatError)
})
