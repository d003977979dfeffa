import { type QueryExecutorProvider, sql } from 'kysely'

/** A site, or a province beside its sites (`NN00`). */
export type Planned = { readonly district: string; readonly facility: number | null }
export type PlanOfDay = { readonly day: string; readonly doses: number }

/** Sets the plan of each day; one of 0 doses is taken back. */
export async function writePlans(
  db: QueryExecutorProvider,
  { district, facility }: Planned,
  plans: readonly PlanOfDay[],
  by: { readonly actor: string | null; readonly at: Date },
): Promise<void> {
  const days = plans.map(({ day }) => day)
  await sql`delete from dose_plans where facility_id is not distinct from ${facility} and district = ${district}
    and day = any(${days}::date[])`.execute(db)
  await sql`insert into dose_plans (district, facility_id, day, doses, actor, recorded_at)
    select ${district}, ${facility}, day, doses, ${by.actor}, ${by.at}
    from unnest(${days}::date[], ${plans.map(({ doses }) => doses)}::integer[]) as plan (day, doses) where doses > 0`.execute(
    db,
  )
}

export type DayOfPlan = { readonly day: string; readonly own: number; readonly planned: number; readonly given: number }

/** The days from `from` on: planned of the place itself, with the sites of a province, and given. */
export async function readPlans(
  db: QueryExecutorProvider,
  { district, facility }: Planned,
  from: string,
  days: number,
): Promise<DayOfPlan[]> {
  const province = `${district.slice(0, 2)}%`
  const ofPlace = facility === null ? sql`district like ${province}` : sql`facility_id = ${facility}`
  const { rows } = await sql<DayOfPlan>`
    select day::text, coalesce(own, 0)::int as own, coalesce(planned, 0)::int as planned, coalesce(given, 0)::int as given
    from (select ${from}::date + n as day from generate_series(0, ${days - 1}::int) as n) as days
    left join (
      select day, sum(doses) as planned, sum(doses) filter (where facility_id is not distinct from ${facility}) as own
      from dose_plans where ${ofPlace} group by day
    ) as plans using (day)
    left join (select day, sum(doses) as given from vaccinations where ${ofPlace} group by day) as done using (day)
    order by day`.execute(db)
  return rows
}
