import { beforeEach, describe, expect, test } from 'vitest'
import { markLate, mendCensus } from '../../db/queries/lateness.ts'
import { writeOldest } from '../../db/queries/oldest.ts'
import {
  ageContacts,
  markUncalled,
  markUncontacted,
  UNCONTACTED_BATCH,
  unmarkCalled,
  unmarkContacted,
} from '../../db/queries/uncontacted.ts'
import { startOfToday } from '../../hub/work/care/care-list.ts'
import { databaseForFile } from '../support/for-file.ts'

const NOW = Date.parse('2021-11-11T05:00:00Z')
const HOUR = 3_600_000
const ago = (hours: number) => new Date(NOW - hours * HOUR)

const database = await databaseForFile()

beforeEach(async () => {
  await database.pool.query(`
    begin; delete from needs; delete from cases; delete from beds; delete from bed_reports; delete from facilities;
    delete from bed_census; delete from revisions; delete from oldest;
    update operation set kind = 'live', day = '2021-11-11'; commit`)
})

async function rows(text: string, ...values: unknown[]): Promise<unknown[][]> {
  return (await database.pool.query({ text, values, rowMode: 'array' })).rows
}
const run = (text: string, ...values: unknown[]) => database.pool.query(text, values)

async function facility(code: string, kind = 'hospital', reportedAt: Date | null = null): Promise<number> {
  const [row] = await rows(
    `insert into facilities (code, district, kind, name_th, name_en, reported_at) values ($1, '5001', $2, 'รพ.', 'H', $3) returning id`,
    code,
    kind,
    reportedAt,
  )
  return Number(row?.[0])
}

async function beds(id: number, level: string, occupied: number, reportedAt: Date, staffed = 10): Promise<void> {
  await run(
    `insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
     values ($1, $2, '5001', $5, $5 - $3::int, $3, $4)
     on conflict (facility_id, level) do update
       set occupied = excluded.occupied, available = excluded.available, reported_at = excluded.reported_at`,
    id,
    level,
    occupied,
    reportedAt,
    staffed,
  )
}

type CaseFacts = { severity?: string; reportedAt?: Date; carePlace?: string; stage?: string; contactedAt?: Date | null }

async function newCase(facts: CaseFacts = {}): Promise<number> {
  const { severity = 'red', reportedAt = ago(1), carePlace = 'unknown', stage = 'triaged', contactedAt = null } = facts
  const [row] = await rows(
    `insert into cases (district, report_day, source, severity, care_place, stage, reported_at, contacted_at)
     values ('5001', '2021-11-11', 'api', $1, $2, $3, $4, $5) returning id`,
    severity,
    carePlace,
    stage,
    reportedAt,
    contactedAt,
  )
  return Number(row?.[0])
}

const open = (id: number, kind: string, openedAt: Date) =>
  run(`insert into needs (case_id, district, kind, opened_at) values ($1, '5001', $2, $3)`, id, kind, openedAt)
const claim = (id: number, at = ago(0)) =>
  run(
    `update needs set status = 'claimed', freed = null, fence = fence + 1, claimed_by = gen_random_uuid(), holder_label = 'R 1',
       claimed_at = $2, lease_until = $2 where case_id = $1`,
    id,
    at,
  )
const giveBack = (id: number, freed: string | null) =>
  run(
    `update needs set status = 'open', freed = $2, claimed_by = null, holder_label = null, claimed_at = null,
       lease_until = null where case_id = $1`,
    id,
    freed,
  )

