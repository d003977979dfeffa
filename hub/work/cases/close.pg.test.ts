import { describe, expect, it } from 'vitest'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { accountKey } from '../../situation/account-key.ts'

const MINUTE_MS = 60_000

const { database, hub } = await drillHubForFile()
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
const beds = await hub.worker('bed_coordinator', ['50'], 'Beds 50')
const volunteer = await hub.worker('volunteer', ['5001'], 'Village 1')
const at = (id: number, command: string) => `/api/cases/${id}/${command}`

/** A case with a bed that the coordinator has and food that the volunteer has. */
async function sharedCase() {
  const [made] = await openCases(database, 1, { severity: 'yellow', kind: 'bed' })
  if (made === undefined) throw new Error('no case was made')
  const { case: id, need: bed } = made
  await beds.post(at(id, 'needs'), { needs: ['food'] })
  const needs = (await beds.get(`/api/cases/${id}`)).body.needs
  const food = needs.find(({ kind }) => kind === 'food')?.id ?? 0
  const held = await beds.post(`/api/needs/${bed}/claim`)
  await volunteer.post(`/api/needs/${food}/claim`)
  return { id, bed, food, fence: held.body.need.fence }
}

async function needsOf(who: Worker, id: number) {
  const { body } = await who.get(`/api/cases/${id}`)
  return new Map(body.needs.map((need) => [need.kind, need]))
}

describe('closing a case', () => {
  it('by the holder of one need is refused while others hold the rest, and says who holds what', async () => {
    const { id, bed } = await sharedCase()
    const transfer = await beds.post(at(id, 'transfers'), { level: '3' })
    const refused = await volunteer.post(at(id, 'close'), { reason: 'helped' })
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'held_by_others', details: { holder: 'Beds 50', need: 'bed', held: 1 } } },
    })
    expect(refused.body.error.message).toContain('Hospital bed. Ask them to finish')
    const thai = await volunteer.post(at(id, 'close'), { reason: 'helped' }, { language: 'th' })
    expect(thai.body.error.message).toContain('Beds 50 รับเรื่องเตียงของเคสนี้')
    const kept = (await beds.get(`/api/cases/${id}`)).body
    expect(kept.transfer).toMatchObject({ id: transfer.body.transfer.id, status: 'requested' })
    expect(kept.needs.find((need) => need.id === bed)).toMatchObject({ status: 'claimed', holder: 'Beds 50' })
    expect((await chief.post(at(id, 'close'), { reason: 'helped' })).body.case.stage).toBe('closed')
  })

  it('does not call a transfer off by the way, except for a supervisor or a death', async () => {
    const { id, bed, fence } = await sharedCase()
    const { body } = await beds.post(at(id, 'transfers'), { level: '3' })
    await beds.post(`/api/needs/${bed}/release`, { fence })
    expect(await volunteer.post(at(id, 'close'), { reason: 'helped' })).toMatchObject({
      status: 409,
      body: { error: { code: 'transfer_under_way' } },
    })
    await volunteer.post(`/api/transfers/${body.transfer.id}/cancel`)
    expect((await volunteer.post(at(id, 'close'), { reason: 'helped' })).status).toBe(200)
    for (const [who, reason] of [
      [chief, 'helped'],
      [volunteer, 'died'],
    ] as const) {
      const other = await sharedCase()
      await beds.post(at(other.id, 'transfers'), { level: '3' })
      await beds.post(`/api/needs/${other.bed}/release`, { fence: other.fence })
      expect((await who.post(at(other.id, 'close'), { reason })).status).toBe(200)
    }
  })

  it('is theirs when the others’ claims have ended, or run out', async () => {
    const released = await sharedCase()
    await beds.post(`/api/needs/${released.bed}/release`, { fence: released.fence })
    expect((await volunteer.post(at(released.id, 'close'), { reason: 'helped' })).status).toBe(200)
    const lapsed = await sharedCase()
    hub.clock.at += 59 * MINUTE_MS
    await volunteer.post(at(lapsed.id, 'contacts'), { channel: 'visit', result: 'reached' })
    hub.clock.at += 2 * MINUTE_MS
    const closed = await volunteer.post(at(lapsed.id, 'close'), { reason: 'helped' })
    expect(closed.status).toBe(200)
    await volunteer.post(at(lapsed.id, 'undo'), { event: closed.body.event })
    const needs = await needsOf(volunteer, lapsed.id)
    expect(needs.get('bed')).toMatchObject({ status: 'open', holder: null })
    expect(needs.get('food')).toMatchObject({ status: 'claimed', yours: true })
  })

  it.each(['duplicate', 'invalid'] as const)('as %s says that it is no case', async (reason) => {
    const { id } = await sharedCase()
    const { body } = await chief.post(at(id, 'close'), { reason })
    expect(body.case).toMatchObject({ stage: reason, closedReason: reason, mergedInto: null })
    expect((await chief.post(at(id, 'undo'), { event: body.event })).body.case.stage).toBe('reported')
  })
})

