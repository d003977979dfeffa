import { asciiDigits, compactDigits } from './text.ts'

/** One stay open, in minutes of the week from Monday 0:00; may end in the next week. */
export type OpenSpan = { readonly from: number; readonly to: number }

/** Days in OpenStreetMap's words, Monday first. */
export const WEEKDAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
export const ALWAYS_OPEN = '24/7'
export const HOURS_LENGTH_MAX = 200

const DAY_MINUTES = 1440
const WEEK_MINUTES = 7 * DAY_MINUTES
const BANGKOK_MS = 7 * 3_600_000
/** 1 January 1970 was a Thursday. */
const EPOCH_WEEKDAY = 3

/** As people write days; the longer first, so that พฤ is not พ. */
const DAY_WORDS: readonly (readonly [RegExp, (typeof WEEKDAYS)[number]])[] = [
  [/(?:วัน)?(?:พฤหัสบดี|พฤหัส|พฤ\.?)|\bthu(?:rsday|rs)?\b|\bth\b/giu, 'Th'],
  [/(?:วัน)?(?:อาทิตย์|อา\.?)|\bsun(?:day)?\b|\bsu\b/giu, 'Su'],
  [/(?:วัน)?(?:จันทร์|จ\.?)|\bmon(?:day)?\b|\bmo\b/giu, 'Mo'],
  [/(?:วัน)?(?:อังคาร|อ\.?)|\btue(?:sday|s)?\b|\btu\b/giu, 'Tu'],
  [/(?:วัน)?(?:พุธ|พ\.?)|\bwed(?:nesday)?\b|\bwe\b/giu, 'We'],
  [/(?:วัน)?(?:ศุกร์|ศ\.?)|\bfri(?:day)?\b|\bfr\b/giu, 'Fr'],
  [/(?:วัน)?(?:เสาร์|ส\.?)|\bsat(?:urday)?\b|\bsa\b/giu, 'Sa'],
]
const ALWAYS = /^(?:24\/7|24h(?:ours|rs)?|(?:เปิด|ตลอด)*24(?:ชั่วโมง|ชม\.?)(?:ทุกวัน)?|alwaysopen)$/iu
const DAILY = /(?:เปิด)?ทุกวัน|\b(?:daily|every ?day)\b/giu

const TIME = '(\\d{1,2})[:.](\\d{2})'
const SPAN = new RegExp(`^${TIME}-${TIME}$`)
const DAYS = /^(?:Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?:Mo|Tu|We|Th|Fr|Sa|Su))?$/

type Rule = { readonly days: readonly number[]; readonly spans: readonly (readonly [number, number])[] }

function daysOf(text: string): number[] | undefined {
  const days = new Set<number>()
  for (const part of text.split(',')) {
    if (!DAYS.test(part)) return undefined
    const [first = 0, last = first] = part.split('-').map((day) => (WEEKDAYS as readonly string[]).indexOf(day))
    for (let day = first; ; day = (day + 1) % 7) {
      days.add(day)
      if (day === last) break
    }
  }
  return [...days].toSorted((a, b) => a - b)
}

function minuteOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const at = Number(hour) * 60 + Number(minute)
  return Number(minute) < 60 && at <= DAY_MINUTES ? at : undefined
}

function spansOf(text: string): (readonly [number, number])[] | undefined {
  const spans: (readonly [number, number])[] = []
  for (const part of text.split(',')) {
    const [, h1, m1, h2, m2] = SPAN.exec(part) ?? []
    const opens = minuteOf(h1, m1)
    const closes = minuteOf(h2, m2)
    if (opens === undefined || closes === undefined || opens === closes || opens === DAY_MINUTES) return undefined
    spans.push([opens, closes])
  }
  return spans.toSorted(([a], [b]) => a - b)
}