describe('late', () => {
  const late = async () =>
    Object.fromEntries(
      await rows(`select code || ' ' || level, beds.late from beds join facilities on id = facility_id`),
    )
  const sites = async () => Object.fromEntries(await rows('select code, late from facilities'))

  test('is a count that is older than the deadline of its facility’s kind, and the facility with one', async () => {
    const hospital = await facility('h')
    await beds(hospital, '2.1', 5, ago(1.9))
    await beds(hospital, '3', 5, ago(2.1))
    await beds(hospital, '1', 0, ago(90), 0)
    await beds(await facility('ci', 'ci'), '0', 5, ago(3.9))
    await facility('site', 'vaccination', ago(23))
    await facility('silent', 'vaccination', ago(25))
    await facility('never', 'vaccination')
    expect(await markLate(database.jobs, NOW)).toBe(4)
    expect(await late()).toEqual({ 'h 2.1': false, 'h 3': true, 'h 1': false, 'ci 0': false })
    expect(await sites()).toEqual({ h: true, ci: false, site: false, silent: true, never: true })
    expect(await markLate(database.jobs, NOW)).toBe(0)
    await run(`update facilities set active = false`)
    await markLate(database.jobs, NOW)
    expect(Object.values({ ...(await late()), ...(await sites()) })).not.toContain(true)
  })

  test('ends at once with a report, and the facility’s with the last of its late levels', async () => {
    const hospital = await facility('h')
    await beds(hospital, '2.1', 5, ago(3))
    await beds(hospital, '3', 5, ago(3))
    await markLate(database.jobs, NOW)
    const report = async (level: string) => {
      await beds(hospital, level, 6, ago(0))
      await run(
        'update facilities set reported_at = greatest(reported_at, $2) where id = $1',
        hospital,
        ago(level === '3' ? 0 : 0.1),
      )
    }
    await report('2.1')
    expect([await late(), await sites()]).toEqual([{ 'h 2.1': false, 'h 3': true }, { h: true }])
    await report('3')
    expect([await late(), await sites()]).toEqual([{ 'h 2.1': false, 'h 3': false }, { h: false }])
  })

  test('follows a deadline that is changed', async () => {
    await beds(await facility('h'), '3', 5, ago(3))
    await run(`update report_deadlines set hours = 4 where kind = 'hospital'`)
    await markLate(database.jobs, NOW)
    expect(await late()).toEqual({ 'h 3': false })
    await run(`update report_deadlines set hours = 2 where kind = 'hospital'`)
    await markLate(database.jobs, NOW)
    expect(await late()).toEqual({ 'h 3': true })
  })

  test('a row that somebody is writing is left for the next look: no report waits, and none is waited for', async () => {
    const hospital = await facility('h')
    await beds(hospital, '3', 5, ago(3))
    const writer = await database.pool.connect()
    try {
      await writer.query('begin; update beds set blocked = 0')
      expect(await markLate(database.jobs, NOW)).toBe(0)
      await writer.query('rollback')
    } finally {
      writer.release()
    }
    expect(await markLate(database.jobs, NOW)).toBe(2)
  })
})

describe('uncontacted', () => {
  const marked = async () =>
    (await rows('select id from cases where uncontacted order by id')).map(([id]) => Number(id))

  test('is who is under way outside of hospitals and was reached, or never reached and reported, more than 48 h ago', async () => {
    const due = [
      await newCase({ reportedAt: ago(49) }),
      await newCase({ reportedAt: ago(90), contactedAt: ago(49), carePlace: 'hi' }),
      await newCase({ reportedAt: ago(49), carePlace: 'ci' }),
    ]
    await newCase({ reportedAt: ago(47) })
    await newCase({ reportedAt: ago(90), contactedAt: ago(47) })
    await newCase({ reportedAt: ago(90), carePlace: 'hospital', stage: 'in_care' })
    await newCase({ reportedAt: ago(90), stage: 'invalid' })
    expect(await markUncontacted(database.jobs, NOW)).toBe(3)
    expect(await marked()).toEqual(due)
    expect([await markUncontacted(database.jobs, NOW), await unmarkContacted(database.jobs, NOW)]).toEqual([0, 0])
  })

  test('ends at once with a contact, a bed and the end of the case', async () => {
    const ids = [
      await newCase({ reportedAt: ago(60) }),
      await newCase({ reportedAt: ago(60) }),
      await newCase({ reportedAt: ago(60) }),
    ]
    const [reached, placed, ended] = ids
    await markUncontacted(database.jobs, NOW)
    await run('update cases set severity_at = now()')
    expect(await marked()).toEqual(ids)
    await run('update cases set contacted_at = $2 where id = $1', reached, ago(0))
    await run(`update cases set care_place = 'hospital' where id = $1`, placed)
    await run(`update cases set stage = 'closed', closed_reason = 'unreachable' where id = $1`, ended)
    expect(await marked()).toEqual([])
  })

  test('a contact that is taken back is none, and a report that was dated wrongly is set right', async () => {
    const id = await newCase({ reportedAt: ago(60), contactedAt: ago(0) })
    await run('update cases set contacted_at = null where id = $1', id)
    await markUncontacted(database.jobs, NOW)
    expect(await marked()).toEqual([id])
    await run('update cases set reported_at = $2 where id = $1', id, ago(2))
    expect(await unmarkContacted(database.jobs, NOW)).toBe(1)
  })

  test('comes in batches', async () => {
    await run(
      `insert into cases (district, report_day, source, reported_at) select '5001', '2021-11-11', 'api', $1 from generate_series(1, $2::int)`,
      ago(50),
      UNCONTACTED_BATCH + 7,
    )
    expect(await markUncontacted(database.jobs, NOW)).toBe(UNCONTACTED_BATCH)
    expect(await markUncontacted(database.jobs, NOW)).toBe(7)
  })
})

