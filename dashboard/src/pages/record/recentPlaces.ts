const PLACES_MAX = 5
const keyOf = (account: string) => `jitasa.record.places.${account}`

/** Codes of the areas one account has recorded for on this phone, the newest first. */
export function recentPlaces(storage: () => Storage, account: string): readonly string[] {
  try {
    const codes: unknown = JSON.parse(storage().getItem(keyOf(account)) ?? '[]')
    return Array.isArray(codes) ? codes.filter((code) => typeof code === 'string').slice(0, PLACES_MAX) : []
  } catch {
    return []
  }
}

/** @returns whether it was kept: a browser may refuse */
export function usePlace(storage: () => Storage, account: string, code: string): boolean {
  const others = recentPlaces(storage, account).filter((known) => known !== code)
  try {
    storage().setItem(keyOf(account), JSON.stringify([code, ...others].slice(0, PLACES_MAX)))
    return true
  } catch {
    return false
  }
}
