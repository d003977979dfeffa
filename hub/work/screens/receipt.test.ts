import { expect, test } from 'vitest'
import { receiptOf } from './receipt.ts'

test('a hub that did not answer is named to who administers or commands, and counted for others', () => {
  const input = {
    scope: 'nation',
    position: 7,
    screens: [],
    receipts: [],
    links: new Map(),
    silent: ['north:8080'],
  } as const
  expect(receiptOf({ ...input, mayName: true }).silent).toEqual(['north:8080'])
  expect(receiptOf({ ...input, mayName: false }).silent).toEqual([null])
})
