import type { TestDatabase } from './pg.ts'

/**
 * Open cases over all sub-districts of a province, a quarter of them red or yellow, every third with a second need,
 * waiting for up to a day; straight into the database.
 */
export async function fillBoard(database: TestDatabase, province: string, count: number): Promise<void> {
  await database.pool.query(
    `with places as (
       select code, row_number() over (order by code) - 1 as n, count(*) over () as all
       from areas where level = 'subdistrict' and code like $1 || '____'
     ), made as (
       insert into cases (district, place, report_day, severity, risk608, source, on_board, reported_at)
       select left(code, 4), code, '2021-11-11',
         (array['red', 'yellow', 'yellow', 'green', 'green', 'green', 'unknown', 'green'])[1 + i % 8],
         i % 5 = 0, 'volunteer', true, timestamptz '2021-11-11T02:00:00Z' - i * interval '17 s'
       from generate_series(1, $2::int) i join places on n = (i * 7) % "all"
       returning id, district, reported_at
     )
     insert into needs (case_id, district, kind, opened_at)
     select id, district, kind, reported_at from made
     cross join lateral (select 'bed' as kind union all select 'food' where id % 3 = 0) as wanted`,
    [province, count],
  )
}
