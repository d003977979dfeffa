/** A place as areas.json holds it; points are WGS 84 degrees. */
export type Place = readonly [code: string, nameTh: string, nameEn: string, lat: number, lon: number]
export type Province = readonly [...Place, healthRegion: number, population: number]

export type AreaTable = {
  readonly provinces: readonly Province[]
  readonly districts: readonly Place[]
  readonly subdistricts: readonly Place[]
}
