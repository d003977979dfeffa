import { describe, expect, it } from 'vitest'
import { bucketQuantile, daysUntilFull, doublingDays, reproductionNumber, sumBack, weekGrowth } from './statistics.ts'

const week = (n: number) => new Array<number>(7).fill(n)

describe('sums of days', () => {
  it('of the last three', () => expect(sumBack([1, 2, 3, 4], 3)).toBe(9))
  it('that ended a day earlier', () => expect(sumBack([1, 2, 3, 4], 3, 1)).toBe(6))
  it('a day nobody reported makes no sum', () => expect(sumBack([1, null, 3], 3)).toBeNull())
  it('more days than are held make no sum', () => expect(sumBack([1, 2], 3)).toBeNull())
})

describe('growth', () => {
  it('10 a day after 8 a day is a quarter more', () =>
    expect(weekGrowth([...week(8), ...week(10)])).toBeCloseTo(0.25, 10))
  it('after a week with none there is no growth to say', () => expect(weekGrowth([...week(0), ...week(10)])).toBeNull())
  // ln 2 · 7 / ln 2
  it('twice as many after a week doubles in 7 days', () =>
    expect(doublingDays([...week(5), ...week(10)])).toBeCloseTo(7, 10))
  it('half as many halves in 7 days', () => expect(doublingDays([...week(10), ...week(5)])).toBeCloseTo(-7, 10))
  it('as many stands still', () => expect(doublingDays([...week(5), ...week(5)])).toBeNull())
})

describe('the effective reproduction number', () => {
  // 1 to 11: days 5–11 are 56, days 1–7 are 28; ± exp(1.96 √(1/56 + 1/28)) = 1.57405
  it('of 1, 2, … 11 cases a day is 56 / 28', () => {
    const r = reproductionNumber([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    expect(r?.value).toBe(2)
    expect(r?.low).toBeCloseTo(2 / 1.57405, 3)
    expect(r?.high).toBeCloseTo(2 * 1.57405, 3)
  })
  it('of the same every day is 1', () => expect(reproductionNumber(new Array(11).fill(100))?.value).toBe(1))
  it('of a handful of cases is not said', () => expect(reproductionNumber(new Array(11).fill(1))).toBeNull())
  it('with a day that nobody reported is not said', () =>
    expect(reproductionNumber([5, 5, 5, null, 5, 5, 5, 5, 5, 5, 5])).toBeNull())
})

describe('days until full', () => {
  // exactly 2 more a day, so no doubt: 20 free / 2 = 10 days
  it('of a straight line has no interval', () =>
    expect(daysUntilFull([10, 12, 14, 16, 18, 20], 20)).toEqual({ kind: 'within', days: 10, low: 10, high: 10 }))
  // x 0–4, y 10 12 11 13 14: slope 0.9, residuals² 1.9 − … = 1.9; se = √(1.9/3/10) = 0.25166; t(3) = 3.182 → ± 0.8008
  it('of an uncertain line has the slope’s own 95 %', () => {
    const full = daysUntilFull([10, 12, 11, 13, 14], 9)
    expect(full).toMatchObject({ kind: 'within' })
    if (full?.kind !== 'within') return
    expect(full.days).toBeCloseTo(10, 10)
    expect(full.low).toBeCloseTo(9 / (0.9 + 0.8008), 2)
    expect(full.high).toBeCloseTo(9 / (0.9 - 0.8008), 0)
  })
  it('of a falling line is not within the time that is said', () =>
    expect(daysUntilFull([20, 18, 16, 14, 12], 5)).toEqual({ kind: 'later' }))
  it('of a slow line is later than 30 days', () =>
    expect(daysUntilFull([10, 11, 12, 13, 14], 31)).toEqual({ kind: 'later' }))
  it('with nothing free is now', () => expect(daysUntilFull([1, 1, 1, 1, 1], 0)).toEqual({ kind: 'full' }))
  it('of too few days is not known', () => expect(daysUntilFull([null, null, 3, 4, 5, 6], 5)).toBeNull())
})

describe('quantiles of buckets', () => {
  const buckets = [
    { upTo: 15, count: 10 },
    { upTo: 60, count: 30 },
    { upTo: 240, count: 0 },
    { upTo: Number.POSITIVE_INFINITY, count: 10 },
  ]
  // rank 25 of 50: 15 past the first 10, of 30 in 15–60: 15 + 45 · 15/30
  it('the median lies straight within its bucket', () => expect(bucketQuantile(buckets, 0.5)).toBe(37.5))
  it('in the open bucket it is the lower bound', () => expect(bucketQuantile(buckets, 0.9)).toBe(240))
  it('of nothing there is none', () => expect(bucketQuantile([{ upTo: 5, count: 0 }], 0.5)).toBeNull())
})
