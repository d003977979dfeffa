import { describe, expect, it } from 'vitest'
import { SCOPES_PER_SOCKET_MAX } from '../../hub/contract/live/messages.ts'
import { isScope } from '../../hub/contract/live/scopes.ts'
import { VARIABLES } from '../../hub/runtime/config.ts'
import {
  carrierOf,
  FILLING_PROVINCES,
  kindOf,
  opensAt,
  PROVED,
  provinceScope,
  SOURCES,
  SURGE_SOCKETS,
  scopesOf,
  VIEWERS_PER_ACCOUNT,
} from './audience.ts'
import { frameOf } from './hostile.ts'
import { type Counts, judge, latencyOf, loadedP99, type Sample, type Second, stalledMiB, sureGrowth } from './judge.ts'
import { most, parseTally, secondsOf, total, writeLatencyOf } from './lines.ts'
import { peakOf } from './peak.ts'
import { FILL_SECONDS, profileOf, resultName } from './profiles.ts'
import { rateAt } from './rates.ts'
import { MEANING, plot, renderReport } from './report.ts'
import type { Surge } from './surge.ts'
import { metricOf, quantileOf } from './watch-hub.ts'

const second = (at: number, ms: number, count = 100): Second => ({
  second: at,
  latencies: [[ms, count]],
  deliveries: count,
  sockets: 10,
  writes: 0,
})
const NONE: Counts = {
  deliveries: 1,
  gaps: 0,
  folded: 1,
  mismatches: 0,
  failedWrites: 0,
  resumed: 0,
  lostSockets: 0,
  stale: 0,
  stalls: 3,
  caughtUp: 3,
  drops: 3,
  unanswered: 0,
  behindAtEnd: 0,
  denied: 0,
}
const flat = (from: number, to: number, lag: (i: number) => number): Sample[] =>
  Array.from({ length: to - from }, (_, i) => ({ second: from + i, cpu: 0.1, rss: 1e8, lagMs: lag(i), lagBytes: 0 }))

