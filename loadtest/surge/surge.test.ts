import { describe, expect, it } from 'vitest'
import { isScope } from '../../hub/wire/scopes.ts'
import { kindOf, opensAt, PROVED, SURGE_SOCKETS, scopesOf } from './audience.ts'
import { frameOf } from './hostile.ts'
import { type Counts, judge, latencyOf, loadedRatio, type Sample, type Second, sureGrowth } from './judge.ts'
import { parseTally, secondsOf, total } from './lines.ts'
import { profileOf, rateAt } from './profiles.ts'
import { plot, renderReport } from './report.ts'
import { metricOf } from './watch-hub.ts'

const second = (at: number, ms: number, count = 100): Second => ({
  second: at,
  latencies: [[ms, count]],
  deliveries: count,
  sockets: 10,
})
const NONE: Counts = { deliveries: 1, gaps: 0, mismatches: 0, failedWrites: 0, resumed: 0, lostSockets: 0 }
const flat = (from: number, to: number, lag: (i: number) => number): Sample[] =>
  Array.from({ length: to - from }, (_, i) => ({ second: from + i, cpu: 0.1, rss: 1e8, lagMs: lag(i), lagBytes: 0 }))

describe('the audience', () => {
  it('has the proportions of DOMAIN.md', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 75_000; i++) counts.set(kindOf(i), (counts.get(kindOf(i)) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toEqual(SURGE_SOCKETS)
  })

  it('has every kind among the first fifty', () => {
    expect(new Set(Array.from({ length: 50 }, (_, i) => kindOf(i)))).toEqual(new Set(Object.keys(SURGE_SOCKETS)))
  })

  it('asks only for scopes that exist, and for boards only when signed in', () => {
    for (let i = 0; i < 150; i++) expect(scopesOf(i, true).every(isScope)).toBe(true)
    expect(PROVED.flat().every(isScope)).toBe(true)
    const without = Array.from({ length: 150 }, (_, i) => scopesOf(i, false)).flat()
    expect(without.some((scope) => scope.startsWith('board:'))).toBe(false)
  })

  it('opens every socket in its turn', () => {
    const ramp = [
      [0, 0],
      [10, 100],
      [20, 100],
      [30, 200],
    ] as const
    expect([0, 50, 99, 100, 150].map((i) => opensAt(i, ramp))).toEqual([0, 5, 9.9, 20, 25])
    expect(opensAt(200, ramp)).toBeUndefined()
  })
})

describe('profiles', () => {
  it.each(['short', 'reopening', 'storm', 'slow', 'hostile'])('%s opens all its sockets and ends in bounds', (name) => {
    const profile = profileOf(name, 120)
    expect(profile.ramp.at(-1)?.[1]).toBe(120)
    expect(profile.steady[1]).toBeLessThanOrEqual(profile.seconds)
    const spans = [...profile.stalled.spans, ...profile.hostile]
    expect(spans.every(([from, to]) => from < to && to <= profile.seconds)).toBe(true)
    expect(profile.storms.every((at) => at < profile.seconds)).toBe(true)
  })

  it('stalls 20 % of all readers in the slow profile', () => {
    expect(profileOf('slow', 200).stalled.sockets / 250).toBe(0.2)
  })

  it('keeps a rate until the next', () => {
    const { rates } = profileOf('reopening')
    expect([0, 29, 30, 250, 479].map((at) => rateAt(rates, at))).toEqual([100, 100, 250, 5000, 250])
  })

  it('names the profiles there are', () => {
    expect(() => profileOf('fast')).toThrow('PROFILE takes short, reopening, storm, slow or hostile, not fast')
  })
})

