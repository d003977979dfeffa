import type { Topology } from 'topojson-specification'
import { requestJson } from './http.ts'

/** A place as the hub gives it; points are WGS 84 degrees. */
export type Place = {
  readonly code: string
  readonly nameTh: string
  readonly nameEn: string
  readonly lat: number
  readonly lon: number
}
export type Province = Place & { readonly population: number; readonly healthRegion: number }

export async function fetchProvinces(): Promise<readonly Province[]> {
  return (await requestJson<{ readonly provinces: readonly Province[] }>('/api/areas')).provinces
}

export async function fetchDistricts(province: string): Promise<readonly Place[]> {
  return (await requestJson<{ readonly districts: readonly Place[] }>(`/api/areas?province=${province}`)).districts
}

/** Object `provinces`; a shape's id is the province's code. */
export function fetchProvinceShapes(): Promise<Topology> {
  return requestJson<Topology>('/api/areas/provinces.topo.json')
}

export type PublicConfig = { readonly mapboxToken: string | null }

/** What the operator configured for browsers. A hub without the route has configured nothing. */
export function fetchConfig(): Promise<PublicConfig> {
  return requestJson<PublicConfig>('/api/config').catch(() => ({ mapboxToken: null }))
}
