import { type RawBuilder, sql } from 'kysely'

/** Of rows with a `district` and a `place`. @param area a code: the nation, a province, a district or a sub-district */
export const inArea = (area: string): RawBuilder<boolean> => {
  if (area === 'TH') return sql<boolean>`true`
  if (area.length === 6) return sql<boolean>`place = ${area}`
  return area.length === 4 ? sql<boolean>`district = ${area}` : sql<boolean>`starts_with(district, ${area})`
}
