import type { FacilityLine, ListedCase, ListedFacility, ListedReport } from './lists.ts'

type Value = string | number | boolean | null | undefined
type Columns<T> = Readonly<Record<string, (row: T) => Value>>

/** RFC 4180 with codes, not words; the byte order mark tells spreadsheets that it is UTF-8. */
function csv<T>(columns: Columns<T>, rows: readonly T[]): string {
  const lines = rows.map((row) => Object.values(columns).map((of) => cell(of(row))))
  return `\ufeff${[Object.keys(columns), ...lines].map((line) => line.join(',')).join('\r\n')}\r\n`
}

/** A name that begins like a formula would be run by a spreadsheet; a number below zero is none. */
function cell(value: Value): string {
  const text = String(value ?? '')
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const casesCsv = (rows: readonly ListedCase[]) =>
  csv<ListedCase>(
    {
      id: (row) => row.id,
      district: (row) => row.district,
      reportDay: (row) => (row.reportDay.startsWith('-') ? '' : row.reportDay),
      classification: (row) => row.classification,
      severity: (row) => row.severity,
      risk608: (row) => row.risk608,
      stage: (row) => row.stage,
      carePlace: (row) => row.carePlace,
      bedLevel: (row) => row.bedLevel,
      outcome: (row) => row.outcome,
      outcomeDay: (row) => row.outcomeDay,
      needs: (row) => row.needs.map(({ kind }) => kind).join(' '),
      holders: (row) => [...new Set(row.needs.flatMap(({ holder }) => holder ?? []))].join(' | '),
      reportedAt: (row) => new Date(row.reportedAt).toISOString(),
      amount: (row) => row.amount,
    },
    rows,
  )

export const reportsCsv = (rows: readonly ListedReport[]) =>
  csv<ListedReport>(
    {
      id: (row) => row.id,
      district: (row) => row.district,
      facility: (row) => row.facility?.id,
      facilityName: (row) => row.facility?.nameTh,
      day: (row) => row.day,
      kind: (row) => row.kind,
      dose: (row) => row.dose,
      group: (row) => row.group,
      vaccine: (row) => row.vaccine,
      amount: (row) => row.amount,
      positive: (row) => row.positive,
      given: (row) => row.given,
      recordedAt: (row) => new Date(row.recordedAt).toISOString(),
      deviceAt: (row) => (row.deviceAt === null ? '' : new Date(row.deviceAt).toISOString()),
    },
    rows,
  )

const sited =
  (of: (row: ListedFacility) => Value) =>
  (row: FacilityLine): Value =>
    row.id === null ? '' : of(row)

export const facilitiesCsv = (rows: readonly FacilityLine[]) =>
  csv<FacilityLine>(
    {
      id: (row) => row.id,
      code: sited((row) => row.code),
      kind: sited((row) => row.kind),
      district: (row) => row.district,
      nameTh: sited((row) => row.nameTh),
      nameEn: sited((row) => row.nameEn),
      amount: (row) => row.amount,
      beds: sited((row) =>
        row.beds.map((bed) => `${bed.level}:${bed.occupied}/${bed.available}/${bed.staffed}`).join(' '),
      ),
      reportedAt: sited((row) => (row.reportedAt === null ? '' : new Date(row.reportedAt).toISOString())),
    },
    rows,
  )
