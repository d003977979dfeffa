import { describe, expect, it } from 'vitest'
import { doseReports, readBedSheet, readDoseSheet, SHEET_ROWS_MAX, splitSheet } from './sheet.ts'

it('reads what a spreadsheet copies and what it saves', () => {
  expect(splitSheet('a\tb\r\n1\t2')).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  expect(splitSheet('\ufeffa;b\n1;"x;""y"""')).toEqual([
    ['a', 'b'],
    ['1', 'x;"y"'],
  ])
})

describe('a sheet of beds', () => {
  const head = 'level,staffed,available,held,occupied,cleaning,blocked\n'

  it('says row by row what is wrong, by the line number of the spreadsheet', () => {
    const sheet = readBedSheet(`${head}3,10,2,0,8,0,0\n3,10,2,0,8,0,0\n9,1,1,0,0,0,0\n1,5,1,0,1,0,0\n0,x,1,,1,,\n\n`)
    if (!sheet.ok) throw new Error(sheet.error)
    expect(sheet.rows.map((row) => [row.line, row.ok ? 'ok' : row.error])).toEqual([
      [2, 'ok'],
      [3, 'twice'],
      [4, 'level'],
      [5, 'sum'],
      [6, 'number'],
    ])
  })

  it('asks for the columns by name', () => {
    expect(readBedSheet('3,10,2')).toMatchObject({ ok: false, error: 'no_header' })
  })
})

describe('a sheet of doses', () => {
  it('takes days that have come, known groups and counts above zero', () => {
    const text = 'day,dose,group,doses\n2021-11-10,1,age60,20\n,2,,5\n2021-11-12,1,,5\n,9,,5\n,1,king,5\n,1,,0'
    const sheet = readDoseSheet(text, '2021-11-11')
    if (!sheet.ok) throw new Error(sheet.error)
    expect(sheet.rows.map((row) => (row.ok ? row.value.day : row.error))).toEqual([
      '2021-11-10',
      '2021-11-11',
      'day',
      'dose',
      'group',
      'number',
    ])
  })

  it('refuses more rows than a page can show', () => {
    const text = `dose,doses\n${'1,5\n'.repeat(SHEET_ROWS_MAX + 1)}`
    expect(readDoseSheet(text, '2021-11-11')).toMatchObject({ ok: false, error: 'too_many_rows' })
  })

  it('becomes one report for each day and hundred rows', () => {
    const line = { dose: 1 as const, group: 'general' as const, doses: 1 }
    const lines = [
      ...Array.from({ length: 105 }, () => ({ ...line, vaccine: 'unknown' as const, day: '2021-11-10' })),
      { ...line, vaccine: 'pfizer' as const, day: '2021-11-11' },
    ]
    expect(doseReports(lines).map(({ day, rows }) => [day, rows.length])).toEqual([
      ['2021-11-10', 100],
      ['2021-11-10', 5],
      ['2021-11-11', 1],
    ])
    expect(doseReports(lines).at(-1)?.rows).toEqual([{ ...line, vaccine: 'pfizer' }])
  })
})
