import { describe, expect, it } from 'vitest'
import { createPlaces } from '../facilities/gazetteer.ts'
import { planResidents } from './plan.ts'
import { type Residents, readResidents } from './read-row.ts'

const places = createPlaces(
  [
    { code: '00', nameTh: 'ไม่ระบุ', nameEn: 'Not specified' },
    { code: '50', nameTh: 'เชียงใหม่', nameEn: 'Chiang Mai' },
  ],
  [
    { code: '5000', nameTh: '', nameEn: '' },
    { code: '5001', nameTh: 'เมืองเชียงใหม่', nameEn: 'Mueang Chiang Mai' },
    { code: '5002', nameTh: 'จอมทอง', nameEn: 'Chom Thong' },
  ],
)
const rules = { places, population: () => 1_000, today: '2021-11-11', acceptImplausible: false }
const fields = (over: object = {}) => ({
  province: 'เชียงใหม่',
  as_of: '2021-10-01',
  source: 'DOPA',
  age60: '300',
  ...over,
})
const row = (line: number, district: string, residents: number, over: Partial<Residents> = {}): Residents => ({
  ...{ line, district, group: 'age60', residents, asOf: '2021-10-01', source: 'DOPA' },
  ...over,
})
const plan = (file: readonly Residents[], standing: readonly Residents[] = []) =>
  planResidents(file, standing, () => ['5001', '5002'])

describe('a row of residents', () => {
  it('is of a province as a whole, or of a district, in either language; a blank number is not said', () => {
    expect(readResidents(2, fields({ vhv: '' }), rules)).toEqual([row(2, '5000', 300)])
    expect(readResidents(2, fields({ province: '50', district: 'Chom Thong', age60: '๓๐๐' }), rules)).toEqual([
      row(2, '5002', 300),
    ])
  })

  it.each([
    [{ province: 'Atlantis' }, 'province "Atlantis" is unknown'],
    [{ province: '00' }, 'residents live somewhere: name the province'],
    [{ district: 'ปาย' }, '"ปาย" is no district of เชียงใหม่'],
    [{ district: '5000' }, '5000 is no district'],
    [{ as_of: '2021-12-01' }, 'as_of 2021-12-01 is in the future (today is 2021-11-11)'],
    [{ as_of: '' }, 'as_of "" is not of the form YYYY-MM-DD'],
    [{ source: ' ' }, 'source is blank: say who published these numbers'],
    [{ age60: '-3' }, 'age60 -3 is negative'],
    [{ age60: '12.5' }, 'age60 "12.5" is not a whole number'],
    [{ age60: '1001' }, 'age60 1001 is more than the 1000 people who live in the province'],
  ])('%j is refused: %s', (over, wrong) => {
    expect(readResidents(2, fields(over), rules)).toEqual({ wrong })
  })

  it('more than live in the province is taken when that is said', () => {
    expect(readResidents(2, fields({ age60: '1001' }), { ...rules, acceptImplausible: true })).toHaveLength(1)
  })
})

describe('a file of residents', () => {
  it('adds, changes and leaves', () => {
    expect(plan([row(2, '5000', 300)])).toMatchObject({ fresh: 1, changed: 0, unchanged: 0, drop: [], faults: [] })
    expect(plan([row(2, '5000', 310)], [row(0, '5000', 300)])).toMatchObject({ fresh: 0, changed: 1 })
    expect(plan([row(2, '5000', 300)], [row(0, '5000', 300)])).toMatchObject({ unchanged: 1, write: [] })
    expect(plan([row(2, '5000', 300, { source: 'NSO' })], [row(0, '5000', 300)])).toMatchObject({ changed: 1 })
  })

  it('by districts replaces the province as a whole, and the other way', () => {
    expect(plan([row(2, '5001', 200), row(3, '5002', 100)], [row(0, '5000', 290)])).toMatchObject({
      fresh: 2,
      drop: [{ district: '5000', group: 'age60' }],
    })
    expect(plan([row(2, '5000', 300)], [row(0, '5001', 200), row(0, '5002', 100)])).toMatchObject({
      fresh: 1,
      drop: [{ district: '5001' }, { district: '5002' }],
    })
  })

  it('of some districts alone is refused, since the doses of the others would be counted against nobody', () => {
    expect(plan([row(2, '5001', 200)]).faults).toEqual([
      {
        line: 2,
        what: 'age60 is given for 1 of the 2 districts of province 50 (not 5002): give all, or the province as a whole',
      },
    ])
    expect(plan([row(2, '5001', 210)], [row(0, '5001', 200), row(0, '5002', 100)])).toMatchObject({
      changed: 1,
      faults: [],
    })
  })

  it('that says a province as a whole and by district, or one number twice, is refused', () => {
    expect(plan([row(2, '5000', 300), row(3, '5001', 200), row(4, '5002', 100)]).faults[0]?.what).toContain(
      'as a whole in line 2 and by district too',
    )
    expect(plan([row(2, '5000', 300), row(3, '5000', 301)]).faults[0]).toEqual({
      line: 3,
      what: 'age60 of 5000 has another number in line 2',
    })
    expect(plan([row(2, '5000', 300), row(3, '5000', 300)]).faults).toEqual([])
  })
})
