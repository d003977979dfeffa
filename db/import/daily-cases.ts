import type { DayForm, DayOrder } from './days.ts'
import { type Gazetteer, isTotal, type Read, readCount, readDay } from './fields.ts'
import type { Shape } from './header.ts'
import type { RowErrors } from './problem.ts'
import type { Fields } from './rows.ts'

/** What a source says of one province and day; an absent number was not reported, which is not zero. */
export type CaseAmounts = { readonly cases?: number; readonly deaths?: number }
export type AreaDay<A> = {
  readonly area: string
  readonly day: string
  /** over how many days, ending with `day`, it was counted; absent: one */
  readonly days?: number
  readonly amounts: A
}

export const CASE_COLUMNS: Shape = { required: ['date', 'province_code', 'new_cases'], optional: ['new_deaths'] }

/** Holds one entry per province and day, however long the file is. */
export type Collected<A> = {
  readonly days: ReadonlyMap<string, AreaDay<A> & { readonly line: number }>
  /** rows that say again what an earlier row says */
  readonly repeated: number
  /** rows without any number */
  readonly blank: number
  /** days that were not written as YYYY-MM-DD: how many, and one of them */
  readonly forms: ReadonlyMap<DayForm, { readonly rows: number; readonly text: string; readonly day: string }>
}

export type Collector<A> = { onRow(line: number, fields: Fields): void; readonly collected: Collected<A> }

export function areaDayKey(area: string, day: string): string {
  return `${area} ${day}`
}

function createForms() {
  const found = new Map<DayForm, { rows: number; text: string; day: string }>()
  return {
    found,
    take(form: DayForm, text: string, day: string): void {
      const known = found.get(form)
      if (known) known.rows++
      else found.set(form, { rows: 1, text, day })
    },
  }
}

/** The part that daily cases and cumulative doses share: the key, repetition, contradiction. `read`: the row's numbers, or what is wrong. */
export function createCollector<A extends object>(
  gazetteer: Gazetteer,
  today: string,
  errors: RowErrors,
  read: (fields: Fields, population?: number) => { readonly amounts: A } | { readonly wrong: string },
  order?: DayOrder,
): Collector<A> {
  const forms = createForms()
  const days = new Map<string, AreaDay<A> & { line: number }>()
  let repeated = 0
  let blank = 0
  return {
    onRow(line, fields) {
      // A sum has no day, or no province: whichever column names it.
      if (isTotal(fields.date ?? '')) {
        return errors.add(
          line,
          `${JSON.stringify(fields.date)} is a total, not a day: delete the row; totals are added up here`,
        )
      }
      const day = readDay(fields.date ?? '', today, order, (form, text, value) => forms.take(form, text, value))
      const area = gazetteer.province(fields.province_code ?? '')
      const numbers = read(fields, 'wrong' in area ? undefined : gazetteer.population(area.value))
      if ('wrong' in day) return errors.add(line, day.wrong)
      if ('wrong' in area) return errors.add(line, area.wrong)
      if ('wrong' in numbers) return errors.add(line, numbers.wrong)
      if (Object.keys(numbers.amounts).length === 0) {
        blank++
        return
      }
      const key = areaDayKey(area.value, day.value)
      const known = days.get(key)
      if (known === undefined) days.set(key, { area: area.value, day: day.value, amounts: numbers.amounts, line })
      else if (JSON.stringify(known.amounts) === JSON.stringify(numbers.amounts)) repeated++
      else errors.add(line, `province ${area.value} on ${day.value} has other numbers than in line ${known.line}`)
    },
    get collected() {
      return { days, repeated, blank, forms: forms.found }
    },
  }
}

/** @param population of the province: every case becomes a row, so a slip of the finger must not become a billion */
export function readCaseAmounts(
  fields: Fields,
  population = Number.POSITIVE_INFINITY,
): { readonly amounts: CaseAmounts } | { readonly wrong: string } {
  const read = (column: 'new_cases' | 'new_deaths'): Read<number | undefined> => {
    const found = readCount(column, fields[column])
    if ('wrong' in found || (found.value ?? 0) <= population) return found
    return { wrong: `${column} ${fields[column]} is more than the ${population} people who live there` }
  }
  const cases = read('new_cases')
  const deaths = read('new_deaths')
  if ('wrong' in cases) return cases
  if ('wrong' in deaths) return deaths
  return {
    amounts: {
      ...(cases.value === undefined ? {} : { cases: cases.value }),
      ...(deaths.value === undefined ? {} : { deaths: deaths.value }),
    },
  }
}
