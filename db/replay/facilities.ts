import type { BedLevel } from '../../hub/contract/vocabulary/beds.ts'
import type { FacilityKind } from '../../hub/contract/vocabulary/facilities.ts'
import { spread } from './random.ts'

/** The kinds that a replay makes: those with beds, and the points that give doses, tests and oxygen. */
export type ReplayedKind = Exclude<FacilityKind, 'hi_hub' | 'crematorium'>

/** An invented facility with a generic name; no real institution is meant. */
export type PlannedFacility = {
  readonly code: string
  readonly district: string
  readonly kind: ReplayedKind
  readonly nameTh: string
  readonly nameEn: string
  readonly lat: number | null
  readonly lon: number | null
  readonly hours: string | null
  readonly beds: readonly { readonly level: BedLevel; readonly staffed: number }[]
}

export type FacilityProvince = {
  readonly code: string
  readonly population: number
  readonly districts: readonly { readonly code: string; readonly lat: number | null; readonly lon: number | null }[]
}

/**
 * Beds for COVID-19 in the country at the re-opening: 194,883 in all, 5,708 of level 3 (Ministry of Public Health,
 * as docs/DOMAIN.md's load figures have it). The levels between are [B].
 */
export const BEDS_TOTAL = 194_883
export const BEDS_BY_LEVEL: Readonly<Record<BedLevel, number>> = {
  '0': 44_000,
  '1': 96_175,
  '2.1': 39_000,
  '2.2': 10_000,
  '3': 5_708,
}

const SHARES: Readonly<Record<BedLevel, Partial<Record<ReplayedKind, number>>>> = {
  '0': { ci: 1 },
  '1': { hospital: 0.34, field: 0.36, hospitel: 0.3 },
  '2.1': { hospital: 0.64, field: 0.28, hospitel: 0.08 },
  '2.2': { hospital: 1 },
  '3': { hospital: 1 },
}

/** One of a kind per so many people, from one to `max` in a province; the first hospital is the province's main one. */
const NUMBERS: Readonly<Record<ReplayedKind, { readonly people: number; readonly max: number }>> = {
  hospital: { people: 200_000, max: 16 },
  field: { people: 450_000, max: 6 },
  hospitel: { people: 900_000, max: 5 },
  ci: { people: 350_000, max: 10 },
  vaccination: { people: 400_000, max: 8 },
  test: { people: 500_000, max: 6 },
  oxygen: { people: 900_000, max: 4 },
}
const MAIN_HOSPITAL_WEIGHT = 4

const NAMES: Readonly<Record<ReplayedKind, readonly [th: string, en: string]>> = {
  hospital: ['โรงพยาบาลชุมชน', 'Community hospital'],
  field: ['โรงพยาบาลสนาม', 'Field hospital'],
  hospitel: ['ฮอสพิเทล', 'Hospitel'],
  ci: ['ศูนย์พักคอย', 'Community isolation centre'],
  vaccination: ['จุดฉีดวัคซีน', 'Vaccination point'],
  test: ['จุดตรวจเชื้อ', 'Test point'],
  oxygen: ['จุดบริการออกซิเจน', 'Oxygen point'],
}
/** As opening-hours.ts writes them; a ward never shuts. */
const HOURS: Readonly<Partial<Record<ReplayedKind, string>>> = {
  hospital: '24/7',
  vaccination: 'Mo-Su 08:00-16:30',
  test: 'Mo-Su 08:00-18:00',
  oxygen: '24/7',
}
const MAIN_HOSPITAL: readonly [string, string] = ['โรงพยาบาลประจำจังหวัด', 'Provincial hospital']

/** Facilities of all provinces, by population; the same input gives the same facilities. */
export function planFacilities(provinces: readonly FacilityProvince[]): PlannedFacility[] {
  const people = provinces.map((province) => province.population)
  const perLevel = Object.entries(BEDS_BY_LEVEL).map(([level, beds]) => ({
    level: level as BedLevel,
    parts: spread(beds, people),
  }))
  return provinces.flatMap((province, p) =>
    provinceFacilities(
      province,
      perLevel.map(({ level, parts }) => ({ level, beds: parts[p] ?? 0 })),
    ),
  )
}

function provinceFacilities(
  province: FacilityProvince,
  levels: readonly { readonly level: BedLevel; readonly beds: number }[],
): PlannedFacility[] {
  const kinds = Object.keys(NUMBERS) as ReplayedKind[]
  const beds = new Map<string, number>()
  const numbers = new Map(kinds.map((kind) => [kind, numberOf(kind, province.population)]))
  for (const { level, beds: total } of levels) {
    const of = kinds.filter((kind) => SHARES[level][kind] !== undefined)
    const perKind = spread(
      total,
      of.map((kind) => SHARES[level][kind] ?? 0),
    )
    of.forEach((kind, k) => {
      const weights = Array.from({ length: numbers.get(kind) ?? 1 }, (_, i) => unitWeight(kind, level, i))
      spread(perKind[k] ?? 0, weights).forEach((n, i) => {
        beds.set(`${kind} ${i} ${level}`, n)
      })
    })
  }
  return kinds.flatMap((kind, k) =>
    Array.from({ length: numbers.get(kind) ?? 1 }, (_, i) => {
      const main = kind === 'hospital' && i === 0
      const [nameTh, nameEn] = main ? MAIN_HOSPITAL : NAMES[kind]
      const place = province.districts[(i * (k + 1)) % Math.max(province.districts.length, 1)]
      return {
        code: `replay-${province.code}-${kind}-${i + 1}`,
        district: place?.code ?? `${province.code}00`,
        kind,
        nameTh: `${nameTh} ${kind === 'hospital' && !main ? i : i + 1}`,
        nameEn: `${nameEn} ${kind === 'hospital' && !main ? i : i + 1}`,
        lat: place?.lat ?? null,
        lon: place?.lon ?? null,
        hours: HOURS[kind] ?? null,
        beds: levels
          .map(({ level }) => ({ level, staffed: beds.get(`${kind} ${i} ${level}`) ?? 0 }))
          .filter((entry) => entry.staffed > 0),
      }
    }),
  )
}

function numberOf(kind: ReplayedKind, population: number): number {
  const { people, max } = NUMBERS[kind]
  return Math.min(max, Math.max(1, Math.round(population / people)))
}

/** Intensive care and high-flow oxygen stand in the main hospital and the next few. */
function unitWeight(kind: ReplayedKind, level: BedLevel, i: number): number {
  if (kind !== 'hospital') return 1
  if (i === 0) return MAIN_HOSPITAL_WEIGHT
  return (level === '3' && i > 2) || (level === '2.2' && i > 5) ? 0 : 1
}
