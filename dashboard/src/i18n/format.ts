import type { Language } from '../../../hub/contract/vocabulary/languages.ts'

/** Chromium has no Intl data for these: the months as they are written there. Years are Gregorian. */
const MONTHS: Readonly<Record<'my' | 'lo' | 'km', readonly string[]>> = {
  my: ['ဇန်နဝါရီ', 'ဖေဖော်ဝါရီ', 'မတ်', 'ဧပြီ', 'မေ', 'ဇွန်', 'ဇူလိုင်', 'ဩဂုတ်', 'စက်တင်ဘာ', 'အောက်တိုဘာ', 'နိုဝင်ဘာ', 'ဒီဇင်ဘာ'],
  lo: ['ມັງກອນ', 'ກຸມພາ', 'ມີນາ', 'ເມສາ', 'ພຶດສະພາ', 'ມິຖຸນາ', 'ກໍລະກົດ', 'ສິງຫາ', 'ກັນຍາ', 'ຕຸລາ', 'ພະຈິກ', 'ທັນວາ'],
  km: ['មករា', 'កុម្ភៈ', 'មីនា', 'មេសា', 'ឧសភា', 'មិថុនា', 'កក្កដា', 'សីហា', 'កញ្ញា', 'តុលា', 'វិច្ឆិកា', 'ធ្នូ'],
}

export type Format = {
  /** `12,345`; with `digits` decimals. */
  number(value: number, digits?: number): string
  /** `+12,345`, `−120`, `±0`. */
  signed(value: number, digits?: number): string
  /** A share of one: `0.815` → `82 %`. */
  percent(share: number, digits?: number): string
  /** `YYYY-MM-DD` → `11 พ.ย. 2564`, `11 Nov 2021`. Thai uses the Buddhist year, as official papers do. */
  day(day: string): string
  /** The same with the weekday, in full. */
  dayLong(day: string): string
  /** Without the year, for axes. */
  dayShort(day: string): string
  /** The month alone, for axes. */
  monthShort(day: string): string
  /** `Thu 11 Nov`, `พฤ. 11 พ.ย.` */
  weekdayShort(day: string): string
  /** ms since 1970 → `14:05:09`, Bangkok time. */
  clock(ms: number): string
  /** ms since 1970 → `14:05`, Bangkok time. */
  time(ms: number): string
  /** The time alone when it is today, else with its day: `11 Nov 14:05`. Both in ms since 1970. */
  moment(ms: number, now: number): string
}

const BANGKOK_MS = 7 * 3_600_000

/** ms since 1970 → the Bangkok day `YYYY-MM-DD`. */
export function bangkokDay(ms: number): string {
  return new Date(ms + BANGKOK_MS).toISOString().slice(0, 10)
}

/** ms since 1970 → the hour of the Bangkok day, 0 to 23. */
export function bangkokHour(ms: number): number {
  return new Date(ms + BANGKOK_MS).getUTCHours()
}

function withMoment(format: Omit<Format, 'moment'>): Format {
  return {
    ...format,
    moment(ms, now) {
      const day = bangkokDay(ms)
      return day === bangkokDay(now) ? format.time(ms) : `${format.dayShort(day)} ${format.time(ms)}`
    },
  }
}

const cache = new Map<Language, Format>()

export function createFormat(language: Language): Format {
  const known = cache.get(language)
  if (known) return known
  const made = withMoment(language === 'th' || language === 'en' ? intlFormat(language) : tableFormat(language))
  cache.set(language, made)
  return made
}

// U+2212, not a hyphen: it is as wide as the plus and cannot be taken for a dash.
function sign(value: number, text: string): string {
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : `±${text}`
}

function numbers(locale: string): Pick<Format, 'number' | 'signed' | 'percent'> {
  const byDigits = new Map<number, Intl.NumberFormat>()
  const of = (digits: number) => {
    let format = byDigits.get(digits)
    if (!format) {
      format = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
      byDigits.set(digits, format)
    }
    return format
  }
  const number = (value: number, digits = 0) => (value < 0 ? `−${of(digits).format(-value)}` : of(digits).format(value))
  return {
    number,
    signed: (value, digits = 0) => sign(value, of(digits).format(Math.abs(value))),
    percent: (share, digits = 0) => `${number(share * 100, digits)} %`,
  }
}

function clocks(): Pick<Format, 'clock' | 'time'> {
  const zone = { timeZone: 'Asia/Bangkok', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const clock = new Intl.DateTimeFormat('en-GB', { ...zone, second: '2-digit' })
  const time = new Intl.DateTimeFormat('en-GB', zone)
  return { clock: (ms) => clock.format(ms), time: (ms) => time.format(ms) }
}

function intlFormat(language: 'th' | 'en'): Omit<Format, 'moment'> {
  const locale = language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB'
  const utc = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const of = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options })
  // `year` alone brings the era with it in Thai ("พ.ศ. 2564"); numeric parts are joined here instead.
  const short = of({ day: 'numeric', month: 'short' })
  const long = of({ weekday: 'long', day: 'numeric', month: 'long' })
  const weekday = of({ weekday: 'short' })
  const month = of({ month: 'short' })
  const year = (day: string) => String(Number(day.slice(0, 4)) + (language === 'th' ? 543 : 0))
  return {
    ...numbers(locale),
    ...clocks(),
    day: (day) => `${short.format(utc(day))} ${year(day)}`,
    dayLong: (day) => `${long.format(utc(day))} ${year(day)}`,
    dayShort: (day) => short.format(utc(day)),
    monthShort: (day) => month.format(utc(day)),
    weekdayShort: (day) => `${weekday.format(utc(day))} ${short.format(utc(day))}`,
  }
}

function tableFormat(language: 'my' | 'lo' | 'km'): Omit<Format, 'moment'> {
  const month = (day: string) => MONTHS[language][Number(day.slice(5, 7)) - 1] ?? ''
  const short = (day: string) => `${Number(day.slice(8, 10))} ${month(day)}`
  const full = (day: string) => `${short(day)} ${day.slice(0, 4)}`
  return {
    ...numbers('en-GB'),
    ...clocks(),
    day: full,
    dayLong: full,
    dayShort: short,
    weekdayShort: short,
    monthShort: month,
  }
}