describe('judging', () => {
  const profile = profileOf('short')

  it('takes percentiles over all deliveries, not over seconds', () => {
    expect(latencyOf([second(1, 10, 98), second(2, 50, 1), second(3, 900, 1)])).toEqual({ p50: 10, p95: 10, p99: 50 })
    expect(latencyOf([])).toEqual({ p50: null, p95: null, p99: null })
  })

  it('holds a clean run', () => {
    const thresholds = judge(
      profile,
      [second(15, 40)],
      flat(12, 38, () => 30),
      NONE,
    )
    expect(Object.entries(thresholds).filter(([, { ok }]) => !ok)).toEqual([])
  })

  it.each(['gaps', 'mismatches', 'failedWrites', 'lostSockets'] as const)('misses with one of %s', (name) => {
    expect(
      judge(
        profile,
        [second(15, 40)],
        flat(12, 38, () => 30),
        { ...NONE, [name]: 1 },
      )[name]?.ok,
    ).toBe(false)
  })

  it('misses what was not measured', () => {
    const thresholds = judge(profile, [], [], NONE)
    expect([thresholds.p99?.ok, thresholds.lagSlope?.ok]).toEqual([false, false])
  })

  it('knows a backlog from noise', () => {
    const noisy = (i: number): number => 40 + (i % 3) * 20
    expect(judge(profile, [], flat(12, 38, noisy), NONE).lagSlope?.value).toBe(0)
    const growing = judge(
      profile,
      [],
      flat(12, 38, (i) => noisy(i) + i * 50),
      NONE,
    ).lagSlope
    expect(growing?.value).toBeGreaterThan(40)
    expect(growing?.ok).toBe(false)
    expect(sureGrowth(Array.from({ length: 10 }, (_, i) => [i, 100 - i]))).toBe(0)
  })

  it('compares each loaded span with the quiet one before it, and takes the median', () => {
    const slow = profileOf('slow')
    const run = (ratios: readonly number[]): Second[] =>
      slow.stalled.spans.flatMap(([from], i) => [second(from - 2, 100), second(from + 2, 100 * ratios[i]!)])
    expect(loadedRatio(slow, run([1, 1.1, 1.2, 9]))).toBe(1.15)
    expect(judge(slow, run([1.3, 1.3, 1.3, 1]), [], NONE).loadedP99?.ok).toBe(false)
    expect(loadedRatio(slow, run([1, 1, 1, 1]).slice(1))).toBeNull()
  })
})

describe('what k6 and the hub say', () => {
  const line = (vu: number, at: number, more: object = {}) =>
    parseTally(JSON.stringify({ k: 'tally', vu, at, sockets: 5, h: [[20, 3]], deliveries: 3, ...more }))!

  it('adds up virtual users by second', () => {
    const lines = [line(1, 10_100), line(2, 10_200, { gaps: 1 }), line(1, 10_900), line(1, 11_500)]
    const seconds = secondsOf(lines, 10_000)
    expect(seconds.map(({ second, deliveries, sockets }) => [second, deliveries, sockets])).toEqual([
      [0, 9, 10],
      [1, 3, 5],
    ])
    expect(seconds[0]?.latencies).toEqual([[20, 9]])
    expect(total(lines, 'gaps')).toBe(1)
    expect(parseTally('level=warning msg="something else"')).toBeUndefined()
  })

  it('reads a metric with and without labels, and not its namesakes', () => {
    const text = '# HELP jitasa_a x\njitasa_a{b="1"} 2\njitasa_a{b="2"} 3\njitasa_a_total 9\njitasa_c 4\n'
    expect([metricOf(text, 'jitasa_a'), metricOf(text, 'jitasa_c'), metricOf(text, 'jitasa_d')]).toEqual([5, 4, 0])
  })

  it('frames carry their length in 1, 3 or 9 bytes', () => {
    expect([100, 2048, 1_000_000].map((bytes) => frameOf(1, Buffer.alloc(bytes)).length - bytes)).toEqual([6, 8, 14])
  })
})

describe('the report', () => {
  it('stands alone and says what was missed', () => {
    const surge = {
      ...NONE,
      profile: '<short>',
      at: '2021-11-01T00:00:00.000Z',
      seconds: 50,
      sockets: 10,
      latencyMs: { p50: 1, p95: 2, p99: 3 },
      folded: 1,
      thresholds: { gaps: { value: 1, max: 0, ok: false } },
    }
    const html = renderReport(
      surge,
      [second(1, 10), second(2, 20)],
      flat(0, 3, () => 5),
    )
    expect(html).toContain('1 thresholds missed')
    expect(html).not.toMatch(/<script|https?:\/\/|<short>/)
    expect(html.match(/<polyline/g)).toHaveLength(7)
  })

  it('draws nothing measured as an empty plot', () => {
    expect(plot('Nothing', 'ms', [{ name: 'a', points: [] }])).not.toMatch(/NaN|Infinity/)
  })
})
