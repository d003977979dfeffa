import { readSite, type Site } from '../../../hub/contract/vocabulary/sites.ts'
import { ask } from './http.ts'

/** Facilities with a place on the map. @param area `TH` or a province. @throws ApiError */
export async function fetchSites(area: string): Promise<readonly Site[]> {
  const { sites } = await ask('GET /api/sites', { query: { area } })
  return sites.map(readSite)
}

const GIVES_DOSES: ReadonlySet<string> = new Set(['vaccination', 'hospital', 'field'])

/** Where doses are given in a province, by name. @param province `''`: of nowhere, none. @throws ApiError */
export async function doseSites(province: string): Promise<readonly Site[]> {
  if (province === '') return []
  const sites = (await fetchSites(province)).filter(({ kind }) => GIVES_DOSES.has(kind))
  return sites.toSorted((a, b) => a.nameTh.localeCompare(b.nameTh, 'th', { numeric: true }))
}
