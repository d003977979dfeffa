import { describe, expect, test } from 'vitest'
import { LATENCY_SAMPLES_MAX, LATENCY_WINDOW_MS, type Latencies, recordLatency, summarise } from './latency.ts'
import { noOffset, observePong, offsetMs, SAMPLES_MAX } from './offset.ts'

describe('clock offset', () => {
  test('is taken from the fastest round trip', () => {
    let clock = observePong(noOffset, 1_000, 1_200, 6_180)
    clock = observePong(clock, 2_000, 2_010, 7_005)
    clock = observePong(clock, 3_000, 3_500, 8_000)
    expect(offsetMs(clock)).toBe(5_000)
  })

  test('follows a clock that drifts: old samples fall out', () => {
    let clock = observePong(noOffset, 0, 1, 100)
    for (let i = 1; i <= SAMPLES_MAX; i++) clock = observePong(clock, i * 1_000, i * 1_000 + 10, i * 1_000 + 5 + 900)
    expect(offsetMs(clock)).toBe(900)
  })

  test('is unknown at first, and a clock set back between ping and pong is no sample', () => {
    expect(offsetMs(noOffset)).toBeNull()
    expect(offsetMs(observePong(noOffset, 1_000, 400, 0))).toBeNull()
  })
})

describe('latencies', () => {
  test('median and p99 by nearest rank, of the last minute', () => {
    const samples: Latencies = []
    recordLatency(samples, 0, 9_999)
    for (let ms = 1; ms <= 100; ms++) recordLatency(samples, LATENCY_WINDOW_MS + ms, ms)
    expect(summarise(samples, LATENCY_WINDOW_MS + 100)).toEqual({ count: 100, p50: 50, p99: 99 })
    expect(summarise(samples, 10 * LATENCY_WINDOW_MS)).toBeNull()
  })

  test('the ring is bounded', () => {
    const samples: Latencies = []
    for (let i = 0; i < 3 * LATENCY_SAMPLES_MAX; i++) recordLatency(samples, 1, i)
    expect(samples).toHaveLength(LATENCY_SAMPLES_MAX)
  })
})