describe('the audience', () => {
  it('has the proportions of docs/DOMAIN.md', () => {
    const counts = new Map<string, number>()
    for (let i = 0; i < 75_000; i++) counts.set(kindOf(i), (counts.get(kindOf(i)) ?? 0) + 1)
    expect(Object.fromEntries(counts)).toEqual(SURGE_SOCKETS)
  })

  it('has every kind among the first fifty', () => {
    expect(new Set(Array.from({ length: 50 }, (_, i) => kindOf(i)))).toEqual(new Set(Object.keys(SURGE_SOCKETS)))
  })

  it('asks only for scopes that exist, and for boards only when signed in', () => {
    for (let i = 0; i < 150; i++) expect(scopesOf(i, true).every(isScope)).toBe(true)
    expect(PROVED.flatMap(({ scopes }) => scopes).every(isScope)).toBe(true)
    expect(FILLING_PROVINCES.every((code) => isScope(provinceScope(code, true)))).toBe(true)
    expect(FILLING_PROVINCES.length + 2).toBeLessThanOrEqual(SCOPES_PER_SOCKET_MAX)
    const without = Array.from({ length: 150 }, (_, i) => scopesOf(i, false)).flat()
    expect(without.filter((scope) => /^(?:board|province):/.test(scope))).toEqual([])
  })

  it('comes by every carrier, whatever it looks at', () => {
    const seen = new Set(Array.from({ length: 27_825 }, (_, i) => `${kindOf(i)} ${carrierOf(i)}`))
    expect(seen.size).toBe(Object.keys(SURGE_SOCKETS).length * 3)
    expect(new Set(PROVED.map(({ carrier }) => carrier)).size).toBe(3)
  })

  it('comes from addresses and by accounts enough for what the hub takes of one', () => {
    const most = Number(VARIABLES.socketsPerAddress.fallback)
    expect(SOURCES.length * most).toBeGreaterThan(10_000)
    expect(VIEWERS_PER_ACCOUNT).toBeLessThanOrEqual(most)
    // A storm comes back at the hub's whole rate, though one address has a fifth of it.
    expect(SOURCES.length).toBeGreaterThanOrEqual(5)
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

  it.each(['slow', 'hostile'])('%s compares spans of the same length and load, one right before the other', (name) => {
    const { pairs, stalled, hostile } = profileOf(name)
    expect(pairs).toHaveLength(4)
    for (const [i, { quiet, loaded }] of pairs.entries()) {
      expect(quiet[1] - quiet[0]).toBe(loaded[1] - loaded[0])
      const [from, to] = (name === 'slow' ? stalled.spans : hostile)[i]!
      expect(loaded[1]).toBe(to)
      expect(loaded[0] - from).toBe(name === 'slow' ? FILL_SECONDS : 0)
      expect(quiet[1]).toBe(from)
      expect(quiet[0]).toBeGreaterThanOrEqual(i === 0 ? 8 : pairs[i - 1]!.loaded[1])
    }
  })

  it('asks less of the short one’s machine, and the same of its hub', () => {
    expect(profileOf('short').latencyMs).toEqual({ p50: 500, p95: 1500, p99: 2000 })
    const goals = ['storm', 'slow', 'hostile'].map((name) => profileOf(name).latencyMs)
    expect(goals).toEqual(goals.map(() => ({ p50: 100, p95: 250, p99: 500 })))
    const { latencyMs, surge, claimsMs } = profileOf('reopening')
    expect([latencyMs, surge?.p99, claimsMs]).toEqual([{ p50: 100, p95: 300, p99: 500 }, 1500, 300])
  })

  it('keeps a rate until the next', () => {
    const { rates } = profileOf('reopening')
    expect([0, 19, 20, 150, 209, 329].map((at) => rateAt(rates, at))).toEqual([100, 100, 250, 5000, 5000, 250])
    expect(rateAt([], 1)).toBe(0)
  })

  it('have a result each', () => {
    expect(['reopening', 'short', 'slow'].map(resultName)).toEqual(['surge', 'surge-short', 'surge-slow'])
  })

  it('names the profiles there are', () => {
    expect(() => profileOf('fast')).toThrow('PROFILE takes short, reopening, storm, slow or hostile, not fast')
  })
})

describe('judging', () => {
  const profile = profileOf('short')
  const CLAIMS = { p50: 20, p95: 40, p99: 90 }

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
      0,
      undefined,
      CLAIMS,
    )
    expect(Object.entries(thresholds).filter(([, { ok }]) => !ok)).toEqual([])
  })

  it.each([
    ...(['gaps', 'mismatches', 'stale', 'failedWrites', 'lostSockets', 'unanswered', 'behindAtEnd', 'denied'] as const),
  ])('misses with one of %s', (name) => {
    expect(
      judge(
        profile,
        [second(15, 40)],
        flat(12, 38, () => 30),
        { ...NONE, [name]: 1 },
        0,
      )[name]?.ok,
    ).toBe(false)
  })

  it('misses what was not measured', () => {
    const thresholds = judge(profile, [], [], { ...NONE, folded: 0 }, 0)
    expect([thresholds.p99?.ok, thresholds.lagSlope?.ok, thresholds.mismatches?.ok]).toEqual([false, false, false])
  })

  it('misses when what was to be written was not: PostgreSQL could not follow', () => {
    const held = (percent: number | null) => judge(profileOf('reopening'), [], [], NONE, percent).unwritten?.ok
    expect([held(5), held(6), held(null)]).toEqual([true, false, false])
  })

  it('holds the minute in which the most is written against a goal of its own', () => {
    const reopening = profileOf('reopening')
    const held = (ms: { readonly before: number; readonly minute: number }, claims = CLAIMS) => {
      const seconds = [second(140, ms.before), second(150, ms.minute), second(211, ms.minute), second(212, ms.before)]
      const { p99, surgeP99, claimsP99 } = judge(reopening, seconds, [], NONE, 0, undefined, claims)
      return [p99?.ok, surgeP99?.ok, claimsP99?.ok]
    }
    expect(held({ before: 90, minute: 1400 })).toEqual([true, true, true])
    expect(held({ before: 501, minute: 1400 })).toEqual([false, true, true])
    expect(held({ before: 90, minute: 1501 }, { ...CLAIMS, p99: 301 })).toEqual([true, false, false])
    expect(judge(reopening, [second(140, 90)], [], NONE, 0).surgeP99?.ok).toBe(false)
    expect(judge(reopening, [], [], NONE, 0).claimsP99?.ok).toBe(false)
  })

  it('knows a backlog from noise', () => {
    const noisy = (i: number): number => 40 + (i % 3) * 20
    const slow = profileOf('slow')
    expect(judge(slow, [], flat(12, 38, noisy), NONE, 0).lagSlope?.value).toBe(0)
    const growing = judge(
      slow,
      [],
      flat(12, 38, (i) => noisy(i) + i * 50),
      NONE,
      0,
    ).lagSlope
    expect(growing?.value).toBeGreaterThan(40)
    expect(growing?.ok).toBe(false)
    expect(sureGrowth(Array.from({ length: 10 }, (_, i) => [i, 100 - i]))).toBe(0)
  })

  it('compares each loaded span with the quiet one before it, and takes the median', () => {
    const slow = profileOf('slow')
    const run = (ratios: readonly number[]): Second[] =>
      slow.pairs.flatMap(({ quiet, loaded }, i) => [
        second(quiet[0], 100),
        second(loaded[0], Math.round(100 * ratios[i]!)),
      ])
    expect(loadedP99(slow, run([1, 1.1, 1.2, 9]))).toEqual({
      ratio: 1.15,
      quietMs: [100, 100, 100, 100],
      loadedMs: [100, 110, 120, 900],
    })
    expect(judge(slow, run([1.3, 1.3, 1.3, 1]), [], NONE, 0).loadedP99?.ok).toBe(false)
    expect(loadedP99(slow, run([1, 1, 1, 1]).slice(1))).toBeNull()
    expect(loadedP99(profile, run([1, 1, 1, 1]))).toBeNull()
  })

  it('misses an attack that was none, and a hub that bears half a handshake for ever', () => {
    const hostile = profileOf('hostile')
    const report = { connections: 9, frames: 9, halfOpen: 3, halfOpenEnded: 3, halfOpenMsMax: 12_000, floodsEnded: 6 }
    const held = (change: Partial<typeof report> = {}) => {
      const { halfOpenKept, halfOpenMs } = judge(hostile, [], [], NONE, 0, { ...report, ...change })
      return [halfOpenKept?.ok, halfOpenMs?.ok]
    }
    expect(held()).toEqual([true, true])
    expect(held({ halfOpenEnded: 2 })).toEqual([false, true])
    expect(held({ halfOpen: 0, halfOpenEnded: 0 })).toEqual([false, true])
    expect(held({ halfOpenMsMax: 30_000 })).toEqual([true, false])
    expect(judge(hostile, [], [], NONE, 0).halfOpenKept?.ok).toBe(false)
  })

  it('bounds what readers who stall cost, and misses when they did not stall or stayed behind', () => {
    const [from] = profile.stalled.spans[0]!
    const grown = flat(0, 50, () => 30).map((sample) =>
      sample.second > from + 3 ? { ...sample, rss: sample.rss + 200 * 2 ** 20 } : sample,
    )
    expect(stalledMiB(profile, grown)).toBe(200)
    expect(stalledMiB(profile, [])).toBeNull()
    const thresholds = judge(profile, [second(15, 40)], grown, { ...NONE, caughtUp: 2, drops: 1 }, 0)
    expect([thresholds.stalledMiB, thresholds.leftBehind, thresholds.notStalled].map((one) => one?.ok)).toEqual([
      ...[false, false, false],
    ])
    expect(thresholds.notStalled?.value).toBe(2)
  })
})

