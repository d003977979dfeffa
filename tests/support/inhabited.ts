import { createTestAccounts, type TestAccount } from './accounts.ts'
import { fillBoard } from './full-board.ts'
import type { TestDatabase } from './pg.ts'

/** The people of an inhabited database; all sign in with the test accounts' password. */
export const INHABITANTS: readonly TestAccount[] = [
  { username: 'rescue', role: 'responder', areas: ['50'], label: 'Rescue 1' },
  { username: 'chief', role: 'district_chief', areas: ['5001'], label: 'District 5001' },
  { username: 'governor', role: 'governor', areas: ['50'], label: 'Governor 50' },
  { username: 'beds', role: 'bed_coordinator', areas: ['50'], label: 'Beds 50' },
  { username: 'hotline', role: 'hotline', areas: ['50'], label: 'Hotline 50' },
  { username: 'vhv', role: 'volunteer', areas: ['5001'], label: 'VHV 5001' },
  { username: 'command', role: 'national', areas: ['TH'], label: 'Command' },
  { username: 'administrator', role: 'administrator', areas: ['TH'], label: 'Admin' },
  { username: 'auditor', role: 'auditor', areas: ['TH'], label: 'Audit' },
]

/**
 * A country in an emergency, small: six weeks of cases in every province, beds of all levels, doses with a correction,
 * tests, and a board of `onBoard` cases in Chiang Mai.
 * @returns the facility whose page can be opened, and a case of the board
 */
export async function inhabit(
  database: TestDatabase,
  { onBoard = 40, kind = 'drill' } = {},
): Promise<{ facility: number; case: number }> {
  const { pool } = database
  await pool.query(`update operation set kind = $1, title_th = 'ฝึกซ้อมเปิดประเทศ', title_en = 'Re-opening exercise'`, [
    kind,
  ])
  await pool.query(
    `insert into cases (district, report_day, classification, severity, care_place, source)
     select a.code, day - n % 42, 'confirmed', (array['green', 'yellow', 'red'])[1 + n % 3],
       (array['hi', 'ci', 'field', 'hospitel', 'hospital', 'waiting'])[1 + n % 6], 'api'
     from operation, areas a, generate_series(0, 83) as n
     where a.level = 'district' and a.code like '__01' and (n < 42 or a.code < '50')`,
  )
  const { rows } = await pool.query<{ id: number }>(
    `insert into facilities (code, district, kind, name_th, name_en)
     select 'T' || code, code, 'hospital', 'โรงพยาบาล ' || name_th, 'Hospital ' || name_en
     from areas where level = 'district' and code like '__01' order by code = '5001' desc, code returning id`,
  )
  await pool.query(
    `insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
     select id, level, district, 100, 100 - used, used, now() - interval '1 hour'
     from facilities, (values ('0', 30), ('1', 50), ('2.1', 86), ('2.2', 70), ('3', 97)) as of (level, used)`,
  )
  await pool.query(
    `insert into vaccinations (district, day, dose, kind, doses, facility_id)
     select f.district, day - n, 1, 'report', 1000 + n, f.id from operation, facilities f, generate_series(0, 20) as n
     union all select '5001', day, 1, 'correction', -20, null from operation`,
  )
  await fillBoard(database, '50', onBoard)
  await createTestAccounts(database, INHABITANTS)
  const board = await pool.query<{ id: number }>(
    `select id from cases where on_board and district = '5001' order by id`,
  )
  return { facility: rows[0]!.id, case: board.rows[0]!.id }
}
