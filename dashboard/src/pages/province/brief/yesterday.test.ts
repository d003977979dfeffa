import { expect, it } from 'vitest'
import { pastOf } from '../../../../../hub/contract/live/past.ts'

it('a mark has its own stocks and flows of its day; the days before it are read as they are now', () => {
  const mark = {
    day: '2021-11-10',
    at: 5,
    cells: [
      ['waiting.red', 'TH', 3, '50', 2],
      ['cases@2021-11-10', '50', 7],
    ],
    oldest: [{ area: '50', measure: 'waiting.red', at: 1 }],
  }
  const past = pastOf(mark, (column) => (column === 'cases@2021-11-09' ? 20 : 99))
  expect(past.cells('waiting.red', '50')).toBe(2)
  expect(past.cells('waiting.red', '5001')).toBe(0)
  expect(past.cells('cases@2021-11-10', '50')).toBe(7)
  expect(past.cells('cases@2021-11-09', '50')).toBe(20)
  expect(past.oldest?.('50', 'waiting.red')).toBe(1)
  expect(past.oldest?.('50', 'waiting.any')).toBeNull()
})
