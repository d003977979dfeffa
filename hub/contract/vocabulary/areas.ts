/**
 * Area codes: `TH` the nation, 2 digits a province, 4 a district, 6 a sub-district (TIS 1099 / DOPA).
 * `00` and `NN00` stand for "not specified": sources report cases of prisons and imported cases without a province,
 * and whole provinces without districts. They count in the level above and are never drawn on the map.
 */
export const NATION = 'TH'
export const NO_PROVINCE = '00'

/** The 77 provinces of Thailand by TIS 1099, and `00`; a test holds them against the table of areas. */
const PROVINCE = /^(?:00|1\d|2[0-7]|[34]\d|5[0-8]|[67][0-7]|8[0-6]|9[0-6])$/

/** Whether `code` is a province, or `00`. */
export function isProvince(code: string): boolean {
  return PROVINCE.test(code)
}

export const AREA_LEVELS = ['nation', 'province', 'district', 'subdistrict', 'unspecified'] as const
export type AreaLevel = (typeof AREA_LEVELS)[number]

const AREA = /^(?:TH|\d{2}|\d{4}|\d{6})$/

export function isAreaCode(code: string): boolean {
  return AREA.test(code)
}

/** @returns the area one level up, or `undefined` for the nation. */
export function parentArea(code: string): string | undefined {
  if (code === NATION) return undefined
  return code.length === 2 ? NATION : code.slice(0, -2)
}

export function provinceOf(code: string): string {
  return code.slice(0, 2)
}

export function isUnspecified(code: string): boolean {
  return code !== NATION && code.endsWith('00')
}
