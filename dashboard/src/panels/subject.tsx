import { createContext, type JSX, useContext } from 'solid-js'
import type { Cells } from '../../../hub/contract/indicators/cells.ts'
import { INDICATORS, type IndicatorId } from '../../../hub/contract/indicators/index.ts'
import {
  type Area,
  type Oldest,
  type Options,
  type Thresholds,
  unknown,
  type Value,
} from '../../../hub/contract/indicators/indicator.ts'
import { withRegions } from '../../../hub/contract/indicators/regions.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { NATION, NO_PROVINCE, provinceOf } from '../../../hub/contract/vocabulary/areas.ts'
import { HEALTH_REGIONS, isRegion, provincesOfRegion, regionCode } from '../../../hub/contract/vocabulary/regions.ts'
import { type WallKind, wallKind } from '../../../hub/contract/vocabulary/walls.ts'
import type { Place, Province } from '../api/areas.ts'
import type { FacilityWall } from '../api/facilityWall.ts'
import type { LiveStore } from '../live/store.ts'
import { facilityCells, withFacility } from './facilityCells.ts'
import { type Followed, FollowedContext } from './followed.ts'
import type { FollowedFacility } from './followFacility.ts'

export { placeName } from '../places/placeName.ts'

/** A part of the subject that is mapped and ranked: a province or a health region of the nation, a district of a province. */
export type Part = Place & { readonly population?: number | null | undefined }

/** What a ranking needs of a part; a health region has no place. */
export type RankedPart = Pick<Part, 'code' | 'nameTh' | 'nameEn' | 'population'>

/** What a screen is about: the nation or a health region and its provinces, a province and its districts, a district, or a facility. */
export type Subject = Followed & {
  /** whose parts, scope and scales it has: a region the nation's, a district or facility its province's */
  readonly kind: 'nation' | 'province'
  readonly place: WallKind
  /** districts are seen by fives, and a count of people below five not at all */
  readonly rounded: boolean
  /** of a district, or where a facility lies */
  readonly district: Place | undefined
  /** what a facility's own wall knows of it beside its live rows */
  readonly facility: (() => FacilityWall) | undefined
  readonly parts: readonly Part[]
  /** counts whose part is not known stand under this code */
  readonly unspecified: string
  readonly cells: Cells
  /** An indicator of the subject, or of a part. @param asked `day`: another than today; `now`: ms since 1970, for ages */
  read(id: IndicatorId, asked?: Asked): Value
  /** the subject of `home`, which a district lies in */
  atHome(): Subject
  /** from where the indicator is abnormal, as national command has set it */
  thresholds(id: IndicatorId): Thresholds
}

export type Asked = Options & {
  readonly of?: Area | undefined
  readonly day?: string | undefined
  readonly now?: number | undefined
  /** in place of the numbers of now */
  readonly from?: Past | undefined
}

/** The numbers of the subject as they stood at another moment. */
export type Past = { readonly cells: Cells; readonly oldest: Oldest | undefined }

type Known = {
  readonly provinces: readonly Province[]
  readonly districts: readonly Place[]
  /** whether who looks may see districts as they are, or by fives as everybody */
  readonly exact: boolean
  /** of a facility's own wall */
  readonly facility?: FollowedFacility | undefined
}

/**
 * The area whose scope holds the numbers of a place: the nation's those of its regions, a province's those of its districts and facilities.
 * @param facilityDistrict of a facility, which its number does not tell
 */
export function homeOf(area: string, facilityDistrict?: string): string {
  return area === NATION || isRegion(area) ? NATION : provinceOf(facilityDistrict ?? area)
}

export function subjectScope(home: string, exact: boolean): Scope {
  return home === NATION ? 'nation' : `${exact ? 'province' : 'public'}:${home}`
}

