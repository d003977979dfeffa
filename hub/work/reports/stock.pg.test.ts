import { beforeAll, describe, expect, it } from 'vitest'
import { markLate } from '../../../db/queries/lateness.ts'
import type { Reply } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const makeSite = async (code: string, district = '5001') =>
  (
    await database.pool.query<{ id: number }>(
      `insert into facilities (code, district, kind, name_th, name_en) values ($1, $2, 'hospital', 'ทดสอบ', 'Test') returning id`,
      [code, district],
    )
  ).rows[0]!.id
const site = await makeSite('10713')
const twin = await makeSite('10714', '5002')
const staff = await hub.worker('facility_staff', ['5001'], 'Hospital', site)
const point = await hub.worker('vaccination_staff', ['5001'], 'Point', site)
const office = await hub.worker('provincial_health', ['50'], 'Office 50')
const coordinator = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
/** What an answer holds beside an error. */
const said = ({ body }: Reply) =>
  body as unknown as { readonly items: readonly Left[]; readonly units: readonly Unit[] }
type Left = { readonly item: string; readonly daysLeft: number | null }
type Unit = { readonly kind: string; readonly total: number; readonly inUse: number }
const faults = ({ body }: Reply) => body.error.details as readonly Readonly<Record<string, unknown>>[]
const iso = (minutesAgo = 0) => new Date(hub.clock.at - minutesAgo * 60_000).toISOString()

type Item = { item: string; onHand: number; perDay: number }
const oxygen = (onHand: number, perDay = 10): Item => ({ item: 'oxygen', onHand, perDay })
const stock = (items: readonly object[], more: object = {}, key?: string) =>
  staff.post(`/api/facilities/${site}/stock`, { sourceAt: iso(), items, ...more }, key === undefined ? {} : { key })
const undo = (report: string, who = staff) => who.post(`/api/facilities/${site}/undo`, { report })
const standing = async (facility = site) =>
  (
    await database.pool.query(
      'select item, on_hand, per_day, short, late from stock where facility_id = $1 order by item',
      [facility],
    )
  ).rows

beforeAll(() => {
  hub.clock.at += 3_600_000
})

