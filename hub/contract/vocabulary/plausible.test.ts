import { describe, expect, it } from 'vitest'
import { doubtsOfBeds, doubtsOfDay, doubtsOfDoseTotal, doubtsOfReport } from './plausible.ts'

const people = 500_000
const rules = (doubts: readonly { rule: string }[]) => doubts.map(({ rule }) => rule)

describe('what real provinces reported is taken without a question', () => {
  it.each([
    ['Chiang Mai, 17 May 2021', doubtsOfDay('c', 'cases', { value: 3_937, people: 1_779_254 })],
    ['Samut Sakhon, 7 September 2021', doubtsOfDay('d', 'deaths', { value: 20, people: 584_703 })],
    ['Bangkok, first doses in all', doubtsOfDoseTotal('1', 10_036_428, 10_014_249, 5_666_264)],
    ['Phuket, third doses fall by 27 %', doubtsOfDoseTotal('3', 338_375, 464_645, 416_582)],
  ])('%s', (_, doubts) => {
    expect(doubts).toEqual([])
  })
})

describe('a slip of the finger is asked about', () => {
  it('cases of a day above 2 % of the people, of a week above 14 %', () => {
    expect(doubtsOfDay('new_cases', 'cases', { value: 10_001, people })).toEqual([
      { field: 'new_cases', rule: 'over_people', limit: 10_000, value: 10_001 },
    ])
    expect(doubtsOfDay('new_cases', 'cases', { value: 69_000, people, days: 7 })).toEqual([])
  })

  it('a fall of 99.97 % as a correction', () => {
    expect(doubtsOfDoseTotal('dose1_cum', 100, 333_333, people)).toEqual([
      { field: 'dose1_cum', rule: 'fall_of_most', limit: 166_667, value: 100 },
    ])
    expect(rules(doubtsOfDay('new_cases', 'cases', { value: 3, before: 785, people }))).toEqual(['fall_of_most'])
    expect(doubtsOfDay('new_cases', 'cases', { value: 3, before: 90, people })).toEqual([])
  })

  it('a million beds of level 3, and 77 where there were 3', () => {
    expect(rules(doubtsOfBeds('b', 1_000_000, 12, people))).toEqual(['over_site'])
    expect(doubtsOfBeds('b', 77, 3, people)).toEqual([{ field: 'b', rule: 'over_before', limit: 30, value: 77 }])
    expect(rules(doubtsOfBeds('b', 3, 77, people))).toEqual(['fall_of_most'])
    expect(doubtsOfBeds('b', 40, 0, people)).toEqual([])
    expect(doubtsOfBeds('b', 20, 1, people)).toEqual([])
  })

  it('ten million tests, 99,999 doses, a correction that takes nearly all', () => {
    const report = { before: 0, adds: 0, greatest: 0, people }
    expect(rules(doubtsOfReport('tested', 'tests', { ...report, adds: 10_000_000 }))).toEqual(['over_people'])
    expect(rules(doubtsOfReport('doses', 'doses', { ...report, adds: 99_999 }))).toEqual(['over_site'])
    expect(rules(doubtsOfReport('doses', 'doses', { ...report, adds: 3_000, greatest: 250 }))).toEqual(['over_before'])
    expect(rules(doubtsOfReport('doses', 'doses', { ...report, before: 800, adds: -700 }))).toEqual(['fall_of_most'])
    expect(doubtsOfReport('doses', 'doses', { ...report, before: 800, adds: -300 })).toEqual([])
  })

  it('is not asked about where the number of people is not known', () => {
    expect(doubtsOfDay('new_cases', 'cases', { value: 1_000_000, people: undefined })).toEqual([])
  })
})