/** @param area `TH`, `R06`, `50`, `5001` or `H123` */
export function createSubject(live: LiveStore, area: string, known: Known): Subject {
  const { facility } = known
  const home = homeOf(area, facility?.wall().district)
  const scope = subjectScope(home, known.exact)
  const operation = () => live.rows(scope, 'operation')[0]
  const areaCells = withRegions((column, code) => live.cell(scope, column, code))
  const cells = facility
    ? withFacility(
        areaCells,
        area,
        facilityCells(() => ({
          wall: facility.wall(),
          beds: facility.beds(),
          today: operation()?.day,
          now: facility.now(),
        })),
      )
    : areaCells
  const province = known.provinces.find(({ code }) => code === home)
  const parts: readonly Part[] = partsOf(area, known)
  const population = home === NATION ? populationOf(parts) : province?.population
  const place = wallKind(area) ?? 'province'
  const hasResidents = place !== 'district' && place !== 'facility'
  const whole: Area = { code: area, population: hasResidents ? population : null }
  const rounded = scope.startsWith('public:')
  const oldestRow: Oldest = (code, measure) => {
    if (facility && code === area)
      return facility.beds().find((row) => measure === `beds.${row.level}`)?.reportedAt ?? null
    const of = isRegion(code) ? provincesOfRegion(code) : [code]
    const ids = new Set(of.map((each) => `${each}.${measure}`))
    const at = live.rows(scope, 'oldest').flatMap((row) => (ids.has(row.id) ? [row.at] : []))
    return at.length === 0 ? null : Math.min(...at)
  }
  // A public scope holds no such rows.
  const oldest = rounded ? undefined : oldestRow
  return {
    kind: home === NATION ? 'nation' : 'province',
    place,
    home,
    scope,
    area,
    rounded,
    province,
    district: known.districts.find(({ code }) => code === (facility?.wall().district ?? area)),
    facility: facility?.wall,
    provinces: known.provinces,
    parts,
    unspecified: area === NATION ? NO_PROVINCE : `${area}00`,
    live,
    cells,
    operation,
    today: () => operation()?.day,
    loaded: () => live.scope(scope).loaded,
    read(id, { of = whole, day = operation()?.day, now = 0, from = { cells, oldest }, ...options } = {}) {
      const { code, population } = of
      // A region as a part reads as its own screen does.
      const isWhole = code === area || isRegion(code)
      const subject = {
        ...{ code, population, oldest: from.oldest, whole: isWhole ? code : area },
        parts: isWhole ? partsOf(code, known) : [],
      }
      return day === undefined ? unknown('not_reported') : INDICATORS[id].read(from.cells, subject, day, now, options)
    },
    atHome: () => createSubject(live, home, { ...known, facility: undefined }),
    thresholds: (id) => live.rows(scope, 'threshold').find((row) => row.id === id) ?? INDICATORS[id].thresholds,
  }
}

function partsOf(area: string, { provinces, districts }: Pick<Known, 'provinces' | 'districts'>): readonly Part[] {
  if (area === NATION) return provinces
  if (isRegion(area)) {
    const own = provincesOfRegion(area)
    return provinces.filter(({ code }) => own.includes(code))
  }
  return area.length === 2 && area !== NATION ? districts : []
}

function populationOf(parts: readonly Part[]): number {
  return parts.reduce((sum, each) => sum + (each.population ?? 0), 0)
}

/** The health regions, as parts of the nation. */
export function regionParts({ provinces }: Pick<Subject, 'provinces'>): readonly RankedPart[] {
  return Array.from({ length: HEALTH_REGIONS }, (_, i) => {
    const code = regionCode(i + 1)
    const population = populationOf(partsOf(code, { provinces, districts: [] }))
    return { code, nameTh: `เขตสุขภาพที่ ${i + 1}`, nameEn: `Health region ${i + 1}`, population }
  })
}

export const SubjectContext = createContext<Subject>()

/** What is below it is about the subject, and follows it. */
export function AboutSubject(props: { value: Subject; children: JSX.Element }): JSX.Element {
  const subject = props.value
  return (
    <FollowedContext.Provider value={subject}>
      <SubjectContext.Provider value={subject}>{props.children}</SubjectContext.Provider>
    </FollowedContext.Provider>
  )
}

export function useSubject(): Subject {
  const subject = useContext(SubjectContext)
  if (!subject) throw new Error('useSubject needs a SubjectContext above it')
  return subject
}
