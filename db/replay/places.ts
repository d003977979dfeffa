import type pg from 'pg'
import type { District, Place } from './day-plan.ts'
import type { FacilityProvince } from './facilities.ts'
import { createRandom } from './random.ts'

export type Places = { readonly places: ReadonlyMap<string, Place>; readonly provinces: readonly FacilityProvince[] }

type AreaRow = { code: string; population: number | null; lat: number | null; lon: number | null }

/** The capital's district (NN01) has more people than the others; how many, sources do not say. [B] */
const CAPITAL_WEIGHT = 4

/** Provinces with their districts from table `areas`. @throws Error when the database has none */
export async function loadPlaces(client: pg.ClientBase): Promise<Places> {
  const { rows } = await client.query<AreaRow>(
    `select code, population, lat, lon from areas where level in ('province', 'district') order by code`,
  )
  const found = rows.filter((row) => row.code.length === 2)
  if (found.length === 0) throw new Error('the database holds no provinces; run npm run migrate first')
  const provinces = found.map((province) => ({
    code: province.code,
    population: province.population ?? 1,
    districts: rows.filter((row) => row.code.length === 4 && row.code.startsWith(province.code)),
  }))
  const places = new Map(
    provinces.map(({ code, population, districts }) => [
      code,
      {
        code,
        population,
        districts: districts.map((row) => ({ code: row.code, weight: weightOf(row.code) }) satisfies District),
      },
    ]),
  )
  return { places, provinces }
}

function weightOf(district: string): number {
  return (district.endsWith('01') ? CAPITAL_WEIGHT : 1) * (0.5 + createRandom(Number(district))())
}
