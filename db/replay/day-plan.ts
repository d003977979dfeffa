import { provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import type { TargetGroup } from '../../hub/contract/vocabulary/doses.ts'
import { between, pick, type Random, spread } from './random.ts'
import { ATK_PER_PCR, ATK_POSITIVE, DAY_SECONDS, DOSE_GROUPS, PCR_POSITIVE, REPORT_HOURS, SITE_HOURS } from './rates.ts'

export type Place = { readonly code: string; readonly population: number; readonly districts: readonly District[] }
export type District = { readonly code: string; readonly weight: number }

/** What is to happen on one day, by province code. */
export type DayCounts = {
  readonly cases: ReadonlyMap<string, number>
  readonly deaths: ReadonlyMap<string, number>
  /** by dose number − 1, then by province */
  readonly doses: readonly ReadonlyMap<string, number>[]
  /** PCR tests taken; where absent, as many as the day's cases stand for */
  readonly pcr?: ReadonlyMap<string, number>
}

/** One thing that happens; `at` in seconds of the day. */
export type DayEvent =
  | { readonly kind: 'report'; readonly at: number; readonly district: string }
  | { readonly kind: 'death'; readonly at: number; readonly province: string }
  | {
      readonly kind: 'dose'
      readonly at: number
      readonly district: string
      readonly dose: number
      readonly doses: number
      /** unknown when absent */
      readonly group?: TargetGroup
    }
  | {
      readonly kind: 'test'
      readonly at: number
      readonly district: string
      readonly test: 'pcr' | 'atk'
      readonly tested: number
      readonly positive: number
    }

export type PlanOptions = {
  /** events fall into the rest of the day from here on, in seconds */
  readonly from?: number
  /** doses of one row, from and to; one row per province and dose number when absent */
  readonly doseRow?: readonly [min: number, max: number]
  /** rows of test results per province and kind */
  readonly testRows?: number
}

/**
 * Single events that add up to a day's counts exactly, province by province, in the order of time.
 * A case of a province falls into one of its districts by weight; one without districts, into `NN00`.
 */
export function planDay(
  counts: DayCounts,
  places: ReadonlyMap<string, Place>,
  random: Random,
  options: PlanOptions = {},
): DayEvent[] {
  const from = options.from ?? 0
  const reportTime = timeOfDay(REPORT_HOURS, from)
  const siteTime = timeOfDay(SITE_HOURS, from)
  const events: DayEvent[] = []
  const district = (province: string) => pickDistrict(places.get(province), province, random)
  for (const [province, n] of counts.cases) {
    for (let i = 0; i < n; i++) events.push({ kind: 'report', at: reportTime(random), district: district(province) })
  }
  for (const [province, n] of counts.deaths) {
    for (let i = 0; i < n; i++) events.push({ kind: 'death', at: reportTime(random), province })
  }
  counts.doses.forEach((byProvince, i) => {
    for (const [province, total] of byProvince) {
      for (const doses of doseRows(total, options.doseRow, random)) {
        const { group } = pick(DOSE_GROUPS, (one) => one.weight, random)
        events.push({ kind: 'dose', at: siteTime(random), district: district(province), dose: i + 1, doses, group })
      }
    }
  })
  for (const [province, cases] of counts.cases) {
    const pcr = Math.max(counts.pcr?.get(province) ?? Math.round(cases / PCR_POSITIVE), cases)
    const atk = Math.round(pcr * ATK_PER_PCR)
    for (const [test, tested, positive] of [
      ['pcr', pcr, cases],
      ['atk', atk, Math.round(atk * ATK_POSITIVE)],
    ] as const) {
      const rows = Math.max(1, Math.min(options.testRows ?? 1, tested))
      const positives = spread(positive, Array(rows).fill(1))
      spread(tested, Array(rows).fill(1)).forEach((n, i) => {
        if (n === 0) return
        const found = Math.min(positives[i] ?? 0, n)
        events.push({
          kind: 'test',
          at: siteTime(random),
          district: district(province),
          test,
          tested: n,
          positive: found,
        })
      })
    }
  }
  return events.sort((a, b) => a.at - b.at)
}

function pickDistrict(place: Place | undefined, province: string, random: Random): string {
  if (place === undefined || place.districts.length === 0) return `${provinceOf(province)}00`
  return pick(place.districts, (one) => one.weight, random).code
}

/** Rows of 5–200 doses; the last takes the rest. */
export function doseRows(
  total: number,
  row: readonly [min: number, max: number] | undefined,
  random: Random,
): number[] {
  if (total <= 0) return []
  if (row === undefined) return [total]
  const rows: number[] = []
  for (let left = total; left > 0; ) {
    const doses = Math.min(left, between(row[0], row[1], random))
    rows.push(doses)
    left -= doses
  }
  return rows
}

/** A time of day by hourly weights, not before `from`; when nothing is left of the weighted hours, evenly over the rest. */
function timeOfDay(hours: readonly number[], from: number): (random: Random) => number {
  const slots = hours
    .map((weight, hour) => {
      const start = Math.max(from, hour * 3600)
      const seconds = Math.max(0, (hour + 1) * 3600 - start)
      return { start, seconds, weight: (weight * seconds) / 3600 }
    })
    .filter((slot) => slot.weight > 0)
  if (slots.length === 0) return (random) => between(Math.min(from, DAY_SECONDS - 1), DAY_SECONDS - 1, random)
  return (random) => {
    const slot = pick(slots, (one) => one.weight, random)
    return slot.start + Math.floor(random() * slot.seconds)
  }
}
