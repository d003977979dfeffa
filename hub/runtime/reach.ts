/** Thailand and those whose people live along its borders and work in its towns: Myanmar, Laos, Cambodia, Malaysia. */
export const COUNTRIES = ['66', '95', '856', '855', '60'] as const
/** Text messages an hour to one block of ten thousand numbers: those who are paid for messages hold such blocks. */
export const PER_BLOCK_AND_HOUR = 20
/** To one country other than the first of the list. */
export const PER_COUNTRY_AND_HOUR = 300
export const PER_HOUR = 3_000

export type Reach = {
  /** country codes, digits alone; the first is where the operation is */
  readonly countries: readonly string[]
  readonly perHour: number
}

/** `name` says in logs and metrics which budget it is; `key` is the row that counts it. */
export type Budget = { readonly name: 'block' | 'country' | 'all'; readonly key: string; readonly max: number }

/**
 * What a text message to a number counts against, from narrow to wide; `undefined`: no message goes to that country.
 * Satellite and premium numbers have country codes of their own (+881, +882, +979), so they are in no list of countries.
 * @param phone E.164
 */
export function budgetsOf(phone: string, { countries, perHour }: Reach): readonly Budget[] | undefined {
  const country = countries.find((code) => phone.startsWith(`+${code}`))
  if (country === undefined) return undefined
  const block: Budget = { name: 'block', key: phone.slice(0, -4), max: PER_BLOCK_AND_HOUR }
  const all: Budget = { name: 'all', key: 'all', max: perHour }
  const abroad: Budget = { name: 'country', key: `+${country}`, max: PER_COUNTRY_AND_HOUR }
  return country === countries[0] ? [block, all] : [block, abroad, all]
}
