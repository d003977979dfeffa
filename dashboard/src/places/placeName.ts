import type { Language } from '../../../hub/contract/vocabulary/languages.ts'

/** A place's name in the language of the screen; Burmese, Lao and Khmer readers get the Latin one. */
export function placeName(place: { readonly nameTh: string; readonly nameEn: string }, language: Language): string {
  return language === 'th' ? place.nameTh : place.nameEn
}
