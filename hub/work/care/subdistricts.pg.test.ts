import { describe, expect, it } from 'vitest'
import { createPool } from '../../../db/client.ts'
import { drillHubForFile } from '../../../tests/support/for-file.ts'
import { peopleIn } from '../../../tests/support/people.ts'

const { database, hub } = await drillHubForFile()
const kamnan = await hub.worker('volunteer', ['500101'], 'Kamnan 500101')
const volunteer = await hub.worker('volunteer', ['5001'], 'VHV 5001')
const OWN = '500101'
const NEXT = '500102'

const one = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows[0]
type Made = { readonly id: number; readonly need: number; readonly entry: number }

/** A case at home with a need, and an entry of the register, in a place. */
async function make(place: string): Promise<Made> {
  const recorded = await volunteer.post('/api/record', {
    kind: 'request',
    place: { area: place },
    name: `Person of ${place}`,
    phone: '0800000081',
    needs: ['food'],
    symptoms: ['drowsy'],
  })
  const id = recorded.body.id
  await database.pool.query(
    `update cases set care_place = 'hi', stage = 'monitoring', severity = 'green' where id = $1`,
    [id],
  )
  const entry = await volunteer.post('/api/record', {
    kind: 'vulnerable',
    place: { area: place },
    name: 'V',
    reasons: ['age60'],
  })
  const { need } = await one('select id as need from needs where case_id = $1', [id])
  return { id, need, entry: entry.body.id }
}
const own = await make(OWN)
const next = await make(NEXT)
const nowhere = await make('5001')

/** What is done to one case and one entry, and how it is answered where it may be done. */
const DEEDS: readonly (readonly [name: string, of: (made: Made) => readonly [string, object?], allowed: number])[] = [
  ['reads a case', ({ id }) => [`GET /api/cases/${id}`], 200],
  ['reads its history', ({ id }) => [`GET /api/cases/${id}/events`], 200],
  ['reads its plan', ({ id }) => [`GET /api/cases/${id}/care`], 200],
  ['claims a need', ({ need }) => [`POST /api/needs/${need}/claim`], 200],
  ['reveals whom they hold', ({ id }) => [`POST /api/cases/${id}/reveal`], 200],
  ['reads the complaint', ({ id }) => [`POST /api/cases/${id}/complaint`], 200],
  ['logs a contact', ({ id }) => [`POST /api/cases/${id}/contacts`, { channel: 'phone', result: 'reached' }], 200],
  ['records a check', ({ id }) => ['POST /api/record', { kind: 'check', case: id, feeling: 'same' }], 201],
  ['lends a kit', ({ id }) => [`POST /api/cases/${id}/care`, { item: 'oximeter', kind: 'lent' }], 200],
  ['looks after somebody', ({ id }) => [`POST /api/cases/${id}/keeper`, { keep: true }], 200],
  ['adds a need', ({ id }) => [`POST /api/cases/${id}/needs`, { needs: ['medicine'] }], 200],
  [
    'calls somebody of the register',
    ({ entry }) => [`POST /api/vulnerable/${entry}/calls`, { channel: 'phone', result: 'reached' }],
    200,
  ],
  ['reveals somebody of the register', ({ entry }) => [`POST /api/vulnerable/${entry}/reveal`], 200],
]
const ask = (by: typeof kamnan, [what, body]: readonly [string, object?]) => {
  const [method, path = ''] = what.split(' ')
  return method === 'GET' ? by.get(path) : by.post(path, body)
}

