import type pg from 'pg'
import { provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import type { BedUnit } from './beds.ts'
import { type FacilityProvince, planFacilities } from './facilities.ts'
import { BLOCKED_SHARE, SILENT_EVERY, SILENT_HOURS } from './rates.ts'

/** Facility codes of a replay begin so; no agency's do. */
export const REPLAY_FACILITY = 'replay-'

/** Makes the facilities that are not there yet and sets all their beds free, in the caller's transaction. */
export async function resetHospitals(client: pg.ClientBase, provinces: readonly FacilityProvince[]): Promise<void> {
  const facilities = planFacilities(provinces)
  await client.query(
    `insert into facilities (code, district, kind, name_th, name_en, lat, lon, reported_at)
     select *, now() from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[])
     on conflict (code) do nothing`,
    [
      facilities.map((one) => one.code),
      facilities.map((one) => one.district),
      facilities.map((one) => one.kind),
      facilities.map((one) => one.nameTh),
      facilities.map((one) => one.nameEn),
      facilities.map((one) => one.lat),
      facilities.map((one) => one.lon),
    ],
  )
  const beds = facilities.flatMap((facility) =>
    facility.beds.map(({ level, staffed }) => ({
      code: facility.code,
      level,
      staffed,
      blocked: Math.round(staffed * BLOCKED_SHARE),
    })),
  )
  await client.query(
    `insert into beds (facility_id, level, district, staffed, available, occupied, blocked, reported_at)
     select id, level, district, staffed, staffed - blocked, 0, blocked,
       case when id % ${SILENT_EVERY} = 0 then now() - make_interval(mins => (id * 37) % (${SILENT_HOURS} * 60)) else now() end
     from unnest($1::text[], $2::text[], $3::integer[], $4::integer[]) as b (code, level, staffed, blocked)
     join facilities using (code)
     on conflict (facility_id, level) do update set staffed = excluded.staffed, available = excluded.available,
       held = 0, occupied = 0, cleaning = 0, blocked = excluded.blocked, reported_at = excluded.reported_at`,
    [
      beds.map((one) => one.code),
      beds.map((one) => one.level),
      beds.map((one) => one.staffed),
      beds.map((one) => one.blocked),
    ],
  )
}

/** The replay's beds as they are now. */
export async function loadBeds(client: pg.ClientBase): Promise<BedUnit[]> {
  const { rows } = await client.query<Omit<BedUnit, 'province'> & { district: string }>(
    `select b.facility_id as facility, f.kind, b.level, b.district, b.available, b.held, b.occupied, b.cleaning, b.blocked
     from beds b join facilities f on f.id = b.facility_id
     where starts_with(f.code, $1) order by b.facility_id, b.level`,
    [REPLAY_FACILITY],
  )
  return rows.map(({ district, ...unit }) => ({ ...unit, province: provinceOf(district) }))
}