/** As one form: English day words of two letters, ASCII digits, no spaces but between days and times. */
function plain(typed: string): string {
  let text = asciiDigits(typed.normalize('NFKC'))
    .replace(/[–—−~]|\bto\b|ถึง/giu, '-')
    .replace(DAILY, 'Mo-Su ')
  for (const [word, day] of DAY_WORDS) text = text.replace(word, day)
  return text
    .replace(/น\.?(?=\s|[,;]|$)/gu, '')
    .replace(/\s*([-,;:.])\s*/g, '$1')
    .replace(/;+$/, '')
    .trim()
}

function rulesOf(typed: string): Rule[] | undefined {
  const rules: Rule[] = []
  const taken = new Set<number>()
  for (const part of plain(typed).split(';')) {
    const [first = '', ...rest] = part.split(/\s+/)
    const withDays = /^[A-Z]/.test(first)
    const days = withDays ? daysOf(first) : [0, 1, 2, 3, 4, 5, 6]
    const times = withDays ? rest : [first, ...rest]
    if (days === undefined || times.length !== 1) return undefined
    // A day that is said twice is more often a slip than meant.
    if (days.some((day) => taken.has(day))) return undefined
    for (const day of days) taken.add(day)
    if (times[0] === 'off' || times[0] === 'ปิด') continue
    const spans = spansOf(times[0] ?? '')
    if (spans === undefined) return undefined
    rules.push({ days, spans })
  }
  return rules.length === 0 ? undefined : rules
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

function daysText(days: readonly number[]): string {
  const runs: number[][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run?.at(-1) === day - 1) run.push(day)
    else runs.push([day])
  }
  return runs
    .map((run) =>
      (run.length === 1 ? [run[0] ?? 0] : [run[0] ?? 0, run.at(-1) ?? 0]).map((day) => WEEKDAYS[day]).join('-'),
    )
    .join(',')
}

/**
 * Opening hours of a week in the small part of OpenStreetMap's `opening_hours` that everybody writes: `24/7`,
 * `Mo-Fr 08:00-16:30; Sa 09:00-12:00`. Thai and long English day words, dots in times and Thai digits are taken too.
 * @returns the one way in which it is kept, or `undefined` when it is none
 */
export function readOpeningHours(typed: string): string | undefined {
  if (ALWAYS.test(compactDigits(typed.normalize('NFKC')))) return ALWAYS_OPEN
  const rules = rulesOf(typed)
  if (rules === undefined) return undefined
  const said = rules
    .toSorted((a, b) => (a.days[0] ?? 0) - (b.days[0] ?? 0))
    .map(({ days, spans }) => `${daysText(days)} ${spans.map((span) => span.map(clock).join('-')).join(',')}`)
    .join('; ')
  return said.length > HOURS_LENGTH_MAX ? undefined : said
}

/** The stays of a week, Monday first. @param hours as readOpeningHours gives them */
export function openSpans(hours: string): readonly OpenSpan[] {
  if (hours === ALWAYS_OPEN) return [{ from: 0, to: WEEK_MINUTES }]
  return (rulesOf(hours) ?? []).flatMap(({ days, spans }) =>
    days.flatMap((day) =>
      spans.map(([opens, closes]) => ({
        from: day * DAY_MINUTES + opens,
        to: day * DAY_MINUTES + (closes > opens ? closes : closes + DAY_MINUTES),
      })),
    ),
  )
}

/** Whether it is open, by Bangkok's clock. @param at ms since 1970 @returns `undefined` when the hours are not known */
export function isOpenAt(hours: string | null, at: number): boolean | undefined {
  if (hours === null) return undefined
  const days = Math.floor((at + BANGKOK_MS) / 86_400_000)
  const minute = Math.floor((at + BANGKOK_MS) / 60_000) - days * DAY_MINUTES
  const now = ((((days + EPOCH_WEEKDAY) % 7) + 7) % 7) * DAY_MINUTES + minute
  return openSpans(hours).some(({ from, to }) => (now >= from && now < to) || now + WEEK_MINUTES < to)
}
