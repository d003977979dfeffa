import { describe, expect, it } from 'vitest'
import { openCases } from '../../../tests/support/case-hub.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { keepPerson } from '../../../tests/support/people.ts'

const { database, hub } = await drillHubForFile()
const chief = await hub.worker('provincial_health', ['50'], 'Health 50')
const responder = await hub.worker('responder', ['50'], 'Rescue 1')
const other = await hub.worker('responder', ['50'], 'Rescue 2')
const { rows } = await database.pool.query<{ id: number }>(
  `with made as (insert into facilities (code, district, kind, name_th, name_en)
     values ('m1', '5001', 'hospital', 'รพ.', 'Hospital') returning id)
   insert into beds (facility_id, level, district, staffed, available, occupied)
   select id, level, '5001', 50, 50, 0 from made, unnest(array['1', '2.1']) as level returning facility_id as id`,
)
const facility: number = rows[0]!.id
const at = (id: number, command: string) => `/api/cases/${id}/${command}`
const file = async (id: number, by = chief) => (await by.get(`/api/cases/${id}`)).body
const live = async (id: number) =>
  (await file(id)).needs
    .filter(({ status }) => ['open', 'claimed', 'in_progress'].includes(status))
    .map(({ kind }) => kind)

async function done(need: number) {
  const { fence } = (await responder.post(`/api/needs/${need}/claim`)).body.need
  expect((await responder.post(`/api/needs/${need}/fulfil`, { fence })).status).toBe(200)
}

async function asked(kind: string, ...more: string[]) {
  const [made] = await openCases(database, 1, { severity: 'red', kind })
  if (more.length > 0) await chief.post(at(made!.case, 'needs'), { needs: more })
  return made!
}

describe('a need that the place of care meets ends with the arrival there', () => {
  it.each([
    ['2.1', ['test']],
    ['1', ['oxygen', 'test']],
  ])(
    'in a bed of level %s; still needed: %j; the undo brings all of them back, with their holders',
    async (level, left) => {
      const { case: id, need } = await asked('oxygen', 'bed', 'food', 'test')
      await responder.post(`/api/needs/${need}/claim`)
      const placed = await chief.post(at(id, 'place'), { place: 'hospital', facility, level })
      expect((await live(id)).sort()).toEqual(left)
      await chief.post(at(id, 'undo'), { event: placed.body.event })
      expect((await live(id)).sort()).toEqual(['bed', 'food', 'oxygen', 'test'])
      expect((await file(id)).needs.find(({ kind }) => kind === 'oxygen')?.holder).toBe('Rescue 1')
      expect((await file(id)).case.carePlace).toBe('waiting')
    },
  )
})

describe('after the last need is done', () => {
  it('who held it last logs the contact, says how it ended and closes; nobody else of the role, and nothing after that', async () => {
    const { case: id, need } = await asked('food')
    await done(need)
    expect((await file(id, responder)).may).toEqual(expect.arrayContaining(['case.contact', 'case.close']))
    expect((await file(id, responder)).may).toContain('case.reveal')
    expect((await file(id, other)).may).not.toContain('case.reveal')
    expect((await file(id, responder)).outcomes).toContain('recovered')
    expect((await other.post(at(id, 'close'), { reason: 'helped' })).status).toBe(403)
    expect((await responder.post(at(id, 'contacts'), { channel: 'phone', result: 'reached' })).status).toBe(200)
    const closed = await responder.post(at(id, 'close'), { reason: 'helped', outcome: 'recovered' })
    expect(closed.body.case).toMatchObject({ stage: 'closed', outcome: 'recovered' })
    expect((await responder.post(at(id, 'outcome'), { outcome: 'died' })).status).toBe(403)
    expect((await responder.post(at(id, 'reveal'))).status).toBe(403)
  })

  it('home isolation, by who held the bed need alone, took the person’s phone from them: they keep it until the outcome', async () => {
    const { case: id, need } = await asked('bed')
    await responder.post(`/api/needs/${need}/claim`)
    expect((await responder.post(at(id, 'reveal'))).status).toBe(200)
    expect((await responder.post(at(id, 'place'), { place: 'hi', override: 'ER' })).status).toBe(200)
    expect(await live(id)).toEqual([])
    expect((await responder.post(at(id, 'reveal'))).status).toBe(200)
    expect((await responder.post(at(id, 'complaint'))).status).toBe(200)
    expect((await other.post(at(id, 'reveal'))).status).toBe(403)
    await responder.post(at(id, 'outcome'), { outcome: 'recovered' })
    expect((await file(id, responder)).may).not.toContain('case.reveal')
    expect((await responder.post(at(id, 'reveal'))).status).toBe(403)
    expect((await responder.post(at(id, 'close'), { reason: 'helped' })).status).toBe(200)
  })

  it('a new need that nobody has yet ends the sight of who held the last one', async () => {
    const { case: id, need } = await asked('bed')
    await responder.post(`/api/needs/${need}/claim`)
    await responder.post(at(id, 'place'), { place: 'hi', override: 'ER' })
    await chief.post(at(id, 'needs'), { needs: ['food'] })
    expect((await responder.post(at(id, 'reveal'))).status).toBe(403)
  })

  it('not while something else is still needed, nor for a claim that had run out', async () => {
    const { case: id, need } = await asked('food', 'medicine')
    await done(need)
    expect((await responder.post(at(id, 'close'), { reason: 'helped' })).status).toBe(403)
    const lapsed = await asked('bed')
    await other.post(`/api/needs/${lapsed.need}/claim`)
    hub.clock.at += 24 * 60 * 60_000
    await chief.post(at(lapsed.case, 'place'), { place: 'hi', override: 'ER' })
    expect((await other.post(at(lapsed.case, 'close'), { reason: 'helped' })).status).toBe(403)
  })
})

describe('a case that was merged', () => {
  it('is told by the other, by case; reopened as no duplicate, it has its needs, claims and contacts again', async () => {
    const { case: from, need } = await asked('oxygen', 'food')
    const { case: into } = await asked('food')
    await keepPerson(database.pool, from, {}, { address: 'House 9' })
    await responder.post(`/api/needs/${need}/claim`)
    await responder.post(at(from, 'contacts'), { channel: 'phone', result: 'reached', note: 'Feeds a dog' })
    await chief.post(at(from, 'merge'), { into })
    const shown = await file(into)
    expect(shown).toMatchObject({ merged: [from], contacts: [{ case: from, result: 'reached' }] })
    expect(shown.case.contactedAt).toBe(hub.clock.at)
    expect((await chief.post(at(into, 'reveal'))).body).toMatchObject({
      address: null,
      merged: [{ id: from, address: 'House 9', contactNotes: [{ note: 'Feeds a dog' }] }],
    })
    const reopened = await chief.post(at(from, 'reopen'), { reason: 'not_a_duplicate', needs: [] })
    expect((await live(from)).sort()).toEqual(['food', 'oxygen'])
    expect(await live(into)).toEqual(['food'])
    expect((await file(from)).needs.find(({ id }) => id === need)?.holder).toBe('Rescue 1')
    expect((await file(from)).contacts).toMatchObject([{ case: from }])
    expect((await file(into)).contacts).toEqual([])
    await chief.post(at(from, 'undo'), { event: reopened.body.event })
    expect(await live(from)).toEqual([])
    expect((await live(into)).sort()).toEqual(['food', 'oxygen'])
  })
})
