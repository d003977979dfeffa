import { z } from 'zod'
import { BED_LEVELS, BED_STATES } from '../../contract/vocabulary/beds.ts'
import { DAY_METRICS } from '../../contract/vocabulary/metrics.ts'
import { SEVERITIES } from '../../contract/vocabulary/severity.ts'
import type { Numbers } from './numbers.ts'

/**
 * DHIS2 data value sets: a data element, a period (`20211111`), an organisation unit, a value. A mapping leads from this
 * hub's names to a warehouse's identifiers; without one, both are codes.
 */
const names = z.record(z.string().max(60), z.string().min(1).max(100))
export const dhis2Mapping = z.strictObject({
  /** `cases`, `tests.pcr`, `beds.available.2.1` → a data element */
  dataElements: names,
  /** `TH`, `50`, `5001`, `facility:12` → an organisation unit */
  orgUnits: names,
})
export type Dhis2Mapping = z.output<typeof dhis2Mapping>

export type DataValue = {
  readonly dataElement: string
  readonly period: string
  readonly orgUnit: string
  readonly value: string
}

const STOCKS = [
  'cases.total',
  'deaths.total',
  ...SEVERITIES.map((severity) => `waiting.${severity}`),
  ...BED_STATES.flatMap((state) => BED_LEVELS.map((level) => `beds.${state}.${level}`)),
]

/** @returns the values of these days; what is not known or not shown is left out. Stocks are those of now, under today */
export function dataValuesOf(
  numbers: Numbers,
  areas: readonly string[],
  days: readonly string[],
  mapping: Dhis2Mapping | undefined,
): DataValue[] {
  const found: DataValue[] = []
  const add = (name: string, column: string, day: string, area: string) => {
    const dataElement = mapping === undefined ? name : mapping.dataElements[name]
    const orgUnit = mapping === undefined ? area : mapping.orgUnits[area]
    const value = numbers.read(column, area)
    if (dataElement === undefined || orgUnit === undefined || typeof value !== 'number') return
    found.push({ dataElement, period: day.replaceAll('-', ''), orgUnit, value: String(value) })
  }
  for (const area of areas) {
    for (const day of days) for (const metric of DAY_METRICS) add(metric, `${metric}@${day}`, day, area)
    if (days.includes(numbers.today)) for (const column of STOCKS) add(column, column, numbers.today, area)
  }
  return found
}

export const CSV_HEAD = [
  'dataelement',
  'period',
  'orgunit',
  'categoryoptioncombo',
  'attributeoptioncombo',
  'value',
  'storedby',
  'lastupdated',
  'comment',
  'followup',
] as const

/** A cell of CSV (RFC 4180). An identifier that a table would take for a formula is quoted by an apostrophe. */
const cell = (text: string) => {
  const safe = /^[=+@\t\r]/.test(text) ? `'${text}` : text
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvOf(values: readonly DataValue[]): string {
  const lines = values.map(({ dataElement, period, orgUnit, value }) =>
    [dataElement, period, orgUnit, '', '', value, '', '', '', ''].map(cell).join(','),
  )
  return `${[CSV_HEAD.join(','), ...lines].join('\n')}\n`
}

const VALUES_MAX = 5000
const text = z.string().max(100)
export const dataValueSetIn = z
  .looseObject({
    period: text.optional(),
    orgUnit: text.optional(),
    dataValues: z
      .array(
        z.looseObject({
          dataElement: text,
          period: text.optional(),
          orgUnit: text.optional(),
          value: z.union([z.string().regex(/^\d{1,8}$/, 'number_whole'), z.number().int().min(0).max(99_999_999)]),
        }),
      )
      .min(1)
      .max(VALUES_MAX),
  })
  .meta({ id: 'DataValueSet' })

/** A total of one day, of one place. */
export type Total =
  | {
      readonly of: 'tests'
      readonly kind: 'pcr' | 'atk'
      readonly district: string
      readonly day: string
      readonly tested?: number
      readonly positive?: number
      readonly index: number
    }
  | {
      readonly of: 'doses'
      readonly dose: 1 | 2 | 3 | 4
      readonly facility: number
      readonly day: string
      readonly doses: number
      readonly index: number
    }
/** What is wrong with the value of this index. */
export type Unread = { readonly index: number; readonly field: 'dataElement' | 'period' | 'orgUnit' }

const ELEMENT = /^(?:(tests|positive)\.(pcr|atk)|doses\.([1-4]))$/

/** @returns the totals that a set holds, tested and positive of a day together; or the first value that cannot be read */
export function totalsOf(
  set: z.output<typeof dataValueSetIn>,
  mapping: Dhis2Mapping | undefined,
): readonly Total[] | Unread {
  const element = namesBack(mapping?.dataElements)
  const unit = namesBack(mapping?.orgUnits)
  const totals = new Map<string, Total>()
  for (const [index, one] of set.dataValues.entries()) {
    const [, flow, kind, dose] = ELEMENT.exec(element(one.dataElement)) ?? []
    if (dose === undefined && kind === undefined) return { index, field: 'dataElement' }
    const day = dayOf(one.period ?? set.period ?? '')
    if (day === undefined) return { index, field: 'period' }
    const place = unit(one.orgUnit ?? set.orgUnit ?? '')
    const value = Number(one.value)
    if (dose !== undefined) {
      const facility = /^facility:(\d{1,9})$/.exec(place)?.[1]
      if (facility === undefined) return { index, field: 'orgUnit' }
      const of = { of: 'doses' as const, dose: Number(dose) as 1 | 2 | 3 | 4, facility: Number(facility), day }
      totals.set(JSON.stringify(of), { ...of, doses: value, index })
      continue
    }
    if (!/^\d{4}$/.test(place)) return { index, field: 'orgUnit' }
    const of = { of: 'tests' as const, kind: kind as 'pcr' | 'atk', district: place, day }
    const known = totals.get(JSON.stringify(of))
    totals.set(JSON.stringify(of), { index, ...known, ...of, [flow === 'tests' ? 'tested' : 'positive']: value })
  }
  return [...totals.values()]
}

function namesBack(mapping: Readonly<Record<string, string>> | undefined): (theirs: string) => string {
  const back = new Map(Object.entries(mapping ?? {}).map(([ours, theirs]) => [theirs, ours]))
  return (theirs) => (mapping === undefined ? theirs : (back.get(theirs) ?? ''))
}

/** `20211111` → `2021-11-11`; `undefined` for a week, a month or no day of the calendar */
function dayOf(period: string): string | undefined {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(period) ?? []
  const day = `${year}-${month}-${date}`
  return z.iso.date().safeParse(day).success ? day : undefined
}
