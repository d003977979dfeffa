import { describe, expect, it } from 'vitest'
import { expireLeases } from '../../../db/queries/claims-expiry.ts'
import { openCases, type Worker } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'
import { accountKey } from '../../situation/account-key.ts'
import { LEASE_MS } from './lease.ts'

const { database, hub } = await caseHubForFile()
const ann = await hub.worker('responder', ['50'], 'Rescue 1')
const bob = await hub.worker('responder', ['50'], 'Rescue 2')
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')

async function oneNeed(severity = 'yellow') {
  const [made] = await openCases(database, 1, { severity })
  if (made === undefined) throw new Error('no case was made')
  return made
}
const path = (need: number, command: string) => `/api/needs/${need}/${command}`
const kindsOf = async (id: number) => (await ann.get(`/api/cases/${id}/events`)).body.events.map((event) => event.kind)

describe('a claim', () => {
  it('is won once; the loser is told who has it and since when', async () => {
    const { need } = await oneNeed()
    const won = await ann.post(path(need, 'claim'))
    expect(won).toMatchObject({ status: 200, body: { need: { status: 'claimed', yours: true, fence: 1 } } })
    expect(won.body.need.leaseUntil).toBe(hub.clock.at + LEASE_MS.yellow)
    const lost = await bob.post(path(need, 'claim'))
    expect(lost).toMatchObject({
      status: 409,
      body: { error: { code: 'already_claimed', details: { holder: 'Rescue 1', since: hub.clock.at, yours: false } } },
    })
  })

  it('with the same key is the same claim; with another body the key is refused', async () => {
    const { need } = await oneNeed()
    const first = await ann.post(path(need, 'claim'), {}, { key: 'the-same-key' })
    expect(await ann.post(path(need, 'claim'), {}, { key: 'the-same-key' })).toEqual(first)
    const other = await oneNeed()
    expect(await ann.post(path(other.need, 'claim'), {}, { key: 'the-same-key' })).toMatchObject({
      status: 422,
      body: { error: { code: 'idempotency_key_reused' } },
    })
    const lost = await bob.post(path(need, 'claim'), {}, { key: 'a-losing-key' })
    await ann.post(path(need, 'release'), { fence: 1 })
    expect(await bob.post(path(need, 'claim'), {}, { key: 'a-losing-key' })).toEqual(lost)
    expect((await ann.post(path(need, 'claim'), {}, { key: 'short' })).status).toBe(400)
  })

  it('a right that was missing is no answer to keep: the same key works once it is there', async () => {
    const { need, case: id } = await oneNeed()
    const contact = { channel: 'phone', result: 'reached' }
    const key = 'before-and-after'
    expect(await bob.post(`/api/cases/${id}/contacts`, contact, { key })).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    })
    await bob.post(path(need, 'claim'))
    expect((await bob.post(`/api/cases/${id}/contacts`, contact, { key })).status).toBe(200)
  })

  it('sent twice at the same instant is carried out once', async () => {
    const { need, case: id } = await oneNeed()
    const replies = await Promise.all([1, 2, 3, 4].map(() => ann.post(path(need, 'claim'), {}, { key: 'at-once-key' })))
    for (const reply of replies) expect(reply).toEqual(replies[0])
    expect(await kindsOf(id)).toEqual(['need.claimed'])
  })

  it('outside the own area does not exist', async () => {
    const [foreign] = await openCases(database, 1, { district: '1001' })
    expect((await ann.post(path(foreign!.need, 'claim'))).status).toBe(404)
  })

  it('runs out by itself, goes back to the board with history, and rejects its late holder', async () => {
    const { need, case: id } = await oneNeed('red')
    const { body } = await ann.post(path(need, 'claim'))
    hub.clock.at += LEASE_MS.red
    expect(await ann.post(path(need, 'fulfil'), { fence: body.need.fence })).toMatchObject({
      status: 409,
      body: { error: { code: 'lease_expired' } },
    })
    expect(await expireLeases(database.jobs, hub.clock.at)).toBeGreaterThanOrEqual(1)
    expect(await kindsOf(id)).toEqual(['need.claimed', 'need.expired'])
    const taken = await bob.post(path(need, 'claim'))
    expect(taken.body.need).toMatchObject({ fence: 2, openedAt: Date.parse('2021-11-11T02:00:00Z') })
    expect(await ann.post(path(need, 'fulfil'), { fence: body.need.fence })).toMatchObject({
      status: 409,
      body: { error: { code: 'stale_fence', details: { holder: 'Rescue 2' } } },
    })
  })

  it('that has run out can be taken before the sweep has been there', async () => {
    const { need, case: id } = await oneNeed('red')
    await ann.post(path(need, 'claim'))
    hub.clock.at += LEASE_MS.red
    expect((await bob.post(path(need, 'claim'))).body.need).toMatchObject({ fence: 2, holder: 'Rescue 2' })
    expect(await kindsOf(id)).toEqual(['need.claimed', 'need.expired', 'need.claimed'])
  })

  it('is kept by any action of its holder', async () => {
    const { need, case: id } = await oneNeed('red')
    const { body } = await ann.post(path(need, 'claim'))
    hub.clock.at += LEASE_MS.red - 60_000
    await ann.post(`/api/cases/${id}/contacts`, { channel: 'phone', result: 'no_answer' })
    hub.clock.at += LEASE_MS.red - 60_000
    const kept = await ann.post(path(need, 'heartbeat'), { fence: body.need.fence })
    expect(kept.body.need.leaseUntil).toBe(hub.clock.at + LEASE_MS.red)
    expect((await ann.get('/api/needs/mine')).body.needs.map((row) => row.id)).toContain(need)
  })
})

