import type { Row } from '../../hub/contract/live/rows.ts'
import { NATION } from '../../hub/contract/vocabulary/areas.ts'
import { BED_LEVELS, type BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { DAYS_INSIDE, DAYS_OWN } from '../../hub/contract/vocabulary/metrics.ts'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import { DevCounts } from './counts.ts'

/**
 * A situation of about the re-opening of November 2021, invented from a seed: enough for every panel to have something
 * to show, some provinces abnormal. Only for developing and photographing the dashboard; the real fold is
 * hub/situation.
 */
export const TODAY = '2021-11-11'

const FACILITIES = 14
/** Of each something, so that every layer has places. */
const DEV_KINDS = ['hospital', 'field', 'ci', 'hospitel', 'vaccination', 'test', 'oxygen'] as const

/** mulberry32 */
export function createRandom(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type DevAreas = {
  readonly provinces: readonly { readonly code: string; readonly population: number }[]
  /** by province */
  readonly districts: ReadonlyMap<string, readonly string[]>
  /** degrees, by district */
  readonly places: ReadonlyMap<string, readonly [lat: number, lon: number]>
}

/** It has not reported its day yet. */
const LATE_PROVINCE = '58'

/** How bad a province is against the mean: the deep south and Bangkok's ring were hit hardest. */
const HOT: Readonly<Record<string, number>> = {
  '90': 3.4,
  '94': 4.9,
  '95': 6.2,
  '96': 3.1,
  '80': 1.7,
  '92': 1.4,
  '50': 1.5,
  '20': 1.3,
  '27': 1.6,
}
const CARE_SHARES = {
  'care.hi': 0.3,
  'care.ci': 0.12,
  'care.field': 0.16,
  'care.hospitel': 0.14,
  'care.hospital': 0.28,
} as const
const SEVERITY_SHARES = { green: 0.72, yellow: 0.2, red: 0.05, unknown: 0.03 } as const
const CLAIM_SHARES = { '15m': 0.2, '1h': 0.36, '4h': 0.24, '12h': 0.12, '24h': 0.05, '48h': 0.02, later: 0.01 } as const
const CONTACT_SHARES = { '6h': 0.34, '12h': 0.28, '24h': 0.26, '48h': 0.1, later: 0.02 } as const
const BEDS_PER_100K: Readonly<Record<BedLevel, number>> = { '0': 90, '1': 130, '2.1': 45, '2.2': 14, '3': 8.5 }

/** Three waves' worth of shape over the 120 days before today: the Delta peak in mid-August, then the slow fall. */
function waveAt(daysAgo: number): number {
  const peak = Math.exp(-(((daysAgo - 88) / 30) ** 2)) * 2.05
  const weekday = 1 + 0.08 * Math.sin((daysAgo * 2 * Math.PI) / 7)
  return (0.62 + peak) * weekday
}

export class DevSituation {
  readonly counts: DevCounts
  readonly #areas: DevAreas
  readonly #random: () => number
  readonly #today: string

  constructor(areas: DevAreas, seed: number, kind: OperationKind, today = TODAY, facilities?: number) {
    this.#today = today
    this.counts = new DevCounts(today)
    this.#areas = areas
    this.#random = createRandom(seed)
    this.#seed()
    const titles = ['ฝึกซ้อมเปิดประเทศ พ.ย. 2564', 'Re-opening exercise, November 2021'] as const
    const operation: Row = ['operation', '1', this.#today, kind, ...titles]
    const since = Date.parse(`${this.#today}T01:00:00Z`)
    const oldest = (area: string): Row[] =>
      ['waiting.any', 'unclaimed.any'].map((measure) => ['oldest', `${area}.${measure}`, area, measure, since])
    const provinces = areas.provinces.map(({ code }) => code)
    this.counts.setRows('nation', [operation, ...[NATION, ...provinces].flatMap(oldest)])
    for (const code of provinces) {
      const rows = [operation, ...oldest(code), ...this.#facilities(code, facilities)]
      this.counts.setRows(`province:${code}`, rows)
      this.counts.setRows(`public:${code}`, rows)
    }
  }

  #seed(): void {
    for (const { code, population } of this.#areas.provinces) {
      const districts = this.#areas.districts.get(code) ?? [`${code}00`]
      const weights = districts.map(() => 0.3 + this.#random() ** 2)
      const sum = weights.reduce((a, b) => a + b, 0)
      const hot = (HOT[code] ?? 0.45 + this.#random() * 0.8) * (population / 66_000_000)
      const drift = -0.25 + this.#random() * 0.75
      districts.forEach((district, i) => {
        const part = weights[i]! / sum
        const from = code === LATE_PROVINCE ? 1 : 0
        this.#seedFlows(district, hot * part, population * part, from, DAYS_INSIDE, drift)
        this.#seedStocks(district, hot * part, population * part)
      })
      // Before that, districts are in no scope's window.
      this.#seedFlows(`${code}00`, hot, population, DAYS_INSIDE, DAYS_OWN)
      this.counts.add('cases.total', `${code}00`, Math.round(population * 0.028))
      this.counts.add('deaths.total', `${code}00`, Math.round(population * 0.00028))
    }
    // Prisons and imported cases: no province.
    for (let i = 0; i < DAYS_OWN; i++) {
      this.counts.add(`cases@${addDays(this.#today, -i)}`, '0000', Math.round(110 * waveAt(i)))
    }
  }

  /** Up or down by chance, so that small shares do not all become nothing. */
  #round(value: number): number {
    return Math.floor(value + this.#random())
  }

  #seedFlows(area: string, share: number, population: number, from: number, to: number, drift = 0): void {
    const noise = () => 0.85 + this.#random() * 0.3
    for (let i = from; i < to; i++) {
      const day = addDays(this.#today, -i)
      const soFar = i === 0 ? 0.55 : 1
      const trend = 1 + drift * (1 - i / DAYS_INSIDE)
      const sunday = i % 7 === 4
      const doses = (420_000 / 66_000_000) * population * (sunday ? 0.45 : 1) * soFar * (1 - Math.min(0.7, i / 160))
      this.counts.add(`cases@${day}`, area, this.#round(9_200 * waveAt(i) * share * noise() * soFar * trend))
      this.counts.add(`deaths@${day}`, area, this.#round(95 * waveAt(i) * share * soFar))
      this.counts.add(`doses.1@${day}`, area, this.#round(doses * 0.3 * noise()))
      this.counts.add(`doses.2@${day}`, area, this.#round(doses * 0.55 * noise()))
      this.counts.add(`doses.3@${day}`, area, this.#round(doses * 0.15 * noise()))
      if (this.#random() < 0.15) this.counts.add(`doses.late@${day}`, area, this.#round(60 * this.#random()))
      if (this.#random() < 0.03) this.counts.add(`doses.corrected@${day}`, area, -this.#round(40 * this.#random()))
    }
  }

  #seedStocks(district: string, share: number, population: number): void {
    this.counts.add('doses.total.1', district, Math.round(population * 0.68))
    this.counts.add('doses.total.2', district, Math.round(population * (0.38 + this.#random() * 0.3)))
    for (const [severity, part] of Object.entries(SEVERITY_SHARES)) {
      for (const [place, of] of Object.entries(CARE_SHARES)) {
        this.counts.add(`${place}.${severity}`, district, this.#round(98_000 * share * of * part))
      }
      const waiting = 3_100 * share * part * (0.2 + this.#random() * 1.9)
      this.counts.add(`waiting.${severity}`, district, this.#round(waiting))
      this.counts.add(`unclaimed.${severity}`, district, this.#round(waiting / 4))
    }
    for (const [bucket, part] of Object.entries(CLAIM_SHARES)) {
      this.counts.add(`claims.${bucket}@${this.#today}`, district, this.#round(2_400 * share * part))
    }
    for (const [age, part] of Object.entries(CONTACT_SHARES)) {
      this.counts.add(`contact.${age}`, district, this.#round(40_000 * share * part))
    }
    const heat = (share * 66_000_000) / population
    for (const level of BED_LEVELS) this.#seedBeds(district, level, (BEDS_PER_100K[level] * population) / 100_000, heat)
  }

  #seedBeds(district: string, level: BedLevel, staffedMean: number, heat: number): void {
    const staffed = Math.round(staffedMean * (0.6 + this.#random() * 0.8))
    const occupied = Math.min(
      staffed,
      Math.round(staffed * Math.min(0.97, 0.4 + 0.17 * heat + 0.14 * this.#random() + (level === '3' ? 0.1 : 0))),
    )
    const held = Math.min(staffed - occupied, Math.round(staffed * 0.03))
    const cleaning = Math.min(staffed - occupied - held, Math.round(staffed * 0.015))
    this.counts.add(`beds.staffed.${level}`, district, staffed)
    this.counts.add(`beds.occupied.${level}`, district, occupied)
    this.counts.add(`beds.held.${level}`, district, held)
    this.counts.add(`beds.cleaning.${level}`, district, cleaning)
    this.counts.add(`beds.available.${level}`, district, staffed - occupied - held - cleaning)
  }

  #facilities(province: string, wanted?: number): Row[] {
    const rows: Row[] = []
    const own = this.#areas.districts.get(province) ?? []
    const count = wanted ?? Math.min(FACILITIES, own.length)
    const districts = Array.from({ length: count }, (_, i) => own[i % own.length] ?? `${province}01`)
    const now = Date.now()
    districts.forEach((district, i) => {
      const kind = i === 0 ? 'hospital' : DEV_KINDS[i % DEV_KINDS.length]!
      const id = `${province}${i}`
      const reported = now - i * 7 * 3_600_000
      const [lat, lon] = this.#areas.places.get(district) ?? [null, null]
      const hours = kind === 'hospital' ? '24/7' : 'Mo-Fr 08:00-16:30'
      rows.push(['facility', id, kind, district, `สถานพยาบาล ${i + 1}`, `Facility ${i + 1}`, lat, lon, reported, hours])
      const levels =
        kind === 'hospital'
          ? (['1', '2.1', '2.2', '3'] as const)
          : kind === 'field'
            ? (['1', '2.1'] as const)
            : kind === 'ci' || kind === 'hospitel'
              ? (['0'] as const)
              : []
      for (const level of levels) {
        const staffed = Math.round((level === '3' ? 8 : 40) * (0.5 + this.#random()))
        const occupied = Math.round(staffed * (0.4 + this.#random() * 0.58))
        rows.push([
          'beds',
          `${id}.${level}`,
          Number(id),
          level,
          staffed,
          staffed - occupied,
          0,
          occupied,
          0,
          0,
          reported,
        ])
      }
    })
    return rows
  }

  /** For tests: the largest numbers a panel has to hold, in a district and so in what it belongs to. */
  crowd(district: string): void {
    const add = (column: string, n: number) => this.counts.add(column, district, n)
    for (const ago of [0, 1, 7]) {
      add(`cases@${addDays(this.#today, -ago)}`, 88_888)
      add(`deaths@${addDays(this.#today, -ago)}`, 888)
      for (const dose of [1, 2, 3, 4]) add(`doses.${dose}@${addDays(this.#today, -ago)}`, 288_888)
    }
    add(`doses.late@${this.#today}`, 188_888)
    add(`doses.corrected@${this.#today}`, -188_888)
    add('deaths.total', 68_888)
    for (const flow of ['late.cases', 'late.deaths', 'corrected.cases', 'corrected.deaths', 'corrected.beds']) {
      add(`${flow}@${this.#today}`, flow.endsWith('deaths') ? 888 : 8_888)
    }
    for (const severity of Object.keys(SEVERITY_SHARES)) {
      add(`waiting.${severity}`, 8_888)
      add(`unclaimed.${severity}`, 8_888)
      add('lapsed', 2_222)
      add(`uncontacted.${severity}`, 8_888)
      for (const place of Object.keys(CARE_SHARES)) add(`${place}.${severity}`, 18_888)
    }
    for (const bucket of Object.keys(CLAIM_SHARES)) add(`claims.${bucket}@${this.#today}`, 8_888)
    for (const age of Object.keys(CONTACT_SHARES)) add(`contact.${age}`, 88_888)
    for (const level of BED_LEVELS) {
      add(`beds.staffed.${level}`, 198_888)
      add(`beds.cleaning.${level}`, 10_000)
      add(`beds.occupied.${level}`, 100_000)
      add(`beds.available.${level}`, 88_888)
      add(`beds.late.${level}`, 38_888)
    }
    // Full in less than two weeks at this trend.
    for (let ago = 0; ago < 14; ago++) add(`occupied.2.2@${addDays(this.#today, -ago)}`, 140_000 - 10_000 * ago)
    this.counts.position += 4_096
  }

  /** For tests: one commit that moves one cell. */
  change(column: string, district: string, n: number): void {
    this.counts.add(column, district, n)
    this.counts.position += 4_096
  }

  /** A handful of events, as a busy second brings them. */
  tick(events: number): void {
    for (let i = 0; i < events; i++) {
      const province = this.#areas.provinces[Math.floor(this.#random() ** 1.5 * this.#areas.provinces.length)]!.code
      const districts = this.#areas.districts.get(province) ?? []
      const district = districts[Math.floor(this.#random() * districts.length)] ?? `${province}00`
      const severity = this.#random() < 0.75 ? 'green' : this.#random() < 0.8 ? 'yellow' : 'red'
      const what = this.#random()
      if (what < 0.3) {
        this.counts.add(`cases@${this.#today}`, district, 1)
        this.counts.add(`waiting.${severity}`, district, 1)
      } else if (what < 0.55) this.#admit(district, severity)
      else if (what < 0.98)
        this.counts.add(
          `doses.${this.#random() < 0.6 ? 2 : 1}@${this.#today}`,
          district,
          1 + Math.floor(this.#random() * 40),
        )
      else this.counts.add(`deaths@${this.#today}`, district, 1)
    }
    this.counts.position += 4_096
  }

  #admit(district: string, severity: string): void {
    if (this.counts.get(`waiting.${severity}`, district) < 1) return
    const level: BedLevel = severity === 'red' ? '3' : severity === 'yellow' ? '2.1' : '1'
    if (this.counts.get(`beds.available.${level}`, district) < 1) return
    this.counts.add(`waiting.${severity}`, district, -1)
    this.counts.add(`care.${severity === 'green' ? 'field' : 'hospital'}.${severity}`, district, 1)
    this.counts.add(`beds.available.${level}`, district, -1)
    this.counts.add(`beds.occupied.${level}`, district, 1)
  }
}
