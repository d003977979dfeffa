import { expect, test } from 'vitest'
import { searchProvinces } from './search.ts'

const place = (code: string, nameTh: string, nameEn: string) => ({
  code,
  nameTh,
  nameEn,
  lat: 0,
  lon: 0,
  population: 1,
  healthRegion: 1,
})
const all = [
  place('57', 'เชียงราย', 'Chiang Rai'),
  place('50', 'เชียงใหม่', 'Chiang Mai'),
  place('10', 'กรุงเทพมหานคร', 'Bangkok'),
]
const find = (query: string) => searchProvinces(all, query, (p) => p.nameEn, 'en').map((p) => p.code)

test('finds by Thai name, Latin name without spaces, and code', () => {
  expect(find('เชียง')).toEqual(['50', '57'])
  expect(find('chiangmai')).toEqual(['50'])
  expect(find('10')).toEqual(['10'])
  expect(find('')).toEqual(['10', '50', '57'])
  expect(find('xyz')).toEqual([])
})
