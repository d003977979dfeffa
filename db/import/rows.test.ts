import { describe, expect, test } from 'vitest'
import { CASE_COLUMNS } from './daily-cases.ts'
import { createRowErrors, FileProblem } from './problem.ts'
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
  await readRows(inMemory(text), CASE_COLUMNS, { map: {}, delimiter: undefined, ...options }, errors, (line, fields) =>
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

test.each([';', '\t', '|'])('columns separated by %j are found by themselves', async (mark) => {
  const { found } = await rows(`date,province_code,new_cases\n2022-06-01,50,12\n`.replaceAll(',', mark))
  expect(found).toEqual([[2, { date: '2022-06-01', province_code: '50', new_cases: '12' }]])
})

test('rows of commas alone are no rows; empty fields after the last column are no fault', async () => {
  const { found, errors } = await rows(
    'date,province_code,new_cases\n,,,\n2022-06-01,50,12,,\n\n,,\n2022-06-02,50,1,x\n',
  )
  expect(found).toEqual([[3, { date: '2022-06-01', province_code: '50', new_cases: '12' }]])
  expect(errors).toEqual([{ line: 6, what: 'has 4 columns where the header has 3' }])
})

test('invisible marks and capitals in a name do not hide the column', async () => {
  const { found } = await rows('Date,province_code,new_cases\u200b\n2022-06-01,50\u200b,12\n')
  expect(found[0]?.[1]).toEqual({ date: '2022-06-01', province_code: '50', new_cases: '12' })
})

describe('what is wrong with the first row is said, never "The operation was aborted"', () => {
  const many = (line: string) => `${line}\n`.repeat(5_000)
  const day = '2022-06-01,50,12'
  test.each([
    [
      'a name that is nearly right',
      `date,province_code,new_case\n${many(day)}`,
      1,
      /no column new_cases .*--map new_cases=new_case$/,
    ],
    ['a name of another source', `date,province_code,cases\n${many(day)}`, 1, /--map new_cases=cases$/],
    [
      'a title above the names',
      `รายงานประจำวัน\n\ndate,province_code,new_cases\n${many(day)}`,
      1,
      /a title \("รายงานประจำวัน"\).*in line 3/,
    ],
    [
      'merged cells over two lines',
      `รายงานสถานการณ์,,,\nวันที่,จังหวัด,ผู้ป่วย,\n,,รายใหม่,เสียชีวิต\n${many('2022-06-01,เชียงใหม่,12,1')}`,
      1,
      /a title .*every column one name in one line.*line 2 seems to hold --map date=วันที่,province_code=จังหวัด/,
    ],
    ['no names at all', many(day), 1, /numbers where the column names should be/],
    [
      'two equal columns',
      `date,province_code,new_cases,new_cases\n${many(`${day},99`)}`,
      1,
      /two columns new_cases \(columns 3 and 4\)/,
    ],
  ])('%s', async (_, text, line, message) => {
    await expect(rows(text)).rejects.toMatchObject({
      name: 'FileProblem',
      line,
      message: expect.stringMatching(message),
    })
  })

  test('an error of the rows themselves, of the file and of the CSV come as they are', async () => {
    const errors = createRowErrors()
    const header = 'date,province_code,new_cases\n'
    const read = (file: TextFile, onRow: () => void = () => undefined) =>
      readRows(file, CASE_COLUMNS, { map: {}, delimiter: undefined }, errors, onRow)
    const fails = () => {
      throw new Error('the first error')
    }
    await expect(read(inMemory(header + many(day)), fails)).rejects.toThrow('the first error')
    const cut: TextFile = {
      bytes: 0,
      async *read() {
        yield header + many(day)
        throw new FileProblem(7, 'cannot be read: EIO')
      },
    }
    await expect(read(cut)).rejects.toMatchObject({ line: 7, message: 'cannot be read: EIO' })
    await expect(read(inMemory(`${header + many(day)}2022-06-01,"50,1\n${many(day)}`))).rejects.toThrow(/quote|64 KiB/)
  })
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
