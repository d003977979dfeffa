/** Whether an area code lies inside one of the account's areas. The hub has the last word. */
export function covers(areas: readonly string[], code: string): boolean {
  return areas.some((area) => area === 'TH' || code.startsWith(area))
}

/** The provinces an account's areas lie in; none for the whole nation. */
export function provincesOf(areas: readonly string[]): readonly string[] {
  return [...new Set(areas.filter((area) => area !== 'TH').map((area) => area.slice(0, 2)))]
}