describe('how long nobody has reached whom', () => {
  const classes = async () => (await rows('select contact_age from cases order by id')).flat()
  const look = async (now: number) => {
    const aged = await ageContacts(database.jobs, now)
    await markUncontacted(database.jobs, now)
    await unmarkContacted(database.jobs, now)
    return aged
  }

  test.each([
    [6, '6h'],
    [6.01, '12h'],
    [12, '12h'],
    [12.01, '24h'],
    [24, '24h'],
    [24.01, '48h'],
    [48, '48h'],
    [48.01, 'later'],
  ])('after %d h the class is %s, of a report and of a contact', async (hours, is) => {
    await newCase({ reportedAt: ago(hours) })
    await newCase({ reportedAt: ago(90), contactedAt: ago(hours), carePlace: 'hi' })
    await look(NOW)
    expect(await classes()).toEqual([is, is])
    expect(await look(NOW)).toBe(0)
  })

  test('grows with time alone, and equals SQL from the clock at every hour', async () => {
    for (const hours of [0, 5, 11, 23, 47, 70]) await newCase({ reportedAt: ago(hours) })
    await newCase({ reportedAt: ago(9), carePlace: 'hospital', stage: 'in_care' })
    await newCase({ reportedAt: ago(9), stage: 'invalid' })
    for (let hours = 0; hours < 60; hours += 7) {
      await look(NOW + hours * HOUR)
      const byClock = await rows(
        `select case when stage = 'invalid' or care_place = 'hospital' then 'none' else (array['6h', '12h', '24h', '48h', 'later'])
           [1 + width_bucket(extract(epoch from $1 - coalesce(contacted_at, reported_at))::float8 / 3600 - 1e-9, array[6, 12, 24, 48])] end
         from cases order by id`,
        new Date(NOW + hours * HOUR),
      )
      expect(await classes()).toEqual(byClock.flat())
    }
  })

  test('begins at once with a contact, and ends at once with a bed and with the case', async () => {
    const [reached, placed, ended] = [
      await newCase({ reportedAt: ago(60) }),
      await newCase({ reportedAt: ago(60) }),
      await newCase({ reportedAt: ago(9) }),
    ]
    await look(NOW)
    expect(await classes()).toEqual(['later', 'later', '12h'])
    await run('update cases set contacted_at = now() where id = $1', reached)
    await run(`update cases set care_place = 'hospital' where id = $1`, placed)
    await run(`update cases set stage = 'closed', closed_reason = 'unreachable' where id = $1`, ended)
    expect(await classes()).toEqual(['6h', 'none', 'none'])
    await run(`update cases set care_place = 'hi', contacted_at = now() - interval '13 hours' where id = $1`, placed)
    expect(await classes()).toEqual(['6h', '24h', 'none'])
  })

  test('a report that was dated wrongly is set right', async () => {
    const id = await newCase({ reportedAt: ago(60) })
    await look(NOW)
    await run('update cases set reported_at = $2 where id = $1', id, ago(2))
    await look(NOW)
    await look(NOW)
    expect(await classes()).toEqual(['6h'])
  })

  test('comes in batches', async () => {
    await run(
      `insert into cases (district, report_day, source, reported_at) select '5001', '2021-11-11', 'api', $1 from generate_series(1, $2::int)`,
      ago(2),
      UNCONTACTED_BATCH + 7,
    )
    expect(await ageContacts(database.jobs, NOW)).toBe(UNCONTACTED_BATCH)
    expect(await ageContacts(database.jobs, NOW)).toBe(7)
  })
})

