import type { TestDatabase } from './pg.ts'

/**
 * A nation two waves on: cases of 400 days in every district, one in thirty open, of those one in five with a live
 * need; facilities with beds of three levels; doses and tests of 120 days.
 */
export async function fillNation(
  { pool }: Pick<TestDatabase, 'pool'>,
  { cases, facilities }: { readonly cases: number; readonly facilities: number },
): Promise<void> {
  const districts = `(select array_agg(code order by code) as codes from areas where level = 'district') as districts`
  await pool.query(
    `insert into facilities (code, district, kind, name_th, name_en, lat, lon, reported_at)
     select 'N' || i, code, (array['hospital', 'field', 'ci', 'vaccination', 'test', 'oxygen'])[1 + i % 6], 'สถานที่ ' || i, 'Site ' || i,
       lat + (i % 7 - 3) * 0.01, lon + (i % 5 - 2) * 0.01, now() - make_interval(mins => i % 300)
     from (select i, codes[1 + i * 7 % cardinality(codes)] as code from generate_series(1, $1::int) as i, ${districts}) as f
       join areas using (code)`,
    [facilities],
  )
  await pool.query(
    `insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
     select id, level, district, 20, 8, 12, now() from facilities, unnest(array['1', '2.1', '3']) as level
     where kind in ('hospital', 'field', 'ci')`,
  )
  const client = await pool.connect()
  try {
    for (const open of [false, true]) {
      // Of what has ended nothing depends: without triggers a million takes seconds, with them minutes.
      await client.query(`set session_replication_role = ${open ? 'origin' : 'replica'}`)
      await client.query(
        `insert into cases (district, report_day, classification, severity, stage, care_place, outcome, outcome_day, source)
         select codes[1 + i * 7 % cardinality(codes)], day - i % 400, 'confirmed', (array['green', 'yellow', 'red', 'unknown'])[1 + i % 4],
           ${
             open
               ? `'in_care', (array['hi', 'ci', 'hospital'])[1 + i / 30 % 3], 'none', 'infinity'`
               : `'closed', 'unknown', case when i % 100 = 1 then 'died' else 'recovered' end, day - i % 400`
           }, 'import'
         from generate_series(1, $1::int) as i, operation, ${districts} where (i % 30 = 0) = $2`,
        [cases, open],
      )
    }
  } finally {
    client.release()
  }
  await pool.query(
    `insert into needs (case_id, district, kind, status)
     select id, district, 'medicine', 'open' from cases where stage = 'in_care' and id % 5 = 0`,
  )
  await pool.query(
    `insert into vaccinations (district, day, dose, target_group, kind, doses)
     select codes[1 + i * 7 % cardinality(codes)], day - i % 120, 1 + i % 3, 'general', 'report', 40
     from generate_series(1, 100000) as i, operation, ${districts}`,
  )
  await pool.query(
    `insert into tests (district, day, kind, tested, positive)
     select codes[1 + i * 7 % cardinality(codes)], day - i % 120, 'pcr', 40, 4
     from generate_series(1, 100000) as i, operation, ${districts}`,
  )
  await pool.query('vacuum analyze')
}
