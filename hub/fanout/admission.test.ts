import { describe, expect, it } from 'vitest'
import type { Pass } from '../authorize/pass.ts'
import {
  ADDRESS_SHARE,
  ADDRESSES_MAX,
  Admission,
  ANONYMOUS_SHARE,
  addressKey,
  Buckets,
  SCARCE_FROM,
  SCARCE_MS,
  SCARCE_UNTIL,
} from './admission.ts'
import type { Viewer } from './link.ts'

const LIMITS = { handshakesPerSecond: 100, socketsPerAddress: 50, socketsMax: 1000 }
const SHARE = LIMITS.handshakesPerSecond * ADDRESS_SHARE

const from = (address: string, account?: string): Viewer => ({
  address,
  pass: account === undefined ? null : ({ grant: { account } } as Pass),
})

/** Opens and closes at once, `times` times. @returns how many were admitted */
function knock(door: Admission, viewer: Viewer, times: number, now: number): number {
  let admitted = 0
  for (let i = 0; i < times; i++) {
    if (door.admit(viewer, now) !== 'admitted') continue
    admitted += 1
    door.opened(viewer)
    door.closed(viewer)
  }
  return admitted
}

/** A crowd, each from an address of its own, ten times. @returns how many were admitted */
function knockAll(door: Admission, crowd: readonly Viewer[], now: number): number {
  return crowd.reduce((sum, viewer) => sum + knock(door, viewer, 10, now), 0)
}

describe('the pace of handshakes', () => {
  it('is bounded over all addresses, and refills', () => {
    const door = new Admission(LIMITS)
    const viewers = Array.from({ length: 20 }, (_, i) => from(`10.0.0.${i}`, `account ${i}`))
    const crowd = (now: number): number => knockAll(door, viewers, now)
    expect(crowd(0)).toBe(100)
    expect(crowd(0)).toBe(0)
    expect(crowd(500)).toBe(50)
  })

  it('leaves the others their handshakes when one address opens and closes at full speed', () => {
    const door = new Admission(LIMITS)
    let others = 0
    for (let i = 0; i < 250; i++) {
      knock(door, from('203.0.113.9'), 25, i * 20)
      others += knock(door, from(`10.0.${i % 20}.1`), 1, i * 20)
    }
    expect(others).toBe(250)
    expect(knock(door, from('203.0.113.9'), 1000, 60_000)).toBe(SHARE)
  })

  it('lets those with an account in, however many addresses without one knock', () => {
    const door = new Admission(LIMITS)
    const viewers = Array.from({ length: 50 }, (_, i) => from(`203.0.113.${i}`))
    const strangers = (now: number): number => knockAll(door, viewers, now)
    expect(strangers(0)).toBe(LIMITS.handshakesPerSecond * ANONYMOUS_SHARE)
    expect(knock(door, from('10.0.0.1', 'a responder'), 30, 0)).toBe(20)
    let responders = 0
    for (let i = 1; i <= 100; i++) {
      strangers(i * 100)
      responders += knock(door, from(`10.0.0.${i % 20}`, `responder ${i % 20}`), 2, i * 100)
    }
    expect(responders).toBe(200)
  })

  it('takes the 2⁶⁴ addresses of one IPv6 customer for one', () => {
    const door = new Admission(LIMITS)
    let admitted = 0
    for (let i = 0; i < 200; i++) admitted += knock(door, from(`2001:db8:1:2::${i.toString(16)}`), 1, 0)
    expect(admitted).toBe(SHARE)
    expect(knock(door, from('2001:db8:1:3::1'), 1, 0)).toBe(1)
  })

  it('remembers a bounded number of addresses, and forgets one not seen again', () => {
    const buckets = new Buckets(1, 1, 3)
    expect(['a', 'b', 'c', 'a'].map((key) => buckets.take(key, 0))).toEqual([true, true, true, false])
    expect(buckets.take('d', 0)).toBe(true)
    expect(['a', 'b'].map((key) => buckets.take(key, 0))).toEqual([false, true])
    expect(ADDRESSES_MAX).toBeGreaterThan(2500)
  })

  it('a newcomer among addresses that are all in use is remembered as well, and the oldest goes', () => {
    const buckets = new Buckets(1, 1, 3)
    for (const key of ['a', 'b', 'c', 'a', 'b', 'c']) buckets.take(key, 0)
    expect(['d', 'd', 'c', 'b'].map((key) => buckets.take(key, 0))).toEqual([true, false, false, false])
    expect(buckets.take('a', 0)).toBe(true)
  })
})

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8::5', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', ''],
])('an address %s counts as %s', (address, key) => {
  expect(addressKey(address)).toBe(key)
})

