import { readSite, type Site } from '../../../hub/contract/vocabulary/sites.ts'
import { ask } from './http.ts'

/** Facilities with a place on the map. @param area `TH` or a province. @throws ApiError */
export async function fetchSites(area: string): Promise<readonly Site[]> {
  const { sites } = await ask('GET /api/sites', { query: { area } })
  return sites.map(readSite)
}
