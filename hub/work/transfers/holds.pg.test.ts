import { afterEach, describe, expect, it } from 'vitest'
import { expireHolds } from '../../../db/queries/holds-expiry.ts'
import { passOf } from '../../../tests/security/subjects.ts'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'

const { database, hub } = await drillHubForFile()
const { clock } = hub
const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const MINUTE_MS = 60_000

async function facility(available: number, kind = 'hospital'): Promise<{ id: number; staff: Worker }> {
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en)
       values (gen_random_uuid(), '5001', $1, 'รพ.', 'Hospital') returning id)
     insert into beds (facility_id, level, district, staffed, available, occupied, reported_at)
       select id, '3', '5001', $2, $2, 0, '2021-11-01' from made returning facility_id as id`,
    [kind, available],
  )
  const id = rows[0]?.id ?? 0
  return { id, staff: await hub.worker('facility_staff', ['5001'], `Hospital ${id}`, id) }
}

/** Approved, and for the destination to accept. */
async function sent(to: number, count = 1): Promise<{ case: number; transfer: number }[]> {
  const cases = await openCases(database, count, { severity: 'red' })
  const { rows } = await database.pool.query<{ case: number; transfer: number }>(
    `insert into transfers (case_id, district, status, level, to_facility, requested_label, requested_at, updated_at)
     select id, '5001', 'approved', '3', $2, 'Rescue 1', $3, $3 from unnest($1::bigint[]) as id
     returning case_id as case, id as transfer`,
    [cases.map((one) => one.case), to, new Date(clock.at)],
  )
  return rows
}
const step = (by: Worker, id: number, name: string, body = {}) => by.post(`/api/transfers/${id}/${name}`, body)
const countsOf = async (id: number) =>
  (
    await database.pool.query<Record<string, number>>(
      'select staffed, available, held, occupied, cleaning from beds where facility_id = $1',
      [id],
    )
  ).rows[0]
const statusOf = async (id: number) =>
  (await database.pool.query('select status, bed_held, held_until from transfers where id = $1', [id])).rows[0]
const kindsOf = async (id: number) => (await beds.get(`/api/cases/${id}/events`)).body.events.map(({ kind }) => kind)
const expire = () => expireHolds(database.pool, clock.at)

afterEach(async () => {
  await database.pool.query(`update transfers set status = 'cancelled', bed_held = false, held_until = null
    where status in ('requested', 'approved', 'accepted', 'transport', 'en_route')`)
})

describe('a hold', () => {
  it('ends by itself when its time is over: the bed is free, the destination accepts anew, the history says so', async () => {
    const to = await facility(1)
    const [one] = await sent(to.id)
    const { transfer, case: id } = one!
    const held = await step(to.staff, transfer, 'accept')
    expect(held.body.transfer.heldUntil).toBe(clock.at + 120 * MINUTE_MS)
    clock.at += 120 * MINUTE_MS - 1
    expect(await expire()).toBe(0)
    clock.at += 1
    expect(await expire()).toBe(1)
    expect(await expire()).toBe(0)
    expect(await countsOf(to.id)).toMatchObject({ available: 1, held: 0 })
    expect(await statusOf(transfer)).toEqual({ status: 'approved', bed_held: false, held_until: null })
    expect(await kindsOf(id)).toContain('transfer.hold_ended')
    const again = await step(to.staff, transfer, 'accept')
    expect(again.body.transfer).toMatchObject({ status: 'accepted', heldUntil: clock.at + 120 * MINUTE_MS })
  })

  it('is longer where people come by themselves, and is made longer by the destination', async () => {
    const to = await facility(1, 'hospitel')
    const [one] = await sent(to.id)
    const { transfer, case: id } = one!
    expect((await step(to.staff, transfer, 'extend')).body.error.code).toBe('not_possible')
    await step(to.staff, transfer, 'accept')
    clock.at += 200 * MINUTE_MS
    expect((await step(beds, transfer, 'transport')).body.transfer.heldUntil).toBe(clock.at + 40 * MINUTE_MS)
    const longer = await step(to.staff, transfer, 'extend')
    expect(longer.body.transfer).toMatchObject({ status: 'transport', heldUntil: clock.at + 240 * MINUTE_MS })
    expect(await kindsOf(id)).toContain('transfer.extended')
    clock.at += 239 * MINUTE_MS
    expect(await expire()).toBe(0)
    expect(await countsOf(to.id)).toMatchObject({ available: 0, held: 1 })
  })

  it('is as long as national command has set for the kind of facility, from the next one on', async () => {
    const command = await hub.worker('national', ['TH'], 'Command')
    const set = (by: Worker, body: object) =>
      hub.hub.fetch('PUT', '/api/hold-minutes', { body, cookie: passOf(by.grant, clock.at) })
    expect((await set(beds, { kind: 'field', minutes: 30 })).status).toBe(403)
    for (const minutes of [14, 2_881, 30.5, null]) {
      expect((await set(command, { kind: 'field', minutes })).status).toBe(400)
    }
    expect((await set(command, { kind: 'vaccination', minutes: 30 })).status).toBe(400)
    const answer = await set(command, { kind: 'field', minutes: 30 })
    expect(await answer.json()).toMatchObject({ kinds: expect.arrayContaining([{ kind: 'field', minutes: 30 }]) })
    const to = await facility(1, 'field')
    const [one] = await sent(to.id)
    const { transfer } = one!
    const { body } = await step(to.staff, transfer, 'accept')
    expect(body.transfer.heldUntil).toBe(clock.at + 30 * MINUTE_MS)
    const { rows } = await database.pool.query(`select details from audit_log where action = 'hold_minutes.set'`)
    expect(rows).toEqual([{ details: { before: 120, minutes: 30 } }])
  })

  it('has no end once the patient is on the road', async () => {
    const to = await facility(1)
    const [one] = await sent(to.id)
    const { transfer } = one!
    for (const [by, name] of [
      [to.staff, 'accept'],
      [beds, 'transport'],
      [beds, 'depart'],
    ] as const) {
      await step(by, transfer, name)
    }
    expect(await statusOf(transfer)).toMatchObject({ status: 'en_route', held_until: null })
    clock.at += 100_000 * MINUTE_MS
    expect(await expire()).toBe(0)
    expect((await step(to.staff, transfer, 'arrive')).status).toBe(200)
    expect(await countsOf(to.id)).toMatchObject({ available: 0, held: 0, occupied: 1 })
  })

  it('gets an end from the database when somebody else writes it', async () => {
    const to = await facility(1)
    const [one] = await sent(to.id)
    await database.pool.query(`update transfers set status = 'accepted', updated_at = $2 where id = $1`, [
      one?.transfer,
      new Date(clock.at),
    ])
    expect(await statusOf(one!.transfer)).toMatchObject({ held_until: new Date(clock.at + 120 * MINUTE_MS) })
  })
})

describe('at once', () => {
  it('a hundred requests for ten beds: ten holds, and ninety are told what has become of the beds', async () => {
    const to = await facility(10)
    const all = await sent(to.id, 100)
    const replies = await Promise.all(all.map(({ transfer }) => step(to.staff, transfer, 'accept')))
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(10)
    const refused = replies.filter(({ status }) => status === 409)
    expect(refused).toHaveLength(90)
    for (const { body } of refused) {
      expect(body.error).toMatchObject({
        code: 'no_bed_available',
        details: { level: '3', staffed: 10, held: 10, occupied: 0, until: clock.at + 120 * MINUTE_MS },
      })
      expect(body.error.message).toMatch(/of 10, 0 are occupied, 10 held .* ends: \d\d:\d\d\./)
    }
    expect(await countsOf(to.id)).toMatchObject({ available: 0, held: 10 })
  })

  it('the end of holds and the steps of people never lose or double a bed', async () => {
    const to = await facility(20)
    const all = await sent(to.id, 40)
    await Promise.all(all.slice(0, 20).map(({ transfer }) => step(to.staff, transfer, 'accept')))
    clock.at += 120 * MINUTE_MS
    const names = ['cancel', 'transport', 'extend', 'accept'] as const
    const work = all.map(({ transfer }, i) => {
      const name = i < 20 ? (names[i % 3] ?? 'cancel') : 'accept'
      return step(name === 'accept' || name === 'extend' ? to.staff : beds, transfer, name)
    })
    const sweeps = Array.from({ length: 8 }, expire)
    const replies = await Promise.all(work)
    await Promise.all(sweeps)
    while ((await expire()) > 0);
    expect(replies.filter(({ status }) => status >= 500)).toEqual([])
    const { rows } = await database.pool.query<{ n: number }>(
      'select count(*)::int as n from transfers where to_facility = $1 and bed_held',
      [to.id],
    )
    const counts = (await countsOf(to.id))!
    expect(counts.held).toBe(rows[0]?.n)
    expect((counts.available ?? 0) + (counts.held ?? 0)).toBe(20)
  })

  it('a bed that another works on is not waited for', async () => {
    const to = await facility(2)
    const all = await sent(to.id, 2)
    for (const { transfer } of all) await step(to.staff, transfer, 'accept')
    clock.at += 120 * MINUTE_MS
    const client = await database.pool.connect()
    await client.query('begin')
    await client.query('select from beds where facility_id = $1 for update', [to.id])
    expect(await expire()).toBe(0)
    await client.query('commit')
    client.release()
    expect(await expire()).toBe(2)
    expect(await countsOf(to.id)).toMatchObject({ available: 2, held: 0 })
  })
})
