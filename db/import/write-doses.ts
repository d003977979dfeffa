import type pg from 'pg'
import { BEFORE_FIRST, type DosePlan } from './plan-doses.ts'
import { unspecifiedDistrict } from './write-cases.ts'

/** Adds a plan's dose rows inside the caller's transaction. */
export async function writeDoses(client: pg.ClientBase, plan: DosePlan): Promise<void> {
  await client.query({
    text: `insert into vaccinations (district, day, dose, target_group, kind, doses, source_at)
           select district, day, dose, 'unknown', kind, doses,
             case when day = $6 then now() else day + time '12:00' at time zone 'Asia/Bangkok' end
           from unnest($1::text[], $2::date[], $3::smallint[], $4::text[], $5::integer[]) as r (district, day, dose, kind, doses)`,
    values: [
      plan.rows.map((row) => unspecifiedDistrict(row.area)),
      plan.rows.map((row) => row.day),
      plan.rows.map((row) => row.dose),
      plan.rows.map((row) => row.kind),
      plan.rows.map((row) => row.doses),
      BEFORE_FIRST,
    ],
  })
  await client.query({
    text: `insert into imports (kind, area, day, amounts)
           select 'vaccinations', * from unnest($1::text[], $2::date[], $3::jsonb[])
           on conflict (kind, area, day) do update set amounts = excluded.amounts, imported_at = now()`,
    values: [
      plan.amounts.map((row) => row.area),
      plan.amounts.map((row) => row.day),
      plan.amounts.map((row) => JSON.stringify(row.amounts)),
    ],
  })
}