describe('uncalled', () => {
  const marked = async () => (await rows('select id from cases where uncalled order by id')).map(([id]) => Number(id))
  const today = startOfToday(NOW).at
  const before = new Date(today.getTime() - 60_000)

  test('is who is at home and was reached before midnight in Bangkok, or never', async () => {
    const due = [
      await newCase({ reportedAt: ago(1), carePlace: 'hi' }),
      await newCase({ reportedAt: ago(90), contactedAt: before, carePlace: 'ci' }),
      await newCase({ reportedAt: ago(90), carePlace: 'waiting' }),
    ]
    await newCase({ reportedAt: ago(90), contactedAt: today, carePlace: 'hi' })
    await newCase({ reportedAt: ago(90), carePlace: 'hospital', stage: 'in_care' })
    await newCase({ reportedAt: ago(90), carePlace: 'unknown' })
    await newCase({ reportedAt: ago(90), carePlace: 'hi', stage: 'invalid' })
    expect(await markUncalled(database.jobs, today)).toBe(3)
    expect(await marked()).toEqual(due)
    expect([await markUncalled(database.jobs, today), await unmarkCalled(database.jobs, today)]).toEqual([0, 0])
  })

  test('ends at once with a call and with a place; a call that is taken back was none', async () => {
    const [reached, placed] = [
      await newCase({ reportedAt: ago(9), carePlace: 'hi' }),
      await newCase({ reportedAt: ago(9), carePlace: 'hi' }),
    ]
    await markUncalled(database.jobs, today)
    await run('update cases set contacted_at = $2 where id = $1', reached, ago(0))
    await run(`update cases set care_place = 'hospital' where id = $1`, placed)
    expect(await marked()).toEqual([])
    await run('update cases set contacted_at = $2 where id = $1', reached, before)
    await markUncalled(database.jobs, today)
    expect(await marked()).toEqual([reached])
    expect(await unmarkCalled(database.jobs, before)).toBe(1)
  })
})

describe('claims', () => {
  const claims = () => rows(`select claim_day::text, claim_bucket, lapsed from needs order by id`)

  test.each([
    [15, '15m'],
    [16, '1h'],
    [60, '1h'],
    [240, '4h'],
    [720, '12h'],
    [1440, '24h'],
    [2880, '48h'],
    [2881, 'later'],
  ])('after %d minutes stands in %s, of the operation’s day', async (minutes, bucket) => {
    const id = await newCase()
    await open(id, 'oxygen', ago(minutes / 60))
    expect(await claims()).toEqual([['infinity', 'none', false]])
    await claim(id)
    expect(await claims()).toEqual([['2021-11-11', bucket, false]])
  })

  test('count once, the first time; one taken back at once does not count', async () => {
    const id = await newCase()
    await open(id, 'oxygen', ago(0.1))
    await claim(id)
    await giveBack(id, null)
    expect(await claims()).toEqual([['infinity', 'none', false]])
    await claim(id, ago(-1))
    await giveBack(id, 'released')
    expect(await claims()).toEqual([['2021-11-11', '4h', false]])
    await run(`update operation set day = '2021-11-12'`)
    await claim(id, ago(-20))
    await giveBack(id, 'expired')
    expect(await claims()).toEqual([['2021-11-11', '4h', true]])
    await claim(id, ago(-21))
    expect(await claims()).toEqual([['2021-11-11', '4h', false]])
  })
})

