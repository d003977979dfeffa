import type pg from 'pg'
import { provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import type { BedUnit } from './beds.ts'
import type { Batch } from './epidemic.ts'
import { type FacilityProvince, planFacilities, type ReplayedKind } from './facilities.ts'
import { BLOCKED_SHARE, POINT_REPORT_MINUTES, SILENT_EVERY, SILENT_HOURS } from './rates.ts'

/** Facility codes of a replay begin so; no agency's do. */
export const REPLAY_FACILITY = 'replay-'

/** Makes the facilities that are not there yet and sets all their beds free, in the caller's transaction. */
export async function resetHospitals(client: pg.ClientBase, provinces: readonly FacilityProvince[]): Promise<void> {
  const facilities = planFacilities(provinces)
  await client.query(
    `insert into facilities (code, district, kind, name_th, name_en, lat, lon, hours, reported_at)
     select *, now() from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::text[])
     on conflict (code) do nothing`,
    [
      facilities.map((one) => one.code),
      facilities.map((one) => one.district),
      facilities.map((one) => one.kind),
      facilities.map((one) => one.nameTh),
      facilities.map((one) => one.nameEn),
      facilities.map((one) => one.lat),
      facilities.map((one) => one.lon),
      facilities.map((one) => one.hours),
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
  await resetStock(client)
}

/** What a kind of site uses up, and of how many days it has some at the beginning; every ninth runs short. */
async function resetStock(client: pg.ClientBase): Promise<void> {
  await client.query(
    `insert into stock (facility_id, item, district, on_hand, per_day, reported_at)
     select id, item, district, per_day * case when id % 9 = 0 then 2 else 4 + id % 9 end, per_day, now()
     from facilities join (values ('vaccination', 'vaccine', 240), ('oxygen', 'oxygen', 12), ('test', 'atk', 90)) as used (kind, item, per_day)
       using (kind) where starts_with(code, '${REPLAY_FACILITY}')
     on conflict (facility_id, item) do update set on_hand = excluded.on_hand, per_day = excluded.per_day,
       reported_at = excluded.reported_at`,
  )
}

/** What happens in a province is what its points report: who has been silent for longest speaks next. */
export async function reportPoints(
  client: pg.ClientBase,
  batch: Pick<Batch, 'doses' | 'tests' | 'beds'>,
): Promise<void> {
  const of = (kind: ReplayedKind, provinces: readonly string[]) =>
    [...new Set(provinces)].map((province) => ({ kind, province }))
  const points = [
    ...of(
      'vaccination',
      batch.doses.map(({ district }) => provinceOf(district)),
    ),
    ...of(
      'test',
      batch.tests.map(({ district }) => provinceOf(district)),
    ),
    // Oxygen goes home with those who find no bed: it moves when beds do.
    ...of(
      'oxygen',
      batch.beds.map(({ unit }) => unit.province),
    ),
  ]
  if (points.length === 0) return
  await client.query({
    name: 'replay-points',
    // Who speaks says what is left too: it falls, and is filled up when little is there.
    text: `with told as (
           update facilities set reported_at = now()
           from (select distinct on (kind, province) id
                 from unnest($1::text[], $2::text[]) as wanted (kind, province)
                   join facilities using (kind) where left(district, 2) = province and starts_with(code, '${REPLAY_FACILITY}')
                 order by kind, province, reported_at nulls first) as next
           where facilities.id = next.id and facilities.reported_at < now() - make_interval(mins => ${POINT_REPORT_MINUTES})
           returning facilities.id
           ) update stock set reported_at = now(), on_hand =
               case when on_hand < per_day * (1 + facility_id % 4) then per_day * 10 else on_hand - greatest(1, per_day / 8) end
             from told where facility_id = told.id`,
    values: [points.map(({ kind }) => kind), points.map(({ province }) => province)],
  })
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