describe('an account of a sub-district', () => {
  it.each(DEEDS)(
    '%s of its own, and of no other: not of the next one, nor where the place is not known',
    async (_, of, allowed) => {
      expect((await ask(kamnan, of(own))).status).toBe(allowed)
      for (const other of [next, nowhere]) {
        const { status, body } = await ask(kamnan, of(other))
        expect(status).toBe(404)
        expect(JSON.stringify(body)).not.toContain('Person of')
      }
    },
  )

  it.each([
    ['request', { needs: ['food'] }],
    ['patient', {}],
    ['vulnerable', { reasons: ['age60'] }],
    ['test', { test: 'atk', positive: false }],
    ['dose', { dose: 1, group: 'age60' }],
  ])('records a %s in its own place alone', async (kind, over) => {
    const record = (area: string) =>
      kamnan.post('/api/record', { kind, place: { area }, ...(kind !== 'dose' && { name: 'New' }), ...over })
    expect((await record(OWN)).status).toBe(201)
    expect((await record(NEXT)).status).toBe(403)
    expect((await record('5001')).status).toBe(403)
  })

  it('lists its own alone, and may not ask for more', async () => {
    const cases = await kamnan.get(`/api/cases?area=${OWN}&limit=200`)
    const here = await one('select count(*)::int as n from cases where place = $1', [OWN])
    expect([cases.status, cases.body.total]).toEqual([200, here.n])
    const home = (await kamnan.get(`/api/care?area=${OWN}&show=all`)).body as unknown as { people: { place: string }[] }
    expect(new Set(home.people.map(({ place }) => place))).toEqual(new Set([OWN]))
    const register = (await kamnan.get(`/api/vulnerable?area=${OWN}`)).body as unknown as {
      people: { place: string }[]
    }
    expect(new Set(register.people.map(({ place }) => place))).toEqual(new Set([OWN]))
    for (const path of ['/api/cases', '/api/care', '/api/vulnerable']) {
      for (const area of ['5001', NEXT, '50', 'TH']) expect((await kamnan.get(`${path}?area=${area}`)).status).toBe(403)
    }
  })

  it('sees how the transfers of its cases stand, and of no other', async () => {
    const asked = async ({ id }: Made) =>
      one(
        `insert into transfers (case_id, district, status, level, requested_label, requested_at, updated_at)
         values ($1, '5001', 'requested', '1', 'Triage', now(), now()) returning id`,
        [id],
      )
    const mine = await asked(own)
    await asked(next)
    const seen = async (by: typeof kamnan) =>
      ((await by.get(`/api/transfers?area=${OWN}`)).body as unknown as { transfers: unknown[] }).transfers
    expect(await seen(kamnan)).toMatchObject([{ id: Number(mine.id), status: 'requested', steps: [] }])
    expect(await seen(volunteer)).toHaveLength(1)
    expect((await kamnan.get('/api/transfers?area=5001')).status).toBe(403)
    expect((await kamnan.get(`/api/cases/${own.id}`)).body).toMatchObject({ transfer: { status: 'requested' } })
  })

  it('sees no row of another place in any table, whatever is asked of the database in its name', async () => {
    const api = createPool(database.apiUrl)
    const client = await api.connect()
    try {
      await client.query('begin')
      await client.query(`select set_config('jitasa.areas', $1, true), set_config('jitasa.role', 'volunteer', true)`, [
        OWN,
      ])
      const foreign = [next.id, nowhere.id]
      for (const [table, column] of [
        ['cases', 'id'],
        ['case_private', 'case_id'],
        ['needs', 'case_id'],
        ['case_events', 'case_id'],
        ['contacts', 'case_id'],
        ['complaints', 'case_id'],
        ['checks', 'case_id'],
        ['care_events', 'case_id'],
        ['care_keepers', 'case_id'],
      ] as const) {
        const { rows } = await client.query(`select ${column}::int as id from ${table}`)
        const seen = rows.map(({ id }) => id)
        expect(seen, table).toContain(own.id)
        for (const id of foreign) expect(seen, table).not.toContain(id)
      }
      const { rows: entries } = await client.query('select id from vulnerable')
      expect(entries.map(({ id }) => id)).toContain(own.entry)
      expect(entries.map(({ id }) => id)).not.toContain(next.entry)
      const people = await peopleIn(client)
      expect(people.map(({ full_name }) => full_name)).not.toContain(`Person of ${NEXT}`)
      const { rowCount } = await client.query(`update cases set severity = 'red' where id = any($1)`, [foreign])
      expect(rowCount).toBe(0)
      await expect(client.query(`update cases set place = '${NEXT}' where id = $1`, [own.id])).rejects.toThrow(
        /row-level/,
      )
    } finally {
      await client.query('rollback')
      client.release()
      await api.end()
    }
  })

  it('a volunteer of the district sees all of its places, as before', async () => {
    for (const { id } of [own, next, nowhere]) expect((await volunteer.get(`/api/cases/${id}`)).status).toBe(200)
  })
})

describe('the register of the vulnerable', () => {
  type Seen = {
    people: { id: number; due: boolean; nextCall: string | null; contactedAt: number | null; doses: number | null }[]
    counts: Record<string, number>
  }
  const list = async (show: string) =>
    (await volunteer.get(`/api/vulnerable?area=${NEXT}&show=${show}`)).body as unknown as Seen
  const call = (body: object) =>
    volunteer.post(`/api/vulnerable/${next.entry}/calls`, { channel: 'phone', result: 'reached', ...body })
  const entry = (seen: Seen) => seen.people.find(({ id }) => id === next.entry)

  it('is due until somebody reaches them, and again on the day that was said', async () => {
    expect(entry(await list('due'))).toMatchObject({ due: true, contactedAt: null })
    expect((await call({ result: 'no_answer' })).status).toBe(200)
    expect(entry(await list('due'))).toMatchObject({ contactedAt: null })
    expect((await call({ doses: 2, nextCall: '2021-11-12' })).status).toBe(200)
    expect(entry(await list('due'))).toBeUndefined()
    expect(entry(await list('unvaccinated'))).toBeUndefined()
    expect(entry(await list('all'))).toMatchObject({ doses: 2, nextCall: '2021-11-12', contactedAt: hub.clock.at })
    hub.clock.at += 24 * 3_600_000
    const due = await list('due')
    expect(entry(due)).toMatchObject({ due: true })
    expect(due.counts).toMatchObject({ due: due.people.length })
    hub.clock.at -= 24 * 3_600_000
  })

  it('refuses a next call in the past, fewer doses than are known, and a stranger', async () => {
    expect((await call({ nextCall: '2021-11-10' })).body.error.details).toMatchObject([{ key: 'day_past' }])
    expect((await call({ doses: 1 })).body.error.details).toMatchObject([{ key: 'doses_fewer' }])
    expect((await call({ doses: 1, acceptFewer: true })).status).toBe(200)
    expect((await call({ doses: 5 })).status).toBe(400)
    const elsewhere = await hub.worker('volunteer', ['1001'], 'VHV 1001')
    expect((await elsewhere.post(`/api/vulnerable/${next.entry}/reveal`)).status).toBe(404)
  })

  it('shows the person to who may, and each time a row stands in the audit log', async () => {
    const count = async () =>
      (
        await one(`select count(*)::int as n from audit_log where action = 'vulnerable.reveal' and resource = $1`, [
          `vulnerable:${next.entry}`,
        ])
      ).n
    const before = await count()
    expect((await volunteer.post(`/api/vulnerable/${next.entry}/reveal`)).body).toMatchObject({ name: 'V' })
    expect(await count()).toBe(before + 1)
    const responder = await hub.worker('responder', ['50'], 'Rescue 1')
    expect((await responder.post(`/api/vulnerable/${next.entry}/reveal`)).status).toBe(403)
    expect(await count()).toBe(before + 1)
  })
})
