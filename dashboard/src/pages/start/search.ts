import type { Province } from '../../api/areas.ts'

/** Spaces and case do not matter: "chiangmai" finds Chiang Mai. */
function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, '')
}

/** Provinces whose Thai or Latin name contains the query, or whose code begins with it; by name. */
export function searchProvinces(
  provinces: readonly Province[],
  query: string,
  nameOf: (province: Province) => string,
  locale: string,
): readonly Province[] {
  const asked = plain(query)
  return provinces
    .filter(
      ({ code, nameTh, nameEn }) =>
        code.startsWith(asked) || plain(nameTh).includes(asked) || plain(nameEn).includes(asked),
    )
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale))
}
