import { describe, expect, test } from 'vitest'
import { createCollector, readCaseAmounts } from './daily-cases.ts'
import { createGazetteer, readCount, readDay } from './fields.ts'
import { createRowErrors, ROW_ERRORS_PRINTED_MAX } from './problem.ts'

const TODAY = '2026-11-22'
const gazetteer = createGazetteer([
  { code: '10', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok' },
  { code: '16', nameTh: 'ลพบุรี', nameEn: 'Lop Buri' },
  { code: '00', nameTh: 'ไม่ระบุ', nameEn: 'Not specified' },
])

describe('a province', () => {
  test.each([
    ['10', '10'],
    ['TH-16', '16'],
    ['Lopburi', '16'],
    ['จังหวัดลพบุรี', '16'],
    ['จ. ลพบุรี', '16'],
    ['กทม.', '10'],
    ['Unknown', '00'],
    ['0', '00'],
  ])('%s is %s', (text, code) => expect(gazetteer.province(text)).toEqual({ value: code }))
  test.each(['99', 'Atlantis', ''])('%s is unknown', (text) => expect(gazetteer.province(text)).toHaveProperty('wrong'))
  test('"not specified" is not one of the provinces', () => expect(gazetteer.count).toBe(2))
})

describe('a province as people write it', () => {
  const all = createGazetteer(
    [
      ['10', 'กรุงเทพมหานคร', 'Bangkok'],
      ['14', 'พระนครศรีอยุธยา', 'Phra Nakhon Si Ayutthaya'],
      ['30', 'นครราชสีมา', 'Nakhon Ratchasima'],
      ['50', 'เชียงใหม่', 'Chiang Mai'],
      ['52', 'ลำปาง', 'Lampang'],
      ['54', 'แพร่', 'Phrae'],
    ].map(([code = '', nameTh = '', nameEn = '']) => ({ code, nameTh, nameEn })),
  )
  test.each([
    ['กรุงเทพ', '10'],
    ['อยุธยา', '14'],
    ['Ayutthaya', '14'],
    ['โคราช', '30'],
    ['TH50', '50'],
    ['๕๐', '50'],
    ['ล\u0e4d\u0e32ปาง', '52'],
    ['เเพร่', '54'],
    ['เชียงใหม่\u200b', '50'],
    ['CHIANG-MAI Province', '50'],
  ])('%s is %s', (text, code) => expect(all.province(text)).toEqual({ value: code }))
  test.each([
    ['Chiang Mia', 'is it Chiang Mai (50)?'],
    ['Lampnag', 'is it Lampang (52)?'],
    ['เชียงไหม่', 'is it เชียงใหม่, Chiang Mai (50)?'],
  ])('%s is unknown, and the nearest is named', (text, hint) =>
    expect(all.province(text)).toMatchObject({ wrong: expect.stringContaining(hint) }),
  )
  test('what is near to none has no suggestion', () =>
    expect(all.province('Atlantis')).toEqual({ wrong: 'province "Atlantis" is unknown' }))
  test.each(['รวม', 'Total', 'รวมทั้งประเทศ', 'Grand total'])('%s is a total', (text) =>
    expect(all.province(text)).toMatchObject({ wrong: expect.stringContaining('is a total, not a province') }),
  )
})

describe('a day', () => {
  test('of the calendar is taken', () => expect(readDay('2024-02-29', TODAY)).toEqual({ value: '2024-02-29' }))
  test.each([
    ['2021-02-29', 'does not exist'],
    ['2021-13-01', 'does not exist'],
    ['first of April', 'not of the form'],
    ['01/04/2021', 'is probably 2021-04-01, but it may be 2021-01-04 too, month first'],
    ['1/4/64', 'is probably 2021-04-01, but its year has two digits'],
    ['31/31/2021', 'not of the form'],
    ['12345', 'not of the form'],
    ['2569-12-31', '(2026-12-31) is in the future'],
    ['29/2/2564', 'not of the form'],
    ['', 'not of the form'],
    ['2026-11-23', 'in the future'],
  ])('%s is refused: %s', (text, why) =>
    expect(readDay(text, TODAY)).toMatchObject({ wrong: expect.stringContaining(why) }),
  )
  test.each([
    ['44713', '2022-06-01'],
    ['๒๐๒๒-๐๖-๐๑', '2022-06-01'],
    ['2565-06-01', '2022-06-01'],
    ['1/6/2565', '2022-06-01'],
    ['01-06-2565', '2022-06-01'],
    ['๑/๖/๒๕๖๕', '2022-06-01'],
    ['29/2/2567', '2024-02-29'],
    ['13/06/2022', '2022-06-13'],
    ['06/13/2022', '2022-06-13'],
    ['6/6/2022', '2022-06-06'],
    ['2022/6/1', '2022-06-01'],
    ['2022-06-01 00:00:00', '2022-06-01'],
    ['2022-06-01T00:00:00.000Z', '2022-06-01'],
  ])('%s can only be %s', (text, day) => expect(readDay(text, TODAY)).toEqual({ value: day }))
  test('that may be two days is the one that --dates says', () => {
    expect(readDay('01/06/2022', TODAY, 'day-first')).toEqual({ value: '2022-06-01' })
    expect(readDay('01/06/2022', TODAY, 'month-first')).toEqual({ value: '2022-01-06' })
    expect(readDay('06/13/2022', TODAY, 'day-first')).toMatchObject({
      wrong: expect.stringContaining('day-first it is none, month first it is 2022-06-13'),
    })
  })
})

describe('a count', () => {
  test.each([
    ['12', 12],
    ['1,234', 1234],
    ['7.0', 7],
    ['๑๒', 12],
    ['', undefined],
  ])('%s is %s', (text, value) => expect(readCount('new_cases', text)).toEqual({ value }))
  test.each(['-1', '1.5', 'NaN', '1e3', '๑๒.๕', '99999999999'])('%s is refused', (text) =>
    expect(readCount('new_cases', text)).toHaveProperty('wrong'),
  )
})

function collect(rows: readonly (readonly [string, string, string, string?])[]) {
  const errors = createRowErrors()
  const collector = createCollector(gazetteer, TODAY, errors, readCaseAmounts)
  rows.forEach(([date, province_code, new_cases, new_deaths], i) => {
    collector.onRow(i + 2, { date, province_code, new_cases, ...(new_deaths === undefined ? {} : { new_deaths }) })
  })
  return { errors, ...collector.collected }
}

test('more cases or deaths on a day than people in the province are a slip of the finger', () => {
  const errors = createRowErrors()
  const provinces = [
    { code: '10', nameTh: 'กรุงเทพมหานคร', nameEn: 'Bangkok', population: 5000 },
    { code: '81', nameTh: 'กระบี่', nameEn: 'Krabi', population: 400 },
    { code: '82', nameTh: 'พังงา', nameEn: 'Phangnga', population: null },
  ]
  const collector = createCollector(createGazetteer(provinces), TODAY, errors, readCaseAmounts)
  const rows = ['10,5000,1', '81,999999999,', '81,1,401', '00,5400,', '00,5401,', '82,9999,']
  rows.forEach((row, i) => {
    const [province_code = '', new_cases = '', new_deaths = ''] = row.split(',')
    collector.onRow(i + 2, { date: '2021-04-01', province_code, new_cases, new_deaths })
  })
  expect(errors.first).toEqual([
    { line: 3, what: 'new_cases 999999999 is more than the 400 people who live there' },
    { line: 4, what: 'new_deaths 401 is more than the 400 people who live there' },
    { line: 6, what: 'new_cases 5401 is more than the 5400 people who live there' },
  ])
})

test('a blank number is not reported; it is not zero', () => {
  const { days } = collect([
    ['2021-04-01', '10', '', '2'],
    ['2021-04-02', '10', '0', ''],
  ])
  expect([...days.values()].map((row) => row.amounts)).toEqual([{ deaths: 2 }, { cases: 0 }])
})

test('the same day twice: a repetition is counted, a contradiction names the first line', () => {
  const { errors, repeated } = collect([
    ['2021-04-01', '10', '5'],
    ['2021-04-01', 'Bangkok', '5'],
    ['2021-04-01', '10', '6'],
  ])
  expect(repeated).toBe(1)
  expect(errors.first).toEqual([{ line: 4, what: 'province 10 on 2021-04-01 has other numbers than in line 2' }])
})

test('of many row errors the first are kept and all are counted', () => {
  const { errors } = collect(Array.from({ length: 500 }, () => ['2021-04-01', '10', '-1'] as const))
  expect(errors.count).toBe(500)
  expect(errors.first).toHaveLength(ROW_ERRORS_PRINTED_MAX)
})
