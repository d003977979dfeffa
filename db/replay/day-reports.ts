import type pg from 'pg'
import { NO_PROVINCE } from '../../hub/contract/vocabulary/areas.ts'
import { unspecifiedDistrict } from '../import/write-cases.ts'

/** The provinces that report their cases, and those that report their deaths, of a day: with 0 where nothing happened. */
export type DayReporters = {
  readonly day: string
  readonly cases: Iterable<string>
  readonly deaths: Iterable<string>
}

/** Says who has reported. Without it a province without a case counts as one that nobody has heard of. */
export async function reportDays(client: pg.ClientBase, days: readonly DayReporters[]): Promise<void> {
  const reports = days.flatMap(({ day, cases, deaths }) =>
    [...[...cases].map((area) => ['cases', area, day]), ...[...deaths].map((area) => ['deaths', area, day])].filter(
      ([, area]) => area !== NO_PROVINCE,
    ),
  )
  await client.query({
    name: 'replay-reports',
    text: `insert into day_reports (metric, district, day)
           select * from unnest($1::text[], $2::text[], $3::date[]) on conflict do nothing`,
    values: [
      reports.map(([metric]) => metric),
      reports.map(([, area = '']) => unspecifiedDistrict(area)),
      reports.map(([, , day]) => day),
    ],
  })
}

/** Deletes the reports that no import has made. */
export async function deleteReports(client: pg.ClientBase): Promise<void> {
  await client.query(
    `delete from day_reports r where not exists (
       select from imports i where i.kind = 'cases' and i.area || '00' = r.district and i.day = r.day
         and i.amounts ? r.metric)`,
  )
}