describe('handing over', () => {
  it('from asking to accepting, with a new fence', async () => {
    const { need } = await oneNeed()
    const { body } = await ann.post(path(need, 'claim'))
    expect((await bob.post(path(need, 'ask'))).body.need).toMatchObject({ askedBy: 'Rescue 2', holder: 'Rescue 1' })
    const held = (await ann.get('/api/needs/mine')).body.needs.find((row) => row.id === need)
    expect(held).toMatchObject({ askedBy: 'Rescue 2', askedKey: accountKey(bob.grant?.account ?? '') })
    const offered = await ann.post(path(need, 'offer'), { fence: body.need.fence, to: held?.askedKey })
    expect(offered.body.need).toMatchObject({ offeredTo: 'Rescue 2', holder: 'Rescue 1' })
    expect((await ann.post(path(need, 'accept'))).status).toBe(403)
    const accepted = await bob.post(path(need, 'accept'))
    expect(accepted.body.need).toMatchObject({ yours: true, fence: 2, askedBy: null, offeredTo: null })
    expect(await ann.post(path(need, 'release'), { fence: body.need.fence })).toMatchObject({
      status: 409,
      body: { error: { code: 'stale_fence' } },
    })
  })

  it('is declined, and the holder keeps it', async () => {
    const { need } = await oneNeed()
    const { body } = await ann.post(path(need, 'claim'))
    await ann.post(path(need, 'offer'), { fence: body.need.fence, to: accountKey(bob.grant?.account ?? '') })
    expect((await bob.post(path(need, 'reject'))).body.need).toMatchObject({ holder: 'Rescue 1', offeredTo: null })
  })

  it('to nobody who works here is refused', async () => {
    const { need } = await oneNeed()
    const { body } = await ann.post(path(need, 'claim'))
    const foreign = await hub.worker('responder', ['10'], 'Bangkok 1')
    const self = accountKey(ann.grant?.account ?? '')
    for (const to of [accountKey(foreign.grant?.account ?? ''), '00000000deaddead', self]) {
      expect((await ann.post(path(need, 'offer'), { fence: body.need.fence, to })).status).toBe(422)
    }
    // Somebody asks meanwhile: an offer that names nobody is still no offer to them.
    await bob.post(path(need, 'ask'))
    expect((await ann.post(path(need, 'offer'), { fence: body.need.fence })).status).toBe(400)
    expect((await ann.get('/api/needs/mine')).body.needs.find((row) => row.id === need)?.offeredTo).toBeNull()
  })

  it('finds colleagues who could take it, by call-sign, and nothing else of them', async () => {
    const { need } = await oneNeed()
    await ann.post(path(need, 'claim'))
    const namesake = await hub.worker('volunteer', ['5001'], 'Rescue 2')
    await hub.worker('responder', ['5002'], 'Rescue of the next district')
    await hub.worker('governor', ['50'], 'Rescue no claimer')
    const { body } = await ann.get(`/api/needs/${need}/colleagues?text=RESCUE`)
    const keyOf = (worker: Worker) => accountKey(worker.grant?.account ?? '')
    expect(body.colleagues).toHaveLength(2)
    expect(body.colleagues).toEqual(
      expect.arrayContaining([
        { key: keyOf(bob), label: 'Rescue 2', role: 'responder' },
        { key: keyOf(namesake), label: 'Rescue 2', role: 'volunteer' },
      ]),
    )
    const one = await ann.get(`/api/needs/${need}/colleagues?limit=1`)
    expect(one.body).toMatchObject({ colleagues: [{}], more: true })
    expect((await bob.get(`/api/needs/${need}/colleagues`)).status).toBe(403)
  })

  it('can be taken back before it is answered', async () => {
    const { need } = await oneNeed()
    const { body } = await ann.post(path(need, 'claim'))
    const fence = { fence: body.need.fence }
    expect((await ann.post(path(need, 'withdraw'), fence)).status).toBe(409)
    await ann.post(path(need, 'offer'), { ...fence, to: accountKey(bob.grant?.account ?? '') })
    expect((await bob.post(path(need, 'withdraw'))).status).toBe(403)
    expect((await ann.post(path(need, 'withdraw'), fence)).body.need).toMatchObject({ offeredTo: null, yours: true })
    expect((await bob.post(path(need, 'accept'))).status).toBe(403)
  })
})

