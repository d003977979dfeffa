import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { hubForFile } from '../support/for-file.ts'
import { makeWorld } from '../support/rls-rows.ts'
import { copyAtRest, findAtRest, plantAtRest } from './at-rest.ts'
import { type Ask, feedCanaries } from './canary-feed.ts'
import { personCanaries, textCanary } from './canary-words.ts'
import { passOf, stands, storeStands } from './subjects.ts'

const { database, hub } = await hubForFile(() => ({
  sourceState: () => ({ kind: 'streaming', since: 0, position: 1, heardAt: 1, lagBytes: 0, retainedBytes: 0 }),
}))
hub.authorizer.onSnapshot([{ table: 'operation', row: { id: '1', kind: 'drill' } }])
await database.pool.query(`update operation set kind = 'drill'`)
const { world } = await makeWorld(database.pool, '5001')
const all = stands(world)
await storeStands(database.pool, all)

const ask: Ask = async (subject, method, path, options = {}) => {
  const grant = all.find((stand) => stand.subject === subject)?.grant ?? null
  const response = await hub.fetch(method, path, { ...options, cookie: passOf(grant, Date.now()) })
  return { status: response.status, text: await response.text() }
}

async function take(subject: Parameters<Ask>[0], path: string, body: unknown): Promise<string> {
  const { status, text } = await ask(subject, 'POST', path, { body, headers: { 'idempotency-key': randomUUID() } })
  expect(status, `${path}: ${text}`).toBeLessThan(300)
  return text
}

/** A call at the hotline, which a colleague takes, and what they hear of another phone. */
async function feedCall() {
  const note = textCanary('call', 'call_numbers')
  const phone = { ...personCanaries('call', 9).phone, table: 'call_numbers' }
  const made = JSON.parse(
    await take('hotline', '/api/calls', { area: '5001', phone: phone.typed, note: note.typed }),
  ) as { call: { id: number } }
  const told = await take('hotline', `/api/calls/${made.call.id}/claim`, {})
  expect(told).toContain(note.typed)
  return [note, phone]
}

/** Not of who somebody is: the office that takes a responsibility, and what was measured of a body. */
const IN_CLEAR = ['override', 'check']

test('a dump, the WAL, the server’s log and its tables’ files hold no personal data in clear, and a planted one is found in each', async () => {
  const since = Date.now() - 1000
  const fed = await feedCanaries(database, world, ask)
  const call = await feedCall()
  const canaries = [...fed.canaries.filter(({ name }) => !IN_CLEAR.includes(name)), ...call]
  expect(canaries.length).toBe(5 * 8 + 2 + 2)
  await ask('hotline', 'POST', '/api/cases/search', { body: { text: fed.people.help?.canaries.phone.typed } })
  const kept = await copyAtRest(database, since)
  expect(kept.dump.includes('COPY public.people\n')).toBe(true)
  expect(kept.wal.length).toBeGreaterThan(0)
  expect(findAtRest(canaries, kept)).toEqual([])

  const planted = textCanary('planted', 'planted')
  await plantAtRest(database, planted.typed)
  const found = new Set(findAtRest([planted], await copyAtRest(database, since)))
  expect([...found].sort()).toEqual([
    'planted in the WAL',
    'planted in the dump',
    'planted in the files of tables',
    'planted in the log',
  ])
})
