import { describe, expect, test } from 'vitest'
import { CASE_COLUMNS } from './daily-cases.ts'
import { createRowErrors } from './problem.ts'
import { type Fields, type RowOptions, readRows } from './rows.ts'
import type { TextFile } from './text.ts'

function inMemory(text: string): TextFile {
  return {
    bytes: text.length,
    async *read() {
      yield text
    },
  }
}

async function rows(text: string, options: Partial<RowOptions> = {}) {
  const errors = createRowErrors()
  const found: [number, Fields][] = []
  await readRows(inMemory(text), CASE_COLUMNS, { map: {}, delimiter: ',', ...options }, errors, (line, fields) =>
    found.push([line, fields]),
  )
  return { found, errors: errors.first }
}

test('comments and empty lines count as lines; columns come in any order', async () => {
  const { found } = await rows('# source\n\nnew_cases,date,other,province_code\n3,2021-04-01,x,10\n')
  expect(found).toEqual([[4, { date: '2021-04-01', province_code: '10', new_cases: '3' }]])
})

test("columns are found by the file's own names", async () => {
  const { found } = await rows('วันที่;จังหวัด;ผู้ติดเชื้อ\n2021-04-01;ตาก;3\n', {
    delimiter: ';',
    map: { date: 'วันที่', province_code: 'จังหวัด', new_cases: 'ผู้ติดเชื้อ' },
  })
  expect(found[0]?.[1]).toEqual({ date: '2021-04-01', province_code: 'ตาก', new_cases: '3' })
})

test('a row of another width is a row error with its line', async () => {
  const { found, errors } = await rows('date,province_code,new_cases\n2021-04-01,10\n2021-04-02,10,1\n')
  expect(errors).toEqual([{ line: 2, what: 'has 2 columns where the header has 3' }])
  expect(found).toHaveLength(1)
})

describe('what ends the reading', () => {
  test('missing columns are named, beside those that are there', async () => {
    await expect(rows('day,province_code\n')).rejects.toMatchObject({
      line: 1,
      message: /no column date, new_cases \(found: day, province_code\)/,
    })
  })
  test('a mapped column that is not there', async () => {
    await expect(rows('date,province_code,new_cases\n', { map: { new_deaths: 'died' } })).rejects.toThrow(
      'died (mapped to new_deaths)',
    )
  })
  test('another delimiter is suggested', async () => {
    await expect(rows('date;province_code;new_cases\n')).rejects.toThrow('--delimiter')
  })
  test('a quote that never closes', async () => {
    await expect(rows('date,province_code,new_cases\n2021-04-01,"10,1\n2021-04-02,10,1\n')).rejects.toThrow(
      'never closes',
    )
  })
  test('text after a closing quote', async () => {
    await expect(rows('date,province_code,new_cases\n2021-04-01,"10"0,1\n')).rejects.toMatchObject({
      line: 2,
      message: 'text after a closing quote (")',
    })
  })
  test('a quoted field that swallows more than 64 KiB', async () => {
    const lines = '2021-04-02,10,1\n'.repeat(10_000)
    await expect(rows(`date,province_code,new_cases\n2021-04-01,"10,1\n${lines}`)).rejects.toThrow('64 KiB')
  })
  test('no header at all', async () => {
    await expect(rows('# only a comment\n')).rejects.toThrow('no header')
  })
})
