/** The provinces of each health region (เขตสุขภาพ) of the Ministry of Public Health, 1 to 13, by the ministry's order. */
const PROVINCES_OF: readonly (readonly string[])[] = [
  ['50', '51', '52', '54', '55', '56', '57', '58'],
  ['53', '63', '64', '65', '67'],
  ['18', '60', '61', '62', '66'],
  ['12', '13', '14', '15', '16', '17', '19', '26'],
  ['70', '71', '72', '73', '74', '75', '76', '77'],
  ['11', '20', '21', '22', '23', '24', '25', '27'],
  ['40', '44', '45', '46'],
  ['38', '39', '41', '42', '43', '47', '48'],
  ['30', '31', '32', '36'],
  ['33', '34', '35', '37', '49'],
  ['80', '81', '82', '83', '84', '85', '86'],
  ['90', '91', '92', '93', '94', '95', '96'],
  ['10'],
]

export const HEALTH_REGIONS = PROVINCES_OF.length

const REGION = /^R(0[1-9]|1[0-3])$/

/** Whether `code` is a health region's, `R01` to `R13`. */
export function isRegion(code: string): boolean {
  return REGION.test(code)
}

export function regionCode(region: number): string {
  return `R${String(region).padStart(2, '0')}`
}

/** @returns the provinces of `R06`; none of anything else */
export function provincesOfRegion(code: string): readonly string[] {
  const region = REGION.exec(code)?.[1]
  return region === undefined ? [] : PROVINCES_OF[Number(region) - 1]!
}

/** @returns 1 to 13; `undefined` of what is no province */
export function regionOfProvince(province: string): number | undefined {
  const at = PROVINCES_OF.findIndex((provinces) => provinces.includes(province))
  return at < 0 ? undefined : at + 1
}
