import { createContext, useContext } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import type { Place, Province } from '../api/areas.ts'
import type { Language } from '../i18n/languages.ts'
import type { Cells } from '../live/selectors.ts'
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
}

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
  return {
    kind: isNation ? 'nation' : 'province',
    scope,
    area,
    rounded: scope.startsWith('public:'),
    province: known.provinces.find((province) => province.code === area),
    provinces: known.provinces,
    parts: isNation ? known.provinces : known.districts,
    unspecified: isNation ? '00' : `${area}00`,
    live,
    cells: (column, code) => live.cell(scope, column, code),
    operation,
    today: () => operation()?.day,
    loaded: () => live.scope(scope).loaded,
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
