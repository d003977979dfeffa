import { INDICATORS, type IndicatorId } from '../../contract/indicators/index.ts'
import type { Unit } from '../../contract/indicators/indicator.ts'
import { INDICATORS_EN } from '../../contract/indicators/words-en.ts'
import { INDICATORS_TH } from '../../contract/indicators/words-th.ts'
import type { Briefing, Figure } from './gather.ts'
import { BRIEFING_WORDS, type BriefingLanguage } from './words.ts'

const HOUR_MIN = 60
const DAY_MIN = 24 * HOUR_MIN

/** How a briefing says numbers and moments in its language. */
export function sayings(language: BriefingLanguage) {
  const words = BRIEFING_WORDS[language]
  const indicators = language === 'th' ? INDICATORS_TH : INDICATORS_EN
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
      .format(value)
      .replace('-', '−')
  const tenths = (value: number) => number(value, Number.isInteger(value) ? 0 : 1)
  const moments = new Intl.DateTimeFormat(language === 'th' ? 'th-TH-u-ca-buddhist-nu-latn' : 'en-GB', {
    ...{
      timeZone: 'Asia/Bangkok',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    },
  })

  function inUnit(unit: Unit, value: number): string {
    if (unit === 'share') return `${number(value * 100, 0)} %`
    if (unit === 'change') return signed(Math.round(value * 100), ' %')
    if (unit === 'ratio') return number(value, 2)
    if (unit === 'days') return `${tenths(value)} ${words.days}`
    if (unit !== 'minutes') return tenths(value)
    if (value < 2 * HOUR_MIN) return `${number(value)} ${words.minutes}`
    if (value < 2 * DAY_MIN) return `${number(value / HOUR_MIN, 1)} ${words.hours}`
    return `${number(value / DAY_MIN, 1)} ${words.days}`
  }
  /** Rounded before it gets its sign: what is written as 0 has not changed. */
  const signed = (value: number, after = '', digits = 0) => {
    const rounded = Number(value.toFixed(digits))
    return `${rounded > 0 ? '+' : rounded < 0 ? '−' : '±'}${number(Math.abs(rounded), rounded === 0 ? 0 : digits)}${after}`
  }
  /** As many digits as the two numbers beside it have, in their unit. */
  function changed(unit: Unit, by: number): string {
    if (unit === 'share' || unit === 'change') return signed(by * 100, ` ${words.points}`)
    if (unit === 'ratio') return signed(by, '', 2)
    if (unit === 'days') return signed(by, ` ${words.days}`, 1)
    if (unit !== 'minutes') return signed(by, '', Number.isInteger(by) ? 0 : 1)
    return `${by > 0 ? '+' : by < 0 ? '−' : '±'}${inUnit(unit, Math.abs(by))}`
  }

  return {
    words,
    number,
    /** ms since 1970 → `30 Nov, 14:05`, Bangkok time */
    moment: (ms: number) => moments.format(ms),
    /** `YYYY-MM-DD` → `30 Nov 2026`, `30 พ.ย. 2569` */
    day(text: string): string {
      const [year = '', , date = ''] = text.split('-')
      const month = new Intl.DateTimeFormat(language === 'th' ? 'th-TH' : 'en-GB', { timeZone: 'UTC', month: 'short' })
      return `${Number(date)} ${month.format(Date.parse(text))} ${Number(year) + (language === 'th' ? 543 : 0)}`
    },
    name({ id, options: { level, severity } }: Pick<Figure, 'id' | 'options'>): string {
      const of = [level && words.level(level), severity === 'red' && words.red].filter(Boolean).join(', ')
      return of === '' ? indicators.indicators[id].name : `${indicators.indicators[id].name}, ${of}`
    },
    /** A value in its unit; where there is none, why. */
    value(id: IndicatorId, { value, why }: Figure['now']): string {
      return value === null ? `– ${indicators.whys[why ?? 'not_reported']}` : inUnit(INDICATORS[id].unit, value)
    },
    /** ms of a wait → `12 min` */
    wait: (ms: number) => inUnit('minutes', ms / 60_000),
    /** The area, or what lies right below it, by name; a smaller one by the name of what holds it and its code. */
    place({ area, parts }: Pick<Briefing, 'area' | 'parts'>, code: string): string {
      const named = [area, ...parts].find((one) => one.code === code)
      if (named !== undefined) return language === 'th' ? named.nameTh : named.nameEn
      const holder = parts.find((one) => code.startsWith(one.code))
      return holder === undefined ? code : `${language === 'th' ? holder.nameTh : holder.nameEn} (${code})`
    },
    alert({ nameTh, nameEn, facility }: Briefing['alerts'][number], place: string): string {
      const [name, site] = language === 'th' ? [nameTh, facility?.nameTh] : [nameEn, facility?.nameEn]
      return `${name} · ${site ?? place}`
    },
    /** What has changed since a day before; `–` where one of the two is not known. */
    change(id: IndicatorId, now: number | null, before: number | null | undefined): string {
      return now === null || before == null ? '–' : changed(INDICATORS[id].unit, now - before)
    },
  }
}

export type Sayings = ReturnType<typeof sayings>
