import { asciiDigits } from '../../hub/contract/vocabulary/text.ts'

/** A day as a source writes it: understood, in one way only; or not, with what it probably means. */
export type WrittenDay =
  | { readonly day: string; readonly as: DayForm }
  | { readonly probably: string; readonly why: string }
  | undefined
/** How a day was written, when not as YYYY-MM-DD. */
export type DayForm = 'iso' | 'thai digits' | 'Buddhist year' | 'day of Excel' | 'day first' | 'month first'

/** Which part of 01/06/2022 is the day, when the file does not tell. */
export type DayOrder = 'day-first' | 'month-first'

/** Buddhist years of our time begin here: 2400 BE = 1857. */
const BUDDHIST_FROM = 2400
const BUDDHIST_AHEAD = 543
/** Excel counts days from 1900 and believes that February of that year had 29; from March on this is day 0. */
const EXCEL_ZERO = Date.UTC(1899, 11, 30)
/** 2000-01-01 to 2099-12-31: what else has five digits in a column of dates is not a day. */
const EXCEL_FROM = 36_526
const EXCEL_TO = 73_050
const DAY_MS = 86_400_000

const iso = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** @returns `YYYY-MM-DD`, or `undefined` when the calendar has no such day */
function calendar(year: number, month: number, day: number): string | undefined {
  const gregorian = year >= BUDDHIST_FROM ? year - BUDDHIST_AHEAD : year
  const time = Date.UTC(gregorian, month - 1, day)
  const valid = month >= 1 && month <= 12 && day >= 1 && new Date(time).getUTCDate() === day
  return valid ? iso(time) : undefined
}

function as(form: DayForm, day: string | undefined): WrittenDay {
  return day === undefined ? undefined : { day, as: form }
}

/** `undefined` when it is no day in any form we know, or one that the calendar does not have. */
export function readWrittenDay(typed: string, order?: DayOrder): WrittenDay {
  // A spreadsheet's midnight is no time.
  const text = asciiDigits(typed).replace(/[T ]00?:00(?::00(?:\.0+)?)?Z?$/, '')
  const wasThai = text !== typed && /[๐-๙]/.test(typed)
  const ymd = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text)
  if (ymd) {
    const year = Number(ymd[1])
    const day = calendar(year, Number(ymd[2]), Number(ymd[3]))
    return as(year >= BUDDHIST_FROM ? 'Buddhist year' : wasThai ? 'thai digits' : 'iso', day)
  }
  if (/^\d{5}(?:\.0+)?$/.test(text)) {
    const serial = Number(text)
    return serial < EXCEL_FROM || serial > EXCEL_TO
      ? undefined
      : { day: iso(EXCEL_ZERO + serial * DAY_MS), as: 'day of Excel' }
  }
  const parts = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/.exec(text)
  return parts ? dayAndMonth(Number(parts[1]), Number(parts[2]), parts[3] ?? '', order) : undefined
}

function dayAndMonth(first: number, second: number, written: string, order: DayOrder | undefined): WrittenDay {
  const year = Number(written)
  if (written.length === 2) {
    // 65 is 2565, as Thai forms write it, or 1965, or 2065.
    const probably = calendar(2500 + year, second, first)
    return probably === undefined ? undefined : { probably, why: 'its year has two digits' }
  }
  const dayFirst = calendar(year, second, first)
  if (year >= BUDDHIST_FROM) return as('Buddhist year', dayFirst)
  const monthFirst = calendar(year, first, second)
  if (order === 'day-first' || (dayFirst !== undefined && (monthFirst === undefined || monthFirst === dayFirst))) {
    return as('day first', dayFirst)
  }
  if (order === 'month-first' || dayFirst === undefined) return as('month first', monthFirst)
  return { probably: dayFirst, why: `it may be ${monthFirst} too, month first` }
}