describe('the census', () => {
  const census = () => rows(`select day::text, level, sum(occupied)::int from bed_census group by 1, 2 order by 1, 2`)

  test('is of today what the beds are, and stays when the day turns', async () => {
    const [one, other] = [await facility('h1'), await facility('h2')]
    await beds(one, '3', 4, ago(1))
    await beds(other, '3', 5, ago(1))
    await beds(one, '3', 6, ago(0.5))
    expect(await census()).toEqual([['2021-11-11', '3', 11]])
    await run(`update operation set day = '2021-11-12'`)
    await beds(other, '3', 9, ago(-20))
    await run('delete from beds where facility_id = $1', one)
    expect(await census()).toEqual([
      ['2021-11-11', '3', 11],
      ['2021-11-12', '3', 9],
    ])
    expect(await rows('select from revisions')).toEqual([])
  })

  test('a count of yesterday that comes today corrects yesterday’s', async () => {
    const id = await facility('h')
    await beds(id, '3', 4, ago(20))
    await run(`update operation set day = '2021-11-12'`)
    await beds(id, '3', 7, ago(1))
    expect(await census()).toEqual([
      ['2021-11-11', '3', 7],
      ['2021-11-12', '3', 7],
    ])
    expect(await rows('select day::text, kind, subject, district, amount, revised_day::text from revisions')).toEqual([
      ['2021-11-12', 'corrected', 'beds', '5001', 3, '2021-11-11'],
    ])
  })

  test('a count that was committed while the day turned is mended', async () => {
    const id = await facility('h')
    await beds(id, '3', 4, ago(1))
    const writer = await database.pool.connect()
    try {
      await writer.query('begin')
      await writer.query(`update beds set occupied = 6, available = 4`)
      await run(`update operation set day = '2021-11-12'`)
      await writer.query('commit')
    } finally {
      writer.release()
    }
    expect(await mendCensus(database.jobs)).toBe(1)
    expect(await census()).toEqual([
      ['2021-11-11', '3', 6],
      ['2021-11-12', '3', 6],
    ])
    expect(await mendCensus(database.jobs)).toBe(0)
  })

  test('beds that are removed while the day turns are not counted for the new one', async () => {
    const id = await facility('h')
    await beds(id, '3', 4, ago(1))
    const writer = await database.pool.connect()
    try {
      await writer.query('begin')
      await writer.query('delete from beds')
      await run(`update operation set day = '2021-11-12'`)
      await writer.query('commit')
    } finally {
      writer.release()
    }
    expect(await census()).toEqual([])
  })

  test('the census of a bed that is gone goes with the next look, and one of a past day stays', async () => {
    const id = await facility('h')
    await run(
      `insert into bed_census (day, facility_id, level, district, occupied) values ('2021-11-10', $1, '3', '5001', 4), ('2021-11-11', $1, '3', '5001', 5)`,
      id,
    )
    expect(await mendCensus(database.jobs)).toBe(1)
    expect(await census()).toEqual([['2021-11-10', '3', 4]])
    expect(await mendCensus(database.jobs)).toBe(0)
  })

  test('an exercise that begins anew has none of days to come; a live operation loses none', async () => {
    await beds(await facility('h'), '3', 4, ago(1))
    await run(`update operation set day = '2021-11-10'`)
    expect((await census()).map(([day]) => day)).toEqual(['2021-11-10', '2021-11-11'])
    await run(`update operation set kind = 'drill', day = '2021-11-09'`)
    expect((await census()).map(([day]) => day)).toEqual(['2021-11-09'])
  })

  test('two facilities of a district report their levels in opposite order at once: neither waits for the other', async () => {
    const [one, other] = [await facility('h1'), await facility('h2')]
    for (const id of [one, other]) for (const level of ['2.1', '3']) await beds(id, level, 1, ago(1))
    const [first, second] = [await database.pool.connect(), await database.pool.connect()]
    const move =
      'update beds set occupied = occupied + 1, available = available - 1 where facility_id = $1 and level = $2'
    try {
      for (const client of [first, second]) await client.query(`begin; set local lock_timeout = '2s'`)
      await first.query(move, [one, '2.1'])
      await second.query(move, [other, '3'])
      await first.query(move, [one, '3'])
      await second.query(move, [other, '2.1'])
      await first.query('commit')
      await second.query('commit')
    } finally {
      first.release()
      second.release()
    }
    expect(await census()).toEqual([
      ['2021-11-11', '2.1', 4],
      ['2021-11-11', '3', 4],
    ])
  })
})

