import { type Answer, ask } from './http.ts'

type Entry = Answer<'GET /api/areas'>['areas'][number]
/** An area as the hub gives it. */
export type Area = Omit<Entry, 'population' | 'healthRegion'>
type Known<T> = { readonly [K in keyof T]: NonNullable<T[K]> }
/** One with a place on the map: WGS 84, degrees. */
export type Place = Known<Pick<Entry, 'code' | 'nameTh' | 'nameEn' | 'lat' | 'lon'>>
export type Province = Place & Known<Pick<Entry, 'population' | 'healthRegion'>>

/** The areas right below another, without "not specified". @throws ApiError */
export async function fetchBelow(parent: string): Promise<readonly Entry[]> {
  const { areas } = await ask('GET /api/areas', { query: { parent } })
  return areas.filter(({ level }) => level !== 'unspecified')
}

const hasPlace = (area: Entry): area is Entry & Place => area.lat !== null && area.lon !== null
const isProvince = (area: Entry): area is Entry & Province =>
  hasPlace(area) && area.population !== null && area.healthRegion !== null

export async function fetchProvinces(): Promise<readonly Province[]> {
  return (await fetchBelow('TH')).filter(isProvince)
}

export async function fetchDistricts(province: string): Promise<readonly Place[]> {
  return (await fetchBelow(province)).filter(hasPlace)
}

export function fetchProvinceShapes() {
  return ask('GET /api/areas/provinces.topo.json')
}

/** What the operator configured for browsers. A hub that does not say has configured nothing. */
export function fetchConfig(): Promise<Partial<Answer<'GET /api/config'>>> {
  return ask('GET /api/config').catch(() => ({}))
}
