import { beforeAll, describe, expect, test } from 'vitest'
import {
  addDeltaDays,
  bruteForce,
  casesBetween,
  DELTA_TODAY,
  hasDeltaDays,
  TRIALS,
  type Trial,
} from '../support/backtest.ts'
import { caseHubForFile } from '../support/for-file.ts'

/** A rule on the Delta days of the published file, against SQL that counts by brute force from the cases themselves. */
const { database, hub } = await caseHubForFile()
const command = await hub.worker('national', ['TH'], 'Command')
const rule = {
  ...{ nameTh: 'ก', nameEn: 'A', indicator: 'cases.growth', option: null, areaKind: 'province', condition: 'growth' },
  ...{ bound: 0.5, clearBound: 0.3, forSeconds: 0, severity: 'moderate', owner: 'governor', ackMinutes: 30 },
  ...{ escalateTo: null, sound: false, enabled: true },
}
const tried = async (over: object) => (await command.post('/api/alert-rules/backtest', { ...rule, ...over })).body

beforeAll(async () => {
  if (hasDeltaDays) await addDeltaDays(database)
  else await database.pool.query(`update operation set day = '${DELTA_TODAY}', kind = 'replay'`)
}, 120_000)

describe.skipIf(!hasDeltaDays)('a rule on the Delta days', () => {
  test.each(TRIALS)('$says rings as often, and floods as often, as by brute force', async (trial: Trial) => {
    const { says: _, value, ...over } = trial
    const expected = await bruteForce(database, value, over.bound, over.clearBound)
    const { why, rang, floods, areas } = await tried(over)
    expect({ why, rang, floods }).toEqual({ why: null, rang: expected.rang, floods: expected.floods })
    expect(rang).toBeGreaterThan(0)
    for (const { area, times } of areas) expect(times, area).toBe(expected.areas.get(area))
    expect(areas).toHaveLength(Math.min(10, expected.areas.size))
  })

  test('what many provinces reach on one day is a flood', async () => {
    await database.pool.query(
      `insert into cases (district, report_day, source, classification)
       select code || '00', '${DELTA_TODAY}'::date - 10, 'import', 'confirmed' from areas, generate_series(1, 300)
       where level = 'province' and code between '50' and '62'`,
    )
    const expected = await bruteForce(database, casesBetween(0, 0), 300, 250)
    const { rang, floods } = await tried({ indicator: 'cases.day', condition: 'above', bound: 300, clearBound: 250 })
    expect({ rang, floods }).toEqual({ rang: expected.rang, floods: expected.floods })
    expect(floods).toBe(1)
  })
})

describe('a rule that cannot be tried', () => {
  test('says why, and counts nothing', async () => {
    const none = { rang: 0, floods: 0, areas: [] }
    const waiting = { indicator: 'waiting', condition: 'above', bound: 50, clearBound: 40 }
    expect(await tried(waiting)).toMatchObject({ ...none, why: 'no_history' })
    expect(await tried({ indicator: 'x' })).toMatchObject({ ...none, why: 'rule_indicator' })
    expect(await tried({ clearBound: 0.9 })).toMatchObject({ ...none, why: 'rule_clear' })
  })
})

test('beds are tried by who lay in them at the end of each day, against those that are staffed now', async () => {
  const { rows } = await database.pool.query<{ id: number }>(
    `insert into facilities (code, district, kind, name_th, name_en) values ('b1', '1001', 'hospital', 'รพ.', 'Hospital') returning id`,
  )
  const id = rows[0]?.id
  await database.pool.query(
    `insert into beds (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, reported_at)
     values ($1, '3', '1001', 20, 20, 0, 0, 0, 0, now())`,
    [id],
  )
  // 18 of 20 lie there on three days, and 17 between two of them: that is above where it ends.
  const occupied = [10, 10, 18, 17, 18, 10, 18]
  for (const [i, count] of occupied.entries()) {
    await database.pool.query(
      `insert into bed_census (day, facility_id, level, district, occupied) values ('${DELTA_TODAY}'::date - 7 + $2::int, $1, '3', '1001', $3)`,
      [id, i, count],
    )
  }
  const icu = { indicator: 'beds.occupancy', option: '3', condition: 'above', bound: 0.9, clearBound: 0.85 }
  expect(await tried(icu)).toMatchObject({ why: null, rang: 2, known: 7, areas: [{ area: '10', times: 2 }] })
})