describe('stock', () => {
  it('is reported item by item, with the days it lasts; what is left out stays as it was', async () => {
    const reply = await stock([oxygen(25), { item: 'vaccine', onHand: 900, perDay: 300 }])
    expect(reply.status).toBe(200)
    expect(said(reply).items.map(({ item, daysLeft }) => [item, daysLeft])).toEqual([
      ['oxygen', 2.5],
      ['vaccine', 3],
    ])
    hub.clock.at += 60_000
    expect((await stock([oxygen(40)])).status).toBe(200)
    expect(await standing()).toEqual([
      { item: 'oxygen', on_hand: 40, per_day: 10, short: false, late: false },
      { item: 'vaccine', on_hand: 900, per_day: 300, short: false, late: false },
    ])
  })

  it('the same key is one report, and an older count never replaces a newer one', async () => {
    hub.clock.at += 60_000
    const body = { sourceAt: iso(), items: [oxygen(35)] }
    const send = () => staff.post(`/api/facilities/${site}/stock`, body, { key: 'stock-once-1' })
    expect([(await send()).status, (await send()).status]).toEqual([200, 200])
    const older = await stock([oxygen(90)], { sourceAt: iso(5) })
    expect([older.status, older.body.error.code]).toEqual([409, 'older_report'])
    expect(older.body.error.details).toEqual([{ item: 'oxygen', standing: hub.clock.at }])
    const { rows } = await database.pool.query(`select count(*)::int as n from stock_reports where on_hand in (35, 90)`)
    expect(rows[0].n).toBe(1)
  })

  it.each([
    ['below nothing', [oxygen(-1)], 400],
    ['half a cylinder', [oxygen(1.5)], 400],
    ['an item that nobody knows', [{ item: 'masks', onHand: 1, perDay: 1 }], 400],
    ['the same item twice', [oxygen(1), oxygen(2)], 400],
    ['nothing at all', [], 400],
  ])('%s is refused, and nothing is kept', async (_, items, status) => {
    const before = await standing()
    hub.clock.at += 1_000
    const refused = await stock(items)
    expect(refused.status).toBe(status)
    expect(faults(refused).length).toBeGreaterThan(0)
    expect(await standing()).toEqual(before)
  })

  it('of vaccine by kind is added up by itself, as old as the oldest count; the sum is not typed beside it', async () => {
    const house = await database.pool.query<{ id: number }>(
      `insert into facilities (code, district, kind, name_th, name_en) values ('30001', '5001', 'vaccination', 'จุดฉีด', 'Site') returning id`,
    )
    const id = house.rows[0]!.id
    const report = (items: readonly object[], minutesAgo: number, key?: string) =>
      office.post(
        `/api/facilities/${id}/stock`,
        { sourceAt: iso(minutesAgo), items, acceptImplausible: true },
        key === undefined ? {} : { key },
      )
    const kinds = async () => (await standing(id)).map(({ item, on_hand, per_day }) => [item, on_hand, per_day])
    await report([{ item: 'vaccine', onHand: 50, perDay: 10 }], 90)
    await report([{ item: 'sinovac', onHand: 300, perDay: 100 }], 60)
    expect(await kinds()).toEqual([
      ['sinovac', 300, 100],
      ['vaccine', 300, 100],
    ])
    await report([{ item: 'pfizer', onHand: 60, perDay: 60 }], 30, 'slip-kinds-1')
    expect(await kinds()).toEqual([
      ['pfizer', 60, 60],
      ['sinovac', 300, 100],
      ['vaccine', 360, 160],
    ])
    const { rows } = await database.pool.query(
      `select reported_at from stock where facility_id = $1 and item = 'vaccine'`,
      [id],
    )
    expect(rows).toEqual([{ reported_at: new Date(iso(60)) }])
    for (const also of [[], [{ item: 'moderna', onHand: 1, perDay: 1 }]]) {
      const refused = await report([{ item: 'vaccine', onHand: 1, perDay: 1 }, ...also], 0)
      expect([refused.status, refused.body.error.code]).toEqual([422, 'vaccine_by_kind'])
    }
    expect((await office.post(`/api/facilities/${id}/undo`, { report: 'slip-kinds-1' })).status).toBe(200)
    expect(await kinds()).toEqual([
      ['sinovac', 300, 100],
      ['vaccine', 300, 100],
    ])
    await database.pool.query(`update facilities set active = false, closed_at = now() where id = $1`, [id])
    expect(await kinds()).toEqual([])
  })

  it('below nothing, or of half a dose, is refused by its field', async () => {
    for (const wrong of [{ onHand: -1 }, { perDay: -1 }, { onHand: 2.5 }]) {
      const refused = await stock([{ ...oxygen(10), ...wrong }])
      expect(refused.status).toBe(400)
      expect(faults(refused)[0]?.path).toBe(`items.0.${Object.keys(wrong)[0]}`)
    }
  })

  it('of tomorrow, or of a clock that was never set, is refused', async () => {
    for (const sourceAt of [iso(-24 * 60), '2019-03-01T00:00:00Z']) {
      const refused = await stock([oxygen(10)], { sourceAt })
      expect([refused.status, faults(refused)[0]?.path]).toEqual([422, 'sourceAt'])
    }
  })

  it('ten times as much is asked about, by its rule and field', async () => {
    hub.clock.at += 60_000
    const refused = await stock([oxygen(900, 10)])
    expect([refused.status, refused.body.error.code]).toEqual([422, 'implausible'])
    expect(faults(refused)[0]?.rule).toBe('over_before')
    expect(faults(refused)[0]?.field).toBe('items.0.onHand')
    expect((await stock([oxygen(900, 10)], { acceptImplausible: true })).status).toBe(200)
  })

  it('is reported by those of the site, the coordinator and the office; by nobody else', async () => {
    const by = async (who: typeof staff, at = site) => {
      hub.clock.at += 1_000
      const body = { sourceAt: iso(), items: [{ item: 'atk', onHand: 50, perDay: 5 }] }
      return (await who.post(`/api/facilities/${at}/stock`, body)).status
    }
    expect([await by(staff), await by(point), await by(coordinator), await by(office)]).toEqual([200, 200, 200, 200])
    expect([await by(staff, twin), await by(point, twin)]).toEqual([404, 404])
    expect(await by(await hub.worker('volunteer', ['5001'], 'Volunteer'))).toBe(403)
  })

  it('is late after a day, and not any more with the next count', async () => {
    hub.clock.at += 25 * 3_600_000
    await markLate(database.jobs, hub.clock.at)
    expect((await standing()).every(({ late }) => late)).toBe(true)
    expect((await stock([oxygen(20)])).status).toBe(200)
    expect((await standing()).filter(({ late }) => !late).map(({ item }) => item)).toEqual(['oxygen'])
    expect((await standing()).find(({ item }) => item === 'oxygen')).toMatchObject({ short: true })
  })
})

