import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js'
import { foldedText } from '../../../hub/contract/vocabulary/text.ts'
import type { Area } from '../api/areas.ts'
import type { Point } from '../api/record.ts'
import { useLanguage } from '../i18n/language.tsx'
import { areaName, areasBelow } from '../places/areas.ts'

export type PlaceNames = {
  /** the sub-district, or `undefined` when the place is only known as a district */
  small(place: string): string | undefined
  district(place: string): string
  /** all names of a place as `foldedText` gives them, in both languages, for searching */
  text(place: string): string
  /** the middle of its area, as far as it is known */
  point(place: string): Point | undefined
}

/** Names of the places of a province. Sub-districts are asked for as their districts appear. */
export function createPlaceNames(province: string, districts: Accessor<ReadonlySet<string>>): PlaceNames {
  const { language } = useLanguage()
  const [areas, setAreas] = createSignal<ReadonlyMap<string, Area>>(new Map())
  const asked = new Set<string>()
  // Without a name the code stands there; the next district that appears asks again for those that failed.
  const ask = (parent: string) => {
    if (asked.has(parent)) return
    asked.add(parent)
    areasBelow(parent).then(
      (found) => setAreas((known) => new Map([...known, ...found.map((area) => [area.code, area] as const)])),
      () => asked.delete(parent),
    )
  }
  ask(province)
  createEffect(() => {
    for (const district of districts()) if (!district.endsWith('00')) ask(district)
  })
  // A search reads them all at every key: a thousand cases share a few hundred places.
  const texts = createMemo(() => {
    areas()
    return new Map<string, string>()
  })
  const textOf = (place: string) =>
    [place.slice(0, 4), place]
      .map((code) => areas().get(code))
      .map((area) => (area ? `${foldedText(area.nameTh)} ${foldedText(area.nameEn)}` : ''))
      .join(' ')
  const name = (code: string) => {
    const area = areas().get(code)
    return area && areaName(area, language())
  }
  const pointOf = (code: string): Point | undefined => {
    const area = areas().get(code)
    return area && area.lat !== null && area.lon !== null ? { lat: area.lat, lon: area.lon } : undefined
  }
  return {
    point: (place) => pointOf(place) ?? pointOf(place.slice(0, 4)),
    small: (place) => (place.length === 6 ? (name(place) ?? place) : undefined),
    district: (place) => name(place.slice(0, 4)) ?? place.slice(0, 4),
    text: (place) => {
      const known = texts().get(place)
      if (known !== undefined) return known
      const text = textOf(place)
      texts().set(place, text)
      return text
    },
  }
}