describe('a death found late', () => {
  it('was "reload the case" when it lay before the report: it is recorded on its day, and counted there', async () => {
    const [made] = await openCases(database, 1)
    const { body, status } = await chief.post(at(made!.case, 'close'), { reason: 'died', outcomeDay: '2021-11-08' })
    expect([status, body.case]).toMatchObject([200, { outcome: 'died', outcomeDay: '2021-11-08', stage: 'closed' }])
    const [other] = await openCases(database, 1)
    const later = await chief.post(at(other!.case, 'outcome'), { outcome: 'died', day: '2021-09-12' })
    expect(later.body.case).toMatchObject({ outcome: 'died', outcomeDay: '2021-09-12' })
  })

  it.each([
    ['close', { reason: 'died', outcomeDay: '2021-11-12' }, '2021-09-12'],
    ['outcome', { outcome: 'died', day: '2021-09-11' }, '2021-09-12'],
    ['outcome', { outcome: 'recovered', day: '2021-11-10' }, '2021-11-11'],
  ] as const)('%s: a day that cannot be is refused with the days that can (%j)', async (command, body, notBefore) => {
    const [made] = await openCases(database, 1)
    const refused = await chief.post(at(made!.case, command), body)
    expect(refused).toMatchObject({
      status: 422,
      body: { error: { code: 'outcome_day', details: { notBefore, notAfter: '2021-11-11' } } },
    })
    expect(refused.body.error.message).toContain(`from ${notBefore} to 2021-11-11`)
    const thai = await chief.post(at(made!.case, command), body, { language: 'th' })
    expect(thai.body.error.message).toBe(`วันที่ต้องอยู่ระหว่าง ${notBefore} ถึง 2021-11-11`)
  })
})

describe('the undo of a closing', () => {
  it('gives every need back to its holder, with a fresh lease and a new fence', async () => {
    const { id, bed, fence } = await sharedCase()
    await beds.post(`/api/needs/${bed}/start`, { fence })
    hub.clock.at += 10 * MINUTE_MS
    const closed = await chief.post(at(id, 'close'), { reason: 'unreachable' })
    const undone = await chief.post(at(id, 'undo'), { event: closed.body.event })
    expect(undone.body.case).toMatchObject({ stage: 'reported', onBoard: true })
    const seen = await needsOf(beds, id)
    expect(seen.get('bed')).toMatchObject({
      status: 'in_progress',
      yours: true,
      fence: (fence ?? 0) + 1,
      leaseUntil: hub.clock.at + 60 * MINUTE_MS,
    })
    expect(seen.get('food')).toMatchObject({ status: 'claimed', holder: 'Village 1' })
    expect((await needsOf(volunteer, id)).get('food')).toMatchObject({ yours: true, fence: 2 })
    expect(await beds.post(`/api/needs/${bed}/fulfil`, { fence })).toMatchObject({
      status: 409,
      body: { error: { code: 'stale_fence' } },
    })
  })

  it('gives one’s own claim back too', async () => {
    const [made] = await openCases(database, 1, { kind: 'food' })
    const { case: id, need } = made!
    await volunteer.post(`/api/needs/${need}/claim`)
    const closed = await volunteer.post(at(id, 'close'), { reason: 'helped' })
    expect((await volunteer.post(at(id, 'undo'), { event: closed.body.event })).status).toBe(200)
    expect((await needsOf(volunteer, id)).get('food')).toMatchObject({ status: 'claimed', yours: true, fence: 2 })
  })
})

it('the history names holders by call-sign and key, never by their account’s id', async () => {
  const { id, bed, fence } = await sharedCase()
  const account = beds.grant?.account ?? ''
  await beds.post(`/api/needs/${bed}/release`, { fence })
  await beds.post(`/api/needs/${bed}/claim`)
  hub.clock.at += 61 * MINUTE_MS
  await volunteer.post(`/api/needs/${bed}/claim`)
  await chief.post(at(id, 'close'), { reason: 'helped' })
  const { body } = await chief.get(at(id, 'events'))
  expect(body.events.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['need.released', 'need.expired', 'need.closed', 'case.closed']),
  )
  const text = JSON.stringify(body)
  for (const { grant } of [beds, volunteer, chief]) expect(text).not.toContain(grant?.account)
  expect(text).toContain(accountKey(account))
})

it('the history comes oldest or newest first, page by page', async () => {
  const { id } = await sharedCase()
  for (let i = 0; i < 5; i++) await beds.post(at(id, 'contacts'), { channel: 'phone', result: 'no_answer' })
  const pages = async (order: string) => {
    const ids: number[] = []
    for (let after: string | number = 0; ; ) {
      const { body } = await beds.get(`${at(id, 'events')}?order=${order}&limit=3&after=${after}`)
      ids.push(...body.events.map((event) => event.id))
      if (body.cursor === null) return ids
      after = body.cursor
    }
  }
  const oldest = await pages('oldest')
  expect(oldest).toHaveLength(8)
  expect(oldest).toEqual(oldest.toSorted((a, b) => a - b))
  expect(await pages('newest')).toEqual(oldest.toReversed())
})
