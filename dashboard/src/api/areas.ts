import type { Topology } from 'topojson-specification'
import type { Severity } from '../../../hub/contract/vocabulary/severity.ts'
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

type Below<T> = { readonly areas: readonly (T & { readonly level: string })[] }

/** The areas right below another, without "not specified", which has no place on a map. */
async function fetchBelow<T extends Place>(parent: string): Promise<readonly T[]> {
  const { areas } = await requestJson<Below<T>>(`/api/areas?parent=${parent}`)
  return areas.filter(({ level }) => level !== 'unspecified')
}

export function fetchProvinces(): Promise<readonly Province[]> {
  return fetchBelow<Province>('TH')
}

export function fetchDistricts(province: string): Promise<readonly Place[]> {
  return fetchBelow<Place>(province)
}

export function fetchSubdistricts(district: string): Promise<readonly Place[]> {
  return fetchBelow<Place>(district)
}

/** Object `provinces`; a shape's id is the province's code. */
export function fetchProvinceShapes(): Promise<Topology> {
  return requestJson<Topology>('/api/areas/provinces.topo.json')
}

type LeaseMs = Readonly<Record<Severity, number>>
export type PublicConfig = {
  readonly mapboxToken: string | null
  readonly leaseMs?: LeaseMs
  readonly leaseWarnMs?: LeaseMs
}

/** What the operator configured for browsers. A hub without the route has configured nothing. */
export function fetchConfig(): Promise<PublicConfig> {
  return requestJson<PublicConfig>('/api/config').catch(() => ({ mapboxToken: null }))
}