describe('what k6 and the hub say', () => {
  const line = (vu: number, at: number, more: object = {}) =>
    parseTally(
      JSON.stringify({
        k: 'tally',
        vu,
        at,
        sockets: 5,
        h: [[20, 3]],
        w: [[8, 1]],
        claims: [[8, 1]],
        deliveries: 3,
        ...more,
      }),
    )!

  it('adds up virtual users by second', () => {
    const lines = [line(1, 10_100), line(2, 10_200, { gaps: 1 }), line(1, 10_900), line(1, 11_500)]
    const seconds = secondsOf(lines, 10_000)
    expect(seconds.map(({ second, deliveries, sockets }) => [second, deliveries, sockets])).toEqual([
      [0, 9, 10],
      [1, 3, 10],
    ])
    expect(seconds[0]?.latencies).toEqual([[20, 9]])
    expect([total(lines, 'gaps'), most(lines, 'vu'), most(lines, 'none')]).toEqual([1, 2, 0])
    expect(writeLatencyOf(lines, 'w')).toEqual({ p50: 8, p95: 8, p99: 8 })
    expect(writeLatencyOf([], 'claims')).toEqual({ p50: null, p95: null, p99: null })
    expect(parseTally('level=warning msg="something else"')).toBeUndefined()
  })

  it('reads a metric with and without labels, and not its namesakes', () => {
    const text = '# HELP jitasa_a x\njitasa_a{b="1"} 2\njitasa_a{b="2"} 3\njitasa_a_total 9\njitasa_c 4\n'
    expect([metricOf(text, 'jitasa_a'), metricOf(text, 'jitasa_c'), metricOf(text, 'jitasa_d')]).toEqual([5, 4, 0])
  })

  it('reckons a share from a histogram, evenly within a bucket, over the series that have the labels', () => {
    const bucket = (le: string, count: number, status = 200, route = 'a') =>
      `jitasa_s_bucket{le="${le}",route="${route}",method="POST",status="${status}"} ${count}`
    const text = [
      ...[bucket('0.1', 80), bucket('0.3', 90), bucket('+Inf', 98)],
      ...[bucket('0.1', 0, 409), bucket('0.3', 2, 409), bucket('+Inf', 2, 409)],
      bucket('+Inf', 1000, 200, 'other'),
    ].join('\n')
    const of = (share: number, route = 'a') => quantileOf(text, 'jitasa_s', [`route="${route}"`], share)
    expect(of(0.4)).toBeCloseTo(0.05)
    expect(of(0.86)).toBeCloseTo(0.2)
    // Of what lies beyond the last bound, that bound alone is known.
    expect(of(0.99)).toBe(0.3)
    expect(of(0.5, 'none')).toBeNull()
  })

  it('frames carry their length in 1, 3 or 9 bytes', () => {
    expect([100, 2048, 1_000_000].map((bytes) => frameOf(1, Buffer.alloc(bytes)).length - bytes)).toEqual([6, 8, 14])
  })
})

