import { isUnspecified, NO_PROVINCE } from '../../hub/wire/areas.ts'

/** A field's value, or what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly wrong: string }

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const COUNT = /^[+-]?\d{1,15}(?:\.0+)?$/
/** Buddhist years of our time begin here: 2400 BE = 1857. */
const BUDDHIST_FROM = 2400

/** @param today the real Bangkok day, `YYYY-MM-DD`: no row can be from after it. */
export function readDay(text: string, today: string): Read<string> {
  const parts = DAY.exec(text)
  if (!parts) return { wrong: `date ${quote(text)} is not of the form YYYY-MM-DD` }
  const year = Number(parts[1])
  if (year >= BUDDHIST_FROM) return { wrong: `date ${text} has a Buddhist year; write ${year - 543}${text.slice(4)}` }
  const time = Date.UTC(year, Number(parts[2]) - 1, Number(parts[3]))
  if (new Date(time).toISOString().slice(0, 10) !== text) return { wrong: `date ${text} does not exist` }
  if (text > today) return { wrong: `date ${text} is in the future (today is ${today})` }
  return { value: text }
}

/** A number of people or doses; blank means not reported, which is not zero. */
export function readCount(column: string, text: string | undefined): Read<number | undefined> {
  if (text === undefined || text === '') return { value: undefined }
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
  /** people of a province, of the nation for "not specified"; `undefined`: not known */
  population(code: string): number | undefined
}

const NOT_SPECIFIED = ['unknown', 'not specified', 'unspecified', 'ไม่ระบุ']
const OTHER_NAMES: Readonly<Record<string, string>> = {
  กรุงเทพฯ: '10',
  กทม: '10',
  'กทม.': '10',
  'bangkok metropolis': '10',
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
  return {
    population: (code) => (code === NO_PROVINCE ? nation : people.get(code)),
    count: provinces.filter((province) => !isUnspecified(province.code)).length,
    province(text) {
      const iso = /^TH-(\d{2})$/i.exec(text)?.[1]
      const code = iso ?? (/^\d{1,2}$/.test(text) ? text.padStart(2, '0') : byName.get(bare(text)))
      if (code !== undefined && codes.has(code)) return { value: code }
      return { wrong: text === '' ? 'the province is blank' : `province ${quote(text)} is unknown` }
    },
  }
}

/** Spelling differs between sources in spaces, hyphens and case ("Lop Buri", "Lopburi"), and in the word for province. */
function bare(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/^(?:จังหวัด|จ\.)/u, '')
    .replace(/(?: province)$/u, '')
    .replace(/[\s\-']/gu, '')
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
