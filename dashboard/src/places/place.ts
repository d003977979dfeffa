import type { PlaceBody, Point } from '../api/record.ts'

/** A place as somebody fills it in; codes are '' while they are not chosen. */
export type PlaceDraft = {
  readonly province: string
  readonly district: string
  readonly subdistrict: string
  readonly point: Point | null
  /** metres, when the device said so */
  readonly accuracy: number | null
  /** the pin lies in another province than the area, and that is really so */
  readonly acceptApart?: boolean
}

export const NO_PLACE: PlaceDraft = { province: '', district: '', subdistrict: '', point: null, accuracy: null }

/** What the hub is told: the smallest area that was chosen, and the pin. `undefined`: neither is there. */
export function placeBody({ district, subdistrict, point, acceptApart }: PlaceDraft): PlaceBody | undefined {
  const area = subdistrict || district
  if (area === '' && point === null) return undefined
  const both = area !== '' && point !== null
  return {
    ...(area !== '' && { area }),
    ...(point !== null && { point }),
    ...(both && acceptApart === true && { acceptApart }),
  }
}

/** Another province empties what lies below it. */
export function pickArea(place: PlaceDraft, level: 'province' | 'district' | 'subdistrict', code: string): PlaceDraft {
  switch (level) {
    case 'province':
      return { ...place, province: code, district: '', subdistrict: '' }
    case 'district':
      return { ...place, district: code, subdistrict: '' }
    case 'subdistrict':
      return { ...place, subdistrict: code }
  }
}

/** A draft that stands for a code of 2, 4 or 6 digits; anything else is no place. */
export function placeOfCode(code: string): PlaceDraft {
  if (!/^(?:\d{2}){1,3}$/.test(code)) return NO_PLACE
  return {
    ...NO_PLACE,
    province: code.slice(0, 2),
    district: code.length >= 4 ? code.slice(0, 4) : '',
    subdistrict: code.length === 6 ? code : '',
  }
}

/** Whether a pin near an area is in another province than the one that was chosen, so that somebody has to say which is right. */
export function isApart({ province, point }: PlaceDraft, near: string | undefined): boolean {
  return point !== null && province !== '' && near !== undefined && near.slice(0, 2) !== province
}