describe('a report that was a slip', () => {
  const beds = (staffed: number, available: number, key: string) =>
    staff.post(
      `/api/facilities/${site}/beds`,
      { sourceAt: iso(), levels: [{ level: '2.1', staffed, available, occupied: staffed - available }] },
      { key },
    )
  const level = async () =>
    (
      await database.pool.query(
        `select staffed, available, reported_at from beds where facility_id = $1 and level = '2.1'`,
        [site],
      )
    ).rows[0]

  it('of stock is taken back: what stood stands again with its own time, and the history says so', async () => {
    const before = await standing()
    hub.clock.at += 60_000
    expect((await stock([oxygen(3), { item: 'oximeter', onHand: 7, perDay: 0 }], {}, 'slip-stock-1')).status).toBe(200)
    hub.clock.at += 20_000
    expect((await undo('slip-stock-1')).body).toEqual({ facility: site, undone: true })
    expect(await standing()).toEqual(before)
    const { rows } = await database.pool.query(
      `select item, undone_at is not null as undone from stock_reports where on_hand in (3, 7) order by item`,
    )
    expect(rows).toEqual([
      { item: 'oximeter', undone: true },
      { item: 'oxygen', undone: true },
    ])
    expect((await undo('slip-stock-1')).body.error.code).toBe('report_followed')
  })

  it('of beds and ventilators as well; the first of a kind leaves none', async () => {
    expect((await beds(8, 2, 'slip-beds-0')).status).toBe(200)
    const first = await level()
    hub.clock.at += 60_000
    expect((await beds(8, 5, 'slip-beds-1')).status).toBe(200)
    expect((await undo('slip-beds-1')).status).toBe(200)
    expect(await level()).toEqual(first)
    hub.clock.at += 60_000
    const body = { sourceAt: iso(), units: [{ kind: 'ventilator', total: 4, inUse: 1 }] }
    expect((await staff.post(`/api/facilities/${site}/beds`, body, { key: 'slip-unit-1' })).status).toBe(200)
    expect((await undo('slip-unit-1')).status).toBe(200)
    const { rows } = await database.pool.query('select * from care_units where facility_id = $1', [site])
    expect(rows).toEqual([])
  })

  it('that is too long ago, followed by another, or somebody else’s, stays', async () => {
    hub.clock.at += 60_000
    await beds(8, 4, 'slip-late-1')
    hub.clock.at += 41_000
    expect((await undo('slip-late-1')).body.error.code).toBe('too_late')
    await beds(8, 3, 'slip-next-1')
    await database.pool.query(`update beds set available = 2, held = 1 where facility_id = $1 and level = '2.1'`, [
      site,
    ])
    expect((await undo('slip-next-1')).body.error.code).toBe('report_followed')
    expect((await undo('slip-next-1', coordinator)).status).toBe(404)
    expect((await undo('no-such-report')).status).toBe(404)
    expect(await level()).toMatchObject({ available: 2 })
  })
})

describe('ventilators and rooms', () => {
  const units = (list: readonly object[], more: object = {}) =>
    staff.post(`/api/facilities/${site}/beds`, { sourceAt: iso(), units: list, ...more })

  it('are reported beside the beds or alone, and answered with them', async () => {
    hub.clock.at += 60_000
    const list = [
      { kind: 'ventilator', total: 6, inUse: 5 },
      { kind: 'aiir', total: 2, inUse: 2 },
    ]
    const reply = await units(list)
    expect(reply.status).toBe(200)
    expect(said(reply).units.map(({ kind, total, inUse }) => [kind, total, inUse])).toEqual([
      ['aiir', 2, 2],
      ['ventilator', 6, 5],
    ])
  })

  it('more in use than there are, one kind twice, or neither beds nor units are refused', async () => {
    hub.clock.at += 60_000
    const more = await units([{ kind: 'ventilator', total: 2, inUse: 3 }])
    expect([more.status, faults(more)[0]?.path]).toEqual([422, 'units.0.inUse'])
    const one = { kind: 'cohort', total: 2, inUse: 1 }
    expect([(await units([one, one])).status, (await units([])).status]).toEqual([400, 400])
    expect((await units([{ kind: 'ventilator', total: 600, inUse: 3 }])).body.error.code).toBe('implausible')
  })
})

describe('a facility that ends', () => {
  it('merged: of each item the newer count stands at the one that stays, under its district', async () => {
    hub.clock.at += 60_000
    await office.post(`/api/facilities/${twin}/stock`, { sourceAt: iso(), items: [oxygen(77)] })
    await office.post(`/api/facilities/${twin}/stock`, {
      sourceAt: iso(),
      items: [{ item: 'oximeter', onHand: 4, perDay: 1 }],
    })
    await database.pool.query(
      'update facilities set active = false, closed_at = now(), merged_into = $2 where id = $1',
      [twin, site],
    )
    expect(await standing(twin)).toEqual([])
    const kept = await standing()
    expect(kept.find(({ item }) => item === 'oxygen')).toMatchObject({ on_hand: 77 })
    expect(kept.find(({ item }) => item === 'oximeter')).toMatchObject({ on_hand: 4 })
    const { rows } = await database.pool.query('select distinct district from stock where facility_id = $1', [site])
    expect(rows).toEqual([{ district: '5001' }])
  })

  it('closed: its stock helps nobody any more, and a report of it is refused', async () => {
    await database.pool.query('update facilities set active = false, closed_at = now() where id = $1', [site])
    expect(await standing()).toEqual([])
    hub.clock.at += 60_000
    expect((await stock([oxygen(5)])).body.error.code).toBe('facility_closed')
  })
})
