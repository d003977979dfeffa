import { isUnspecified, NO_PROVINCE } from '../../hub/contract/vocabulary/areas.ts'
import { asciiDigits, foldedText } from '../../hub/contract/vocabulary/text.ts'
import { type DayForm, type DayOrder, readWrittenDay } from './days.ts'
import { nearest } from './likeness.ts'

/** A field's value, or what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly wrong: string }

const COUNT = /^[+-]?\d{1,15}(?:\.0+)?$/

/**
 * @param today the real Bangkok day, `YYYY-MM-DD`: no row can be from after it
 * @param onForm is told of days that were not written as YYYY-MM-DD
 */
export function readDay(
  text: string,
  today: string,
  order?: DayOrder,
  onForm?: (form: DayForm, text: string, day: string) => void,
): Read<string> {
  const written = readWrittenDay(text, order)
  if (written === undefined) {
    const other = order === undefined ? undefined : readWrittenDay(text)
    const meant = other !== undefined && 'day' in other ? `; ${order} it is none, ${other.as} it is ${other.day}` : ''
    return /^\d{4}-\d{2}-\d{2}$/.test(text)
      ? { wrong: `date ${text} does not exist` }
      : { wrong: `date ${quote(text)} is not of the form YYYY-MM-DD${meant}` }
  }
  if ('probably' in written) {
    return {
      wrong: `date ${quote(text)} is probably ${written.probably}, but ${written.why}; write that, or say --dates day-first`,
    }
  }
  const { day, as } = written
  if (day > today)
    return { wrong: `date ${text}${text === day ? '' : ` (${day})`} is in the future (today is ${today})` }
  if (as !== 'iso') onForm?.(as, text, day)
  return { value: day }
}

/** A number of people or doses; blank means not reported, which is not zero. */
export function readCount(column: string, typed: string | undefined): Read<number | undefined> {
  if (typed === undefined || typed === '') return { value: undefined }
  const text = asciiDigits(typed)
  const plain = /^[+-]?\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : text
  if (!COUNT.test(plain)) return { wrong: `${column} ${quote(text)} is not a whole number` }
  const value = Number(plain)
  if (value < 0) return { wrong: `${column} ${text} is negative` }
  if (value > Number.MAX_SAFE_INTEGER || value > 2_147_483_647) return { wrong: `${column} ${text} is too large` }
  return { value }
}

export type Province = {
  readonly code: string
  readonly nameTh: string
  readonly nameEn: string
  readonly population?: number | null
}

/** Finds provinces by 2-digit code, ISO 3166-2 code, Thai or English name; `00` and its names are "not specified". */
export type Gazetteer = {
  province(text: string): Read<string>
  readonly count: number
  /** English name and code */
  name(code: string): string
  /** people of a province, of the nation for "not specified"; `undefined`: not known */
  population(code: string): number | undefined
}

const NOT_SPECIFIED = ['unknown', 'not specified', 'unspecified', 'ไม่ระบุ']
/** Names of what a row adds up; the screens do that themselves. */
const TOTALS = [
  'รวม',
  'รวมทั้งหมด',
  'รวมทั้งประเทศ',
  'ทั้งประเทศ',
  'ยอดรวม',
  'ทั้งหมด',
  'ประเทศไทย',
  'total',
  'grand total',
  'sum',
  'all',
  'thailand',
  'nationwide',
  'country',
]
/** Short and old names that reports use. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  กรุงเทพ: '10',
  กรุงเทพฯ: '10',
  กทม: '10',
  'bangkok metropolis': '10',
  bkk: '10',
  อยุธยา: '14',
  ayutthaya: '14',
  แปดริ้ว: '24',
  ปราจีน: '25',
  โคราช: '30',
  korat: '30',
  อุบล: '34',
  ubon: '34',
  หนองบัว: '39',
  อุดร: '41',
  udon: '41',
  เมืองกาญจน์: '71',
  สุพรรณ: '72',
  ประจวบ: '77',
  นครศรี: '80',
  นครศรีฯ: '80',
  สุราษฎร์: '84',
  สุราษฎร์ฯ: '84',
}

export function isTotal(text: string): boolean {
  const name = bare(text)
  return TOTALS.some((total) => bare(total) === name)
}

export function createGazetteer(provinces: readonly Province[]): Gazetteer {
  const codes = new Set([NO_PROVINCE, ...provinces.map((province) => province.code)])
  const byName = new Map<string, string>()
  for (const name of NOT_SPECIFIED) byName.set(bare(name), NO_PROVINCE)
  for (const [name, code] of Object.entries(OTHER_NAMES)) byName.set(bare(name), code)
  for (const { code, nameTh, nameEn } of provinces) {
    byName.set(bare(nameTh), code)
    byName.set(bare(nameEn), code)
  }
  const people = new Map(provinces.map(({ code, population }) => [code, population ?? undefined]))
  const nation = provinces.reduce((sum, { population }) => sum + (population ?? 0), 0) || undefined
  const names = new Map(provinces.map(({ code, nameTh, nameEn }) => [code, { nameTh, nameEn }]))
  const name = (code: string): string => {
    const known = names.get(code)
    return known ? `${known.nameEn} (${code})` : code === NO_PROVINCE ? 'province not specified' : code
  }
  /** The province that is nearest in writing, in the script that was written. */
  const hint = (text: string): string => {
    const near = nearest(bare(text), byName.keys())
    const code = near === undefined ? undefined : byName.get(near)
    if (code === undefined) return ''
    const spelt = /[\u0e00-\u0e7f]/.test(text) ? (names.get(code)?.nameTh ?? '') : ''
    return `; is it ${spelt ? `${spelt}, ` : ''}${name(code)}?`
  }
  return {
    population: (code) => (code === NO_PROVINCE ? nation : people.get(code)),
    count: provinces.filter((province) => !isUnspecified(province.code)).length,
    name,
    province(typed) {
      const text = asciiDigits(typed)
      const iso = /^TH-?(\d{2})$/i.exec(text)?.[1]
      const code = iso ?? (/^\d{1,2}$/.test(text) ? text.padStart(2, '0') : byName.get(bare(text)))
      if (code !== undefined && codes.has(code)) return { value: code }
      if (isTotal(text))
        return { wrong: `${quote(text)} is a total, not a province: delete the row; totals are added up here` }
      return { wrong: text === '' ? 'the province is blank' : `province ${quote(text)} is unknown${hint(text)}` }
    },
  }
}

/** Sources differ in how they spell (`foldedText`), and in the word for province. */
function bare(name: string): string {
  return foldedText(
    name
      .trim()
      .replace(/^(?:จังหวัด|จ\.)/u, '')
      .replace(/ province$/iu, ''),
  )
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
