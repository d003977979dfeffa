import { expect, it } from 'vitest'
import { casesCsv, facilitiesCsv, reportsCsv } from './csv.ts'
import type { ListedReport } from './lists.ts'

const lines = (csv: string) => csv.slice(1).split('\r\n')

it('writes a row for each case, needs in one cell, absent values empty', () => {
  const [head, row] = lines(
    casesCsv([
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
        reportedAt: Date.parse('2021-11-11T03:00:00Z'),
        place: '500101',
        facility: null,
        source: 'help',
        severityAt: 0,
        carePlaceAt: 0,
        contactedAt: null,
        escalatedAt: null,
        heardAt: null,
        override: null,
        mergedInto: null,
        closedReason: null,
        onBoard: true,
        amount: 1,
        needs: [
          { id: 1, kind: 'bed', status: 'open', holder: null, openedAt: '2021-11-11T03:00:00Z', leaseUntil: null },
          {
            id: 2,
            kind: 'oxygen',
            status: 'claimed',
            holder: 'Rescue 1',
            openedAt: '2021-11-11T03:00:00Z',
            leaseUntil: '2021-11-11T04:00:00Z',
          },
        ],
      },
    ]),
  )
  expect(head).toContain('id,district,reportDay')
  expect(row).toBe(
    '7,5001,2021-11-11,confirmed,red,true,waiting,waiting,,none,,bed oxygen,Rescue 1,2021-11-11T03:00:00.000Z,1',
  )
})

const report: ListedReport = {
  id: 1,
  district: '5001',
  facility: { id: 3, nameTh: 'จุดฉีด "ก", ชั้น 2', nameEn: '=1+1' },
  day: '2021-11-11',
  kind: 'correction',
  dose: 1,
  group: 'age60',
  vaccine: 'pfizer',
  amount: -5,
  positive: null,
  given: null,
  sourceAt: Date.parse('2021-11-11T03:00:00Z'),
  deviceAt: null,
  recordedAt: Date.parse('2021-11-11T03:00:00Z'),
}

it('quotes what a name may hold, and a number below zero stays one', () => {
  expect(lines(reportsCsv([report]))[1]).toBe(
    '1,5001,3,"จุดฉีด ""ก"", ชั้น 2",2021-11-11,correction,1,age60,pfizer,-5,,,2021-11-11T03:00:00.000Z,',
  )
})

it('gives a spreadsheet no formula to run', () => {
  const { nameTh, nameEn } = report.facility ?? { nameTh: '', nameEn: '' }
  const facility = {
    id: 3,
    code: '@f',
    kind: 'ci',
    district: '5001',
    lat: null,
    lon: null,
    hours: null,
    active: true,
    mergedInto: null,
    nameTh,
    nameEn,
    reportedAt: null,
    amount: 0,
    beds: [],
  } as const
  expect(lines(facilitiesCsv([facility]))[1]).toContain(`'=1+1`)
  expect(lines(facilitiesCsv([facility]))[1]).toContain(`'@f`)
})