describe('the supervisor of the area', () => {
  it('releases a claim of somebody who is gone, without a fence', async () => {
    const { need, case: id } = await oneNeed()
    await ann.post(path(need, 'claim'))
    expect((await bob.post(path(need, 'release'), {})).status).toBe(403)
    expect((await chief.post(path(need, 'release'), {})).body.need).toMatchObject({ status: 'open', freed: 'released' })
    expect(await kindsOf(id)).toEqual(['need.claimed', 'need.released'])
  })
})

describe('personal data', () => {
  it('is shown to the holder and the supervisor, each time with an audit row, and to nobody after the release', async () => {
    const made = await ann.post('/api/record', {
      kind: 'request',
      name: 'ทดสอบ ตัวอย่าง',
      phone: '080 000 0001',
      place: { area: '500101' },
      symptoms: ['fever'],
      needs: ['food'],
    })
    expect(made.status).toBe(201)
    const id = made.body.id
    const read = await ann.get(`/api/cases/${id}`)
    const need = read.body.needs[0]?.id ?? 0
    expect(JSON.stringify(read.body)).not.toContain('ตัวอย่าง')
    expect((await ann.post(`/api/cases/${id}/reveal`)).status).toBe(403)
    const { body } = await ann.post(path(need, 'claim'))
    const audits = async () =>
      (
        await database.pool.query(`select from audit_log where action = 'case.reveal' and resource = $1`, [
          `case:${id}`,
        ])
      ).rowCount
    expect(await ann.post(`/api/cases/${id}/reveal`)).toMatchObject({
      status: 200,
      body: { name: 'ทดสอบ ตัวอย่าง', phone: '+66800000001' },
    })
    expect(await audits()).toBe(1)
    expect((await bob.post(`/api/cases/${id}/reveal`)).status).toBe(403)
    expect((await chief.post(`/api/cases/${id}/reveal`)).status).toBe(200)
    expect(await audits()).toBe(2)
    await ann.post(path(need, 'release'), { fence: body.need.fence })
    expect((await ann.post(`/api/cases/${id}/reveal`)).status).toBe(403)
    expect(await audits()).toBe(2)
  })
})

describe('undo', () => {
  it('takes back a mis-tap within half a minute', async () => {
    const { need, case: id } = await oneNeed()
    const { body } = await ann.post(path(need, 'claim'))
    expect((await bob.post(`/api/cases/${id}/undo`, { event: body.event })).status).toBe(403)
    hub.clock.at += 29_000
    const undone = await ann.post(`/api/cases/${id}/undo`, { event: body.event })
    expect(undone.body.need).toMatchObject({ status: 'open', freed: null })
    expect((await ann.post(`/api/cases/${id}/undo`, { event: body.event })).status).toBe(409)
  })

  it('gives a fulfilled need back to its holder with a new fence', async () => {
    const { need, case: id } = await oneNeed()
    const claimed = await ann.post(path(need, 'claim'))
    const done = await ann.post(path(need, 'fulfil'), { fence: claimed.body.need.fence })
    expect(done.body.need.status).toBe('fulfilled')
    expect((await ann.get(`/api/cases/${id}`)).body.case.onBoard).toBe(false)
    const undone = await ann.post(`/api/cases/${id}/undo`, { event: done.body.event })
    expect(undone.body).toMatchObject({ case: { onBoard: true }, need: { status: 'claimed', yours: true, fence: 2 } })
  })

  it('comes too late after half a minute', async () => {
    const { need, case: id } = await oneNeed()
    const { body } = await ann.post(path(need, 'claim'))
    hub.clock.at += 30_001
    expect(await ann.post(`/api/cases/${id}/undo`, { event: body.event })).toMatchObject({
      status: 409,
      body: { error: { code: 'too_late' } },
    })
  })
})
