import { createContext, useContext } from 'solid-js'
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
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import type { Place, Province } from '../api/areas.ts'
import type { LiveStore } from '../live/store.ts'

/** A part of the subject that is mapped and ranked: a province of the nation, a district of a province. */
export type Part = Place & { readonly population?: number | null | undefined }

/** What a screen is about: the nation and its provinces, or a province and its districts. */
export type Subject = {
  readonly kind: 'nation' | 'province'
  readonly scope: Scope
  readonly area: string
  /** districts are seen by fives, and a count of people below five not at all */
  readonly rounded: boolean
  /** the province itself; the nation has none */
  readonly province: Province | undefined
  readonly provinces: readonly Province[]
  readonly parts: readonly Part[]
  /** counts whose part is not known stand under this code */
  readonly unspecified: string
  readonly live: LiveStore
  readonly cells: Cells
  operation(): RowObject<'operation'> | undefined
  /** the operation's day, `YYYY-MM-DD`; `undefined` before the first delta */
  today(): string | undefined
  loaded(): boolean
  /** An indicator of the subject, or of a part. @param asked `day`: another than today; `now`: ms since 1970, for ages */
  read(id: IndicatorId, asked?: Asked): Value
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
}

export function subjectScope(area: string, exact: boolean): Scope {
  return area === NATION ? 'nation' : `${exact ? 'province' : 'public'}:${area}`
}

export function createSubject(live: LiveStore, area: string, known: Known): Subject {
  const isNation = area === NATION
  const scope = subjectScope(area, known.exact)
  const operation = () => live.rows(scope, 'operation')[0]
  const cells: Cells = (column, code) => live.cell(scope, column, code)
  const province = known.provinces.find(({ code }) => code === area)
  const parts: readonly Part[] = isNation ? known.provinces : known.districts
  const population = isNation ? known.provinces.reduce((sum, each) => sum + each.population, 0) : province?.population
  const whole: Area = { code: area, population }
  const rounded = scope.startsWith('public:')
  const oldestRow: Oldest = (code, measure) => {
    const row = live.rows(scope, 'oldest').find(({ id }) => id === `${code}.${measure}`)
    return row?.at ?? null
  }
  // A public scope holds no such rows.
  const oldest = rounded ? undefined : oldestRow
  return {
    kind: isNation ? 'nation' : 'province',
    scope,
    area,
    rounded,
    province,
    provinces: known.provinces,
    parts,
    unspecified: isNation ? '00' : `${area}00`,
    live,
    cells,
    operation,
    today: () => operation()?.day,
    loaded: () => live.scope(scope).loaded,
    read(id, { of = whole, day = operation()?.day, now = 0, from = { cells, oldest }, ...options } = {}) {
      const { code, population } = of
      const subject = { code, population, parts: code === area ? parts : [], whole: area, oldest: from.oldest }
      return day === undefined ? unknown('not_reported') : INDICATORS[id].read(from.cells, subject, day, now, options)
    },
    thresholds: (id) => live.rows(scope, 'threshold').find((row) => row.id === id) ?? INDICATORS[id].thresholds,
  }
}

export const SubjectContext = createContext<Subject>()

export function useSubject(): Subject {
  const subject = useContext(SubjectContext)
  if (!subject) throw new Error('useSubject needs a SubjectContext above it')
  return subject
}

/** A place's name in the language of the screen; Burmese, Lao and Khmer readers get the Latin one. */
export function placeName(place: { readonly nameTh: string; readonly nameEn: string }, language: Language): string {
  return language === 'th' ? place.nameTh : place.nameEn
}
