import { expect, it } from 'vitest'
import { Acknowledgement, UNANSWERED_BYTES_MAX } from './acknowledgement.ts'

const MUCH = UNANSWERED_BYTES_MAX + 1

/** A client that has answered its first ping, after `MUCH` bytes. */
function proven(): Acknowledgement {
  const client = new Acknowledgement()
  expect(client.beat(MUCH, 0)).toBe('ping')
  expect(client.pong(client.ping(0))).toBe(true)
  return client
}

it('asks nobody to whom little is sent', () => {
  const client = new Acknowledgement()
  for (let beat = 0; beat < 1000; beat++) expect(client.beat(beat * 100, beat * 1000)).toBeUndefined()
})

it('asks again after as many bytes more, and is content with a pong in time', () => {
  const client = proven()
  expect(client.beat(2 * MUCH - 2, 1000)).toBeUndefined()
  expect(client.beat(2 * MUCH, 2000)).toBe('ping')
  const ping = client.ping(2000)
  expect(client.beat(3 * MUCH, 3000)).toBeUndefined()
  expect(client.pong(ping)).toBe(true)
  expect(client.beat(3 * MUCH, 4000)).toBe('ping')
})

it('finds one late after 2 s and three beats, so that a hub that stood still judges nobody', () => {
  const client = proven()
  client.beat(2 * MUCH, 1000)
  client.ping(1000)
  expect([client.beat(3 * MUCH, 60_000), client.beat(3 * MUCH, 60_001)]).toEqual([undefined, undefined])
  expect(client.beat(3 * MUCH, 60_002)).toBe('late')
})

it('takes only the pong of the newest ping, and no other', () => {
  const client = proven()
  const [first, second] = [client.ping(0), client.ping(1)]
  expect([client.pong(''), client.pong(first), client.pong(second), client.pong(second)]).toEqual([
    false,
    false,
    true,
    false,
  ])
})

it('does not judge a client that has never answered a ping', () => {
  const client = new Acknowledgement()
  client.beat(MUCH, 0)
  client.ping(0)
  for (let beat = 1; beat < 100; beat++) expect(client.beat(beat * MUCH, beat * 1000)).toBeUndefined()
})

it('asks a client that has left a busy scope after as many bytes as any other', () => {
  const client = proven()
  expect(client.beat(100, 1000)).toBeUndefined()
  expect(client.beat(100 + MUCH, 2000)).toBe('ping')
})
