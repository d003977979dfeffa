/** @returns ms since 1970 */
export const msOf = (date: Date | null): number | null => (date === null ? null : date.getTime())

/** @param text ISO 8601 @returns ms since 1970 */
export const msOfIso = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text)