describe('the report', () => {
  it('stands alone and says what was missed', () => {
    const surge: Surge = {
      ...NONE,
      profile: '<short>',
      at: '2021-11-01T00:00:00.000Z',
      seconds: 50,
      sockets: 10,
      folded: 1,
      snapshots: 0,
      cut: 0,
      closedByHub: 0,
      refused: 0,
      hostile: null,
      k6CpuSeconds: 1,
      loadAverage: [],
      caughtUpMsMax: 0,
      versions: {},
      hub: {},
      latencyMs: { p50: 1, p95: 2, p99: 3 },
      surgeMs: null,
      loadedP99: null,
      carriers: { live: 1, packed: 1, socketio: 1 },
      machine: { cpu: 'x', cores: 2, kernel: 'x', memoryGiB: 1, filesMax: '1' },
      writes: {
        api: 1,
        apiMs: { p50: 1, p95: 2, p99: 3 },
        claimsMs: { p50: 1, p95: 2, p99: 3 },
        claimsHubMs: { p50: 1, p95: 2, p99: 2 },
        events: 1,
        commits: 1,
      },
      peak: peakOf(
        profileOf('short'),
        flat(0, 50, () => 5),
        [{ second: 20, packed: 6000, plain: 14_000 }],
        [
          [12, 0],
          [40, 7000],
        ],
      ),
      thresholds: { gaps: { value: 1, max: 0, ok: false } },
    }
    const html = renderReport(surge, {
      seconds: [second(1, 10), second(2, 20)],
      samples: flat(0, 3, () => 5),
      walls: [{ second: 1, packed: 6000, plain: 14_000 }],
      written: [
        [1, 250],
        [2, 500],
      ],
    })
    expect(html).toContain('1 threshold missed')
    expect(html).toContain('<b>6000 bytes a second</b>')
    expect(html).not.toMatch(/<script|https?:\/\/|<short>/)
    expect(html.match(/<polyline/g)).toHaveLength(11)
  })

  it('says in words what each threshold is', () => {
    for (const name of ['slow', 'short', 'hostile', 'reopening']) {
      const thresholds = judge(profileOf(name), [], [], NONE, 0)
      expect(Object.keys(thresholds).filter((threshold) => MEANING[threshold] === undefined)).toEqual([])
    }
  })

  it('draws nothing measured as an empty plot', () => {
    expect(plot('Nothing', 'ms', [{ name: 'a', points: [] }])).not.toMatch(/NaN|Infinity/)
  })
})
