import { expect, it } from 'vitest'
import { readFeedAddress } from './feed-address.ts'

it.each([
  ['nats://localhost', { servers: ['localhost'], tls: false }],
  ['nats://a:4222,b:4223,[::1]:4222/', { servers: ['a:4222', 'b:4223', '[::1]:4222'], tls: false }],
  ['tls://hub:p%40ss@n1.example:4222', { servers: ['n1.example:4222'], tls: true, user: 'hub', pass: 'p@ss' }],
  ['nats://token@n1', { servers: ['n1'], tls: false, user: 'token', pass: '' }],
])('%s', (text, address) => {
  expect(readFeedAddress(text)).toEqual(address)
})

it.each([
  'nats://',
  'http://a',
  'nats://a b',
  'nats://a,',
  'nats://a/b',
  'nats://a:123456',
  'nats://a?b',
  'nats://u:%zz@a',
])('%s is none', (text) => {
  expect(readFeedAddress(text)).toBeUndefined()
})
