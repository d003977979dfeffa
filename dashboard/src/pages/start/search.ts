import { foldedText } from '../../../../hub/contract/vocabulary/text.ts'
import type { Province } from '../../api/areas.ts'

/** Provinces whose Thai or Latin name contains the query (“chiangmai” finds Chiang Mai), or whose code begins with it; by name. */
export function searchProvinces(
  provinces: readonly Province[],
  query: string,
  nameOf: (province: Province) => string,
  locale: string,
): readonly Province[] {
  const asked = foldedText(query)
  return provinces
    .filter(
      ({ code, nameTh, nameEn }) =>
        code.startsWith(asked) || foldedText(nameTh).includes(asked) || foldedText(nameEn).includes(asked),
    )
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b), locale))
}
