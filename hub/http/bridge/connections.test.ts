import { expect, test } from 'vitest'
import { Connections } from './connections.ts'

const ME = '203.0.113.9'

test('an address that holds too many connections is refused, others are not', () => {
  const connections = new Connections(2)
  expect([0, 1, 2].map((nowMs) => connections.open(ME, nowMs))).toEqual([true, true, false])
  expect(connections.open('203.0.113.10', 2)).toBe(true)
})

test('of IPv6, a network of one customer is one address', () => {
  const connections = new Connections(1)
  expect(connections.open('2001:db8:1:2::1', 0)).toBe(true)
  expect(connections.open('2001:db8:1:2::2', 0)).toBe(false)
  expect(connections.open('2001:db8:1:3::1', 0)).toBe(true)
})

test('a connection without a request counts for as long as it may stand', () => {
  const connections = new Connections(2)
  connections.open(ME, 0)
  connections.open(ME, 6000)
  expect(connections.open(ME, 12_999)).toBe(false)
  expect(connections.open(ME, 13_000)).toBe(true)
  expect(connections.open(ME, 13_000)).toBe(false)
})

test('one with a request counts until the answer is out, however long that takes', () => {
  const connections = new Connections(1)
  connections.open(ME, 0)
  const end = connections.begin(ME)
  expect(connections.open(ME, 60_000)).toBe(false)
  end()
  expect(connections.open(ME, 60_000)).toBe(true)
})
