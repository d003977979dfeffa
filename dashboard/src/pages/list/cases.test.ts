import { expect, it } from 'vitest'
import { casesCsv } from './cases.ts'

it('writes a row for each case, needs in one cell, absent values empty', () => {
  const csv = casesCsv([
    {
      id: 7,
      district: '5001',
      reportDay: '2021-11-11',
      classification: 'confirmed',
      severity: 'red',
      risk608: true,
      stage: 'waiting',
      carePlace: 'waiting',
      bedLevel: null,
      outcome: 'none',
      outcomeDay: null,
      needs: [
        { kind: 'bed', status: 'open' },
        { kind: 'oxygen', status: 'claimed' },
      ],
    },
  ])
  const [head, row] = csv.slice(1).split('\r\n')
  expect(head).toContain('id,district,reportDay')
  expect(row).toBe('7,5001,2021-11-11,confirmed,red,true,waiting,waiting,,none,,bed oxygen')
})
