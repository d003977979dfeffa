import { createHash } from 'node:crypto'
import type pg from 'pg'
import { readAreas } from './areas/read.ts'
import type { AreaTable, Place } from './areas/types.ts'
import { prepareAlone } from './prepare.ts'

type AreaRow = {
  code: string
  level: string
  parent: string | null
  name_th: string
  name_en: string
  lat?: number
  lon?: number
  health_region?: number
  population?: number
}

function unspecified(code: string, parent: string, nameTh: string, nameEn: string): AreaRow {
  return { code, level: 'unspecified', parent, name_th: nameTh, name_en: nameEn }
}

function placeRow(level: string, parent: string, [code, name_th, name_en, lat, lon]: Place): AreaRow {
  return { code, level, parent, name_th, name_en, lat, lon }
}

/** The table's rows, parents first: the nation, the places, and a "not specified" below the nation and every province. */
export function areaRows(table: AreaTable): AreaRow[] {
  return [
    { code: 'TH', level: 'nation', parent: null, name_th: 'ประเทศไทย', name_en: 'Thailand' },
    unspecified('00', 'TH', 'ไม่ระบุจังหวัด', 'Province not specified'),
    unspecified('0000', '00', 'ไม่ระบุอำเภอ', 'District not specified'),
    ...table.provinces.map(([code, th, en, lat, lon, health_region, population]) => ({
      ...placeRow('province', 'TH', [code, th, en, lat, lon]),
      health_region,
      population,
    })),
    ...table.provinces.map(([code]) => unspecified(`${code}00`, code, 'ไม่ระบุอำเภอ', 'District not specified')),
    ...table.districts.map((place) => placeRow('district', place[0].slice(0, 2), place)),
    ...table.subdistricts.map((place) => placeRow('subdistrict', place[0].slice(0, 4), place)),
  ]
}

const WRITE_AREAS = `
  insert into areas (code, level, parent, name_th, name_en, health_region, population, lat, lon)
  select code, level, parent, name_th, name_en, health_region, population, lat, lon
  from json_to_recordset($1) as row (code text, level text, parent text, name_th text, name_en text,
    health_region smallint, population integer, lat double precision, lon double precision)
  on conflict (code) do update set level = excluded.level, parent = excluded.parent, name_th = excluded.name_th,
    name_en = excluded.name_en, health_region = excluded.health_region, population = excluded.population,
    lat = excluded.lat, lon = excluded.lon`

const STATE = `
  select obj_description('areas'::regclass) as "madeFrom", exists (select from operation) as "hasOperation"`

async function seedOnce(owner: pg.Client, rows: string, fingerprint: string): Promise<void> {
  await owner.query('begin')
  await owner.query(WRITE_AREAS, [rows])
  // The statement takes no parameters; the fingerprint is made of hex digits.
  await owner.query(`comment on table areas is '${fingerprint}'`)
  await owner.query(
    `insert into operation (day) values ((now() at time zone 'Asia/Bangkok')::date) on conflict do nothing`,
  )
  await owner.query('commit')
}

/**
 * Writes the areas and the operation's row (live, on today's Bangkok day), unless they are there: one query tells, by
 * the areas' fingerprint in the table's comment.
 * @returns whether anything was written.
 */
export async function seed(ownerUrl: string): Promise<boolean> {
  const rows = JSON.stringify(areaRows(await readAreas()))
  const fingerprint = createHash('sha256').update(rows).digest('hex')
  return prepareAlone(ownerUrl, async (owner) => {
    const { rows: found } = await owner.query<{ madeFrom: string | null; hasOperation: boolean }>(STATE)
    if (found[0]?.madeFrom === fingerprint && found[0].hasOperation) return false
    await seedOnce(owner, rows, fingerprint)
    return true
  })
}