describe('open sockets', () => {
  const fill = (door: Admission, viewers: readonly Viewer[]): void => {
    for (const viewer of viewers) door.opened(viewer)
  }
  const fifty = (viewer: (i: number) => Viewer): Viewer[] => Array.from({ length: 50 }, (_, i) => viewer(i))

  it('of one address are bounded, and one that closes makes room', () => {
    const door = new Admission(LIMITS)
    fill(
      door,
      fifty(() => from('10.0.0.1')),
    )
    expect(door.admit(from('10.0.0.1'), 0)).toBe('tooMany')
    expect(door.admit(from('10.0.0.2'), 0)).toBe('admitted')
    door.closed(from('10.0.0.1'))
    expect(door.admit(from('10.0.0.1'), 0)).toBe('admitted')
  })

  it('of one account are bounded, from however many addresses', () => {
    const door = new Admission(LIMITS)
    fill(
      door,
      fifty((i) => from(`10.0.0.${i}`, 'a')),
    )
    expect(door.admit(from('10.0.1.1', 'a'), 0)).toBe('tooMany')
    expect(door.admit(from('10.0.1.1', 'b'), 0)).toBe('admitted')
    expect(door.admit(from('10.0.1.1'), 0)).toBe('admitted')
  })

  it('of all are bounded: SOCKETS_MAX', () => {
    const door = new Admission({ ...LIMITS, socketsMax: 50 })
    fill(
      door,
      fifty((i) => from(`10.0.0.${i}`)),
    )
    expect(door.admit(from('10.0.1.1'), 0)).toBe('busy')
    door.closed(from('10.0.0.1'))
    expect(door.admit(from('10.0.1.1'), 0)).toBe('admitted')
  })
})

describe('[C6] the clients of a hub that stops', () => {
  const RATE = 2500
  const filled = (sockets: number, addresses: number): Admission => {
    const door = new Admission({ ...LIMITS, handshakesPerSecond: RATE })
    for (let i = 0; i < sockets; i++) door.opened(from(`10.0.0.${i % addresses}`))
    return door
  }

  it.each([
    [19_000, 1, 200],
    [19_000, 3, 200],
    [2000, 1, 1],
    [10, 1, 10],
  ])('%i come back to %i hubs no faster than they are admitted, from %i addresses', (sockets, hubs, addresses) => {
    const seconds = filled(sockets, addresses).handOverMs(hubs, 2000) / 1000
    expect(seconds).toBeGreaterThanOrEqual(2)
    expect(sockets / seconds).toBeLessThanOrEqual(RATE * hubs)
    expect(sockets / addresses / seconds).toBeLessThanOrEqual(RATE * hubs * ADDRESS_SHARE)
  })

  it('come back within two seconds when they are few', () => {
    expect(filled(1000, 20).handOverMs(1, 2000)).toBe(2000)
  })
})

describe('whether visitors may have sockets', () => {
  it('sockets are scarce from four fifths of all on, until a tenth of all is free again', () => {
    const door = new Admission(LIMITS)
    const crowd = Array.from({ length: LIMITS.socketsMax * SCARCE_FROM }, (_, i) => from(`10.0.${i >> 8}.${i & 255}`))
    for (const viewer of crowd) door.opened(viewer)
    expect(door.sockets(0)).toBe('open')
    door.opened(from('10.9.0.1'))
    expect(door.sockets(0)).toBe('scarce')
    for (const viewer of crowd.slice(0, LIMITS.socketsMax * (SCARCE_FROM - SCARCE_UNTIL))) door.closed(viewer)
    expect(door.sockets(0)).toBe('scarce')
    door.closed(from('10.9.0.1'))
    expect(door.sockets(0)).toBe('open')
  })

  it('they are for a minute after somebody was turned away of all, and not for what one address had too much of', () => {
    const door = new Admission(LIMITS)
    knock(door, from('203.0.113.9'), 1000, 0)
    expect(door.sockets(0)).toBe('open')
    knockAll(
      door,
      Array.from({ length: 20 }, (_, i) => from(`10.0.0.${i}`)),
      0,
    )
    expect([0, SCARCE_MS - 1, SCARCE_MS].map((now) => door.sockets(now))).toEqual(['scarce', 'scarce', 'open'])
  })
})