describe('revisions', () => {
  const revisions = async () =>
    rows(
      `select kind || '.' || subject, sum(amount)::int from revisions where day = '2021-11-11' group by 1 order by 1`,
    )
  const confirmed = async (day: string, district = '5001') => {
    const [row] = await rows(
      `insert into cases (district, report_day, source, classification, stage) values ($2, $1, 'api', 'confirmed', 'triaged') returning id`,
      day,
      district,
    )
    return Number(row?.[0])
  }

  test('a case of today is none; one of yesterday, told or confirmed today, is late', async () => {
    const id = await confirmed('2021-11-11')
    await run(`update cases set classification = 'not_a_case' where id = $1`, id)
    expect(await revisions()).toEqual([])
    await confirmed('2021-11-10')
    await run(`insert into cases (district, report_day, source) values ('5001', '2021-11-09', 'api')`)
    expect(await revisions()).toEqual([['late.cases', 1]])
    await run(`update cases set classification = 'probable' where report_day = '2021-11-09'`)
    expect(await revisions()).toEqual([['late.cases', 2]])
  })

  test('one that leaves an earlier day is a correction, and one that moves of each it leaves and enters', async () => {
    const [gone, moved, merged, deleted] = [
      await confirmed('2021-11-11'),
      await confirmed('2021-11-11'),
      await confirmed('2021-11-11'),
      await confirmed('2021-11-11'),
    ]
    await run(`update operation set day = '2021-11-12'; update operation set day = '2021-11-11'`)
    await run(`update cases set report_day = '2021-11-09'`)
    await run('delete from revisions')
    await run(`update cases set classification = 'not_a_case' where id = $1`, gone)
    await run(`update cases set report_day = '2021-11-08' where id = $1`, moved)
    await run(`update cases set stage = 'duplicate', merged_into = $2 where id = $1`, merged, gone)
    await run('delete from cases where id = $1', deleted)
    await run(`update cases set severity = 'red', contacted_at = now()`)
    expect(await revisions()).toEqual([['corrected.cases', 5]])
  })

  test('a death told today for yesterday is late; one taken back, or put on another day, is a correction', async () => {
    const id = await confirmed('2021-11-11')
    const dies = (day: string) => run(`update cases set outcome = 'died', outcome_day = $2 where id = $1`, id, day)
    await dies('2021-11-11')
    expect(await revisions()).toEqual([])
    await run(`update cases set outcome = 'none', outcome_day = 'infinity' where id = $1`, id)
    await dies('2021-11-10')
    expect(await revisions()).toEqual([['late.deaths', 1]])
    await dies('2021-11-09')
    await run(`update cases set outcome = 'none', outcome_day = 'infinity' where id = $1`, id)
    expect(await revisions()).toEqual([
      ['corrected.deaths', 3],
      ['late.deaths', 1],
    ])
  })

  test('who writes whole days, and says so, is not counted case by case', async () => {
    const client = await database.pool.connect()
    try {
      await client.query(`begin; select set_config('jitasa.revisions', 'own', true)`)
      await client.query(
        `insert into cases (district, report_day, source, classification) values ('5001', '2021-11-01', 'import', 'confirmed');
         update cases set classification = 'suspect'; delete from cases; commit`,
      )
    } finally {
      client.release()
    }
    expect(await revisions()).toEqual([])
    await confirmed('2021-11-01')
    expect(await revisions()).toEqual([['late.cases', 1]])
  })
})

describe('the oldest', () => {
  const oldest = async () =>
    Object.fromEntries(
      (await rows('select area, measure, at from oldest')).map(([area, measure, at]) => [
        `${area}.${measure}`,
        Math.round(((NOW - (at as Date).getTime()) / HOUR) * 10) / 10,
      ]),
    )

  test('is of each province and of the nation, and written only where it changed', async () => {
    const red = await newCase({ severity: 'red' })
    const yellow = await newCase({ severity: 'yellow' })
    const green = await newCase({ severity: 'green', reportedAt: ago(72) })
    await open(red, 'bed', ago(3.2))
    await open(yellow, 'bed', ago(5))
    await open(green, 'food', ago(9))
    await claim(red)
    await beds(await facility('h'), '2.1', 5, ago(7))
    await markUncontacted(database.jobs, NOW)
    await writeOldest(database.jobs)
    const expected = {
      'waiting.red': 3.2,
      'waiting.yellow': 5,
      'waiting.any': 5,
      'unclaimed.any': 9,
      'uncontacted.any': 72,
      'beds.2.1': 7,
    }
    const of = (area: string) =>
      Object.fromEntries(Object.entries(expected).map(([name, at]) => [`${area}.${name}`, at]))
    expect(await oldest()).toEqual({ ...of('TH'), ...of('50') })
    expect(await writeOldest(database.jobs)).toBe(0)
    await newCase({ severity: 'red' })
    expect(await writeOldest(database.jobs)).toBe(0)
    await claim(green)
    expect(await writeOldest(database.jobs)).toBe(2)
    await run(
      `update needs set status = 'fulfilled', claimed_by = null, holder_label = null, claimed_at = null,
      lease_until = null, ended_at = now() where case_id = $1`,
      red,
    )
    expect(await writeOldest(database.jobs)).toBe(2)
    expect(Object.keys(await oldest())).not.toContain('TH.waiting.red')
  })
})
