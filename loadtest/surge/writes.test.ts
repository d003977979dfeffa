import { describe, expect, it } from 'vitest'
import { ACCOUNT_REQUESTS_PER_MINUTE } from '../../hub/runtime/limits.ts'
import { REQUESTS_PER_ADDRESS_AND_MINUTE } from '../../hub/work/services.ts'
import { highestSpan, peakOf, unwrittenPercent } from './peak.ts'
import { profileOf } from './profiles.ts'
import { districtOf, pause, RESPONDER_PROVINCES, shareOf, WRITE_KINDS } from './writes.ts'

describe('writers', () => {
  it('have the proportions of a bad day', () => {
    expect(WRITE_KINDS.reduce((sum, kind) => sum + shareOf(kind), 0)).toBeCloseTo(1)
    expect(shareOf('help')).toBe(shareOf('claims'))
    expect(shareOf('doses')).toBe(2 * shareOf('help'))
  })

  it.each(['short', 'reopening'])('of %s stay within what the hub lets an address and an account do', (name) => {
    const { writers, writes } = profileOf(name)
    for (const [second] of writes) {
      expect(60 / pause('help', writers, writes, second)).toBeLessThan(0.9 * REQUESTS_PER_ADDRESS_AND_MINUTE)
      for (const kind of WRITE_KINDS) {
        expect(60 / pause(kind, writers, writes, second)).toBeLessThan(ACCOUNT_REQUESTS_PER_MINUTE / 2)
      }
    }
    expect(writers.claims).toBeLessThanOrEqual(RESPONDER_PROVINCES.length)
  })

  it('of all kinds together write as often as the profile says', () => {
    const { writers, writes } = profileOf('reopening')
    const perSecond = WRITE_KINDS.map((kind) => writers[kind] / pause(kind, writers, writes, 150))
    expect(perSecond.reduce((sum, rate) => sum + rate, 0)).toBeCloseTo(38)
  })

  it('ask for help where responders are', () => {
    const districts = Array.from({ length: 100 }, (_, n) => districtOf(n, 3))
    expect(new Set(districts.map((code) => code.slice(0, 2)))).toEqual(new Set(RESPONDER_PROVINCES.slice(0, 3)))
    expect(districts.every((code) => /^\d{4}$/.test(code))).toBe(true)
  })
})

describe('the peak of a profile', () => {
  it('is where the most events are written, once the rate has settled', () => {
    expect(highestSpan(profileOf('reopening'))).toEqual({ span: [152, 210], rate: 5000 })
    expect(highestSpan(profileOf('short'))).toEqual({ span: [12, 50], rate: 250 })
    expect(highestSpan(profileOf('slow')).span).toEqual([2, 150])
  })

  it('weighs a wall by the mean of its seconds, and says nothing where nothing was seen', () => {
    const peak = peakOf(
      profileOf('short'),
      [11, 20, 30].map((second) => ({ second, cpu: second / 100, rss: second * 2 ** 20, lagMs: 1, lagBytes: 0 })),
      [1, 20, 30].map((second) => ({ second, packed: second * 10, plain: second * 20 })),
      [],
    )
    expect(peak.bytesPerWallSecond).toEqual({ packed: 250, plain: 500 })
    expect([peak.hubCoresMean, peak.hubCoresMax, peak.rssMiBMax]).toEqual([0.25, 0.3, 30])
    expect(peakOf(profileOf('short'), [], [], []).bytesPerWallSecond).toEqual({ packed: null, plain: null })
  })
  it('says what was committed, not what was planned, and misses what the writer could not follow', () => {
    const reopening = profileOf('reopening')
    const peak = (perSecond: number) =>
      peakOf(
        reopening,
        [],
        [],
        Array.from({ length: 60 }, (_, i) => [151 + i, 1000 + perSecond * i]),
      )
    expect([peak(900).eventsPerSecond, peak(900).plannedPerSecond]).toEqual([900, 5000])
    expect([900, 4800, 5100].map((rate) => unwrittenPercent(peak(rate)))).toEqual([82, 4, 0])
    const half = peakOf(
      reopening,
      [],
      [],
      [
        [155, 10],
        [160, 4000],
      ],
    )
    expect([half.eventsPerSecond, unwrittenPercent(half)]).toEqual([null, null])
  })
})
