import { BED_LEVELS } from '../../../hub/contract/vocabulary/beds.ts'
import { BED_KINDS, type FacilityKind } from '../../../hub/contract/vocabulary/facilities.ts'
import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import type { MapMark, MarkAge, MarkShape } from '../map/marks.ts'
import { countTone } from '../panels/ages.ts'

/** Shape and letter of each kind: on maps, in legends, in lists of what is near. */
export const SITE_MARKS: Readonly<Record<FacilityKind, { readonly shape: MarkShape; readonly letter: string }>> = {
  hospital: { shape: 'square', letter: 'H' },
  field: { shape: 'triangle', letter: 'F' },
  hospitel: { shape: 'house', letter: 'L' },
  ci: { shape: 'hexagon', letter: 'C' },
  hi_hub: { shape: 'hexagon', letter: 'I' },
  vaccination: { shape: 'circle', letter: 'V' },
  test: { shape: 'diamond', letter: 'T' },
  oxygen: { shape: 'drop', letter: 'O' },
  crematorium: { shape: 'cross', letter: 'X' },
}

/** Who has beds is expected to count them; a point that gives doses or oxygen has nothing that ages but what it said. */
const COUNTS_BEDS: ReadonlySet<FacilityKind> = new Set(BED_KINDS)

export function siteAge({ kind, reportedAt }: Pick<Site, 'kind' | 'reportedAt'>, now: number): MarkAge {
  if (reportedAt === null) return COUNTS_BEDS.has(kind) ? 'silent' : 'fresh'
  const tone = countTone(now - reportedAt)
  return tone === 'normal' ? 'fresh' : tone === 'watch' ? 'old' : 'silent'
}

/** Words of the screen's language that a mark's label is made of. */
export type MarkWords = {
  /** `undefined` where there is no room for any: then it has no label */
  readonly name: ((site: Site) => string) | undefined
  /** how long ago */
  readonly age: (ms: number) => string
  readonly never: string
  readonly number: (value: number) => string
}

/** The level that is asked for first stands first. */
const LEVELS_DOWN = [...BED_LEVELS].reverse()
const LEVELS_SHOWN = 3

/** `3: 2 · 2.2: 5`, of the most severe levels that were reported. */
export function freeBeds({ free }: Pick<Site, 'free'>, number: (value: number) => string): string {
  return LEVELS_DOWN.flatMap((level) => {
    const count = free[level]
    return count === undefined ? [] : [`${level}: ${number(count)}`]
  })
    .slice(0, LEVELS_SHOWN)
    .join(' · ')
}

/** A site as the map draws it: its name, its free beds, and its report's age unless that is of today. */
export function siteMark(site: Site, now: number, words: MarkWords): MapMark {
  const age = siteAge(site, now)
  const name = words.name?.(site)
  const said = age === 'fresh' ? '' : site.reportedAt === null ? words.never : words.age(now - site.reportedAt)
  const second = [freeBeds(site, words.number), said].filter((text) => text !== '').join(' · ')
  return {
    id: site.id,
    lat: site.lat,
    lon: site.lon,
    ...SITE_MARKS[site.kind],
    age,
    label: name === undefined ? '' : second === '' ? name : `${name}\n${second}`,
  }
}
