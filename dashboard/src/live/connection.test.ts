import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CLOSE } from '../../../hub/contract/live/close.ts'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'
import {
  BACKOFF_BASE_MS,
  BACKOFF_MAX_MS,
  backOffMs,
  CONNECT_TIMEOUT_MS,
  type ConnectionEvent,
  type ConnectionState,
  DEAD_AFTER_MS,
  dueAt,
  OFFLINE_RETRY_MS,
  ONLINE_SPREAD_MS,
  SETTLED_AFTER_MS,
  STALE_AFTER_MS,
  startState,
  step,
  VERSION_RELOAD_EVERY_MS,
} from './connection.ts'

const hello = { kind: 'hello', version: PROTOCOL_VERSION } as const
const at = (now: number, random = 0.5) => ({ now, random })

/** Runs `[time, event]` pairs; @returns the last state and every effect with its time. */
function run(events: readonly (readonly [number, ConnectionEvent])[], from = startState(null), random = 0.5) {
  let state: ConnectionState = from
  const effects: string[] = []
  for (const [now, event] of events) {
    const next = step(state, event, at(now, random))
    state = next.state
    effects.push(...next.effects.map((effect) => `${now} ${effect}`))
  }
  return { state, effects }
}

const opened = [
  [1000, { kind: 'start' }],
  [1100, hello],
] as const

describe('connection', () => {
  test('opens a socket on start and subscribes on hello', () => {
    const { state, effects } = run(opened)
    expect(state).toMatchObject({ kind: 'open', heardAt: 1100 })
    expect(effects).toEqual(['1000 open', '1100 subscribe'])
  })

  test('two seconds without any frame are stale, a frame makes it live again', () => {
    const before = run([...opened, [1100 + STALE_AFTER_MS - 1, { kind: 'tick' }]])
    expect(before.state.kind).toBe('open')
    const stale = run([...opened, [1100 + STALE_AFTER_MS, { kind: 'tick' }]])
    expect(stale.state.kind).toBe('stale')
    expect(run([[9000, { kind: 'heard' }]], stale.state).state).toMatchObject({ kind: 'open', heardAt: 9000 })
  })

  test('a socket that stays silent is given up: TCP would keep a dead one for minutes', () => {
    const { state, effects } = run([
      ...opened,
      [1100 + STALE_AFTER_MS, { kind: 'tick' }],
      [1100 + DEAD_AFTER_MS, { kind: 'tick' }],
    ])
    expect(state.kind).toBe('waiting')
    expect(effects).toContain(`${1100 + DEAD_AFTER_MS} close`)
  })

  test('a handshake that does not end is given up', () => {
    const { state } = run([
      [0, { kind: 'start' }],
      [CONNECT_TIMEOUT_MS, { kind: 'tick' }],
    ])
    expect(state.kind).toBe('waiting')
  })

  test('back-off doubles its ceiling, with full jitter', () => {
    expect(backOffMs(0, 0)).toBe(0)
    expect(backOffMs(0, 0.999)).toBeLessThan(BACKOFF_BASE_MS)
    expect(backOffMs(3, 0.5)).toBe(BACKOFF_BASE_MS * 4)
    expect(backOffMs(60, 0.999)).toBeLessThan(BACKOFF_MAX_MS)
  })

  test('a link that broke at once counts as a failure, one that had settled does not', () => {
    const broke = run([...opened, [1200, { kind: 'closed', code: 1006 }]]).state
    expect(broke.memory.failures).toBe(1)
    const late = 1100 + SETTLED_AFTER_MS
    const again = run(
      [
        [broke.since + BACKOFF_MAX_MS, { kind: 'tick' }],
        [broke.since + BACKOFF_MAX_MS + 1, hello],
        [broke.since + BACKOFF_MAX_MS + late, { kind: 'closed', code: 1006 }],
      ],
      broke,
    ).state
    expect(again).toMatchObject({ kind: 'waiting', memory: { failures: 1 } })
  })

  test('the delay of a bye is kept to, once', () => {
    const { state } = run([
      ...opened,
      [2000, { kind: 'bye', inMs: 7777 }],
      [2001, { kind: 'closed', code: CLOSE.restarting.code }],
    ])
    expect(state).toMatchObject({ kind: 'waiting', until: 2001 + 7777, memory: { byeMs: null } })
  })

  test.each([
    ['garbage', CLOSE.garbage.code],
    ['oversized', CLOSE.oversized.code],
    ['revoked', CLOSE.revoked.code],
    ['tooMany', CLOSE.tooMany.code],
    ['unknown', 4199],
  ])('close code for %s stops: something has to change first', (reason, code) => {
    const { state } = run([...opened, [2000, { kind: 'closed', code }]])
    expect(state).toMatchObject({ kind: 'stopped', reason })
    expect(dueAt(state)).toBeNull()
  })

  test('another version reloads the page once, then only now and then', () => {
    const first = run([
      [1000, { kind: 'start' }],
      [1100, { kind: 'hello', version: PROTOCOL_VERSION + 1 }],
    ])
    expect(first.effects).toEqual(['1000 open', '1100 close', '1100 reload'])
    const afterReload = run(
      [
        [2000, { kind: 'start' }],
        [2100, { kind: 'closed', code: CLOSE.version.code }],
        [2100 + VERSION_RELOAD_EVERY_MS, { kind: 'tick' }],
      ],
      startState(1100),
    )
    expect(afterReload.effects).toEqual([
      '2000 open',
      '2100 close',
      `${2100 + VERSION_RELOAD_EVERY_MS} close`,
      `${2100 + VERSION_RELOAD_EVERY_MS} reload`,
    ])
  })

  test('without a network it waits, tries now and then all the same, and comes back spread', () => {
    const offline = run([...opened, [2000, { kind: 'closed', code: 1006 }], [2001, { kind: 'offline' }]]).state
    expect(offline.kind).toBe('offline')
    expect(dueAt(offline)).toBeLessThanOrEqual(2001 + OFFLINE_RETRY_MS)
    const back = run([[9000, { kind: 'online' }]], offline).state
    expect(back).toMatchObject({ kind: 'waiting', until: 9000 + ONLINE_SPREAD_MS / 2 })
  })

  test('the word of the browser does not cut a link that speaks', () => {
    expect(run([...opened, [1200, { kind: 'offline' }]]).state.kind).toBe('open')
  })

  test('after any events it never waits for ever: it is stopped, or something is due', () => {
    const event = fc.oneof(
      fc.constantFrom<ConnectionEvent>(
        { kind: 'start' },
        hello,
        { kind: 'heard' },
        { kind: 'tick' },
        { kind: 'online' },
        { kind: 'offline' },
        { kind: 'bye', inMs: 300 },
      ),
      fc
        .constantFrom(1000, 1006, ...Object.values(CLOSE).map((close) => close.code))
        .map((code) => ({ kind: 'closed' as const, code })),
    )
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20_000), event, fc.double({ min: 0, max: 0.999, noNaN: true }))),
        (events) => {
          let now = 0
          let state: ConnectionState = startState(null)
          let sockets = 0
          for (const [passed, what, random] of events) {
            now += passed
            const next = step(state, what, { now, random })
            state = next.state
            for (const effect of next.effects) sockets = effect === 'open' ? 1 : effect === 'close' ? 0 : sockets
            if (what.kind === 'closed' && state.kind !== 'connecting') sockets = 0
            if (state.kind === 'stopped' || state.kind === 'waiting' || state.kind === 'offline')
              expect(sockets).toBe(0)
          }
          expect(state.kind === 'stopped' || dueAt(state) !== null).toBe(true)
        },
      ),
    )
  })
})
