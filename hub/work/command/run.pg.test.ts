import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createClient } from '../../../db/client.ts'
import { addDatabase, forFile } from '../../../tests/support/for-file.ts'
import type { Grant } from '../../authorize/grant.ts'
import { ApiError } from '../../contract/refusals/api-error.ts'
import { systemClock } from '../../runtime/clock.ts'
import { LEASE_MS } from '../needs/lease.ts'
import { type Answer, commanderOf, requestHash, runCommand } from './run.ts'

const { deps, database } = await forFile(async (add) => {
  const database = await addDatabase(add)
  const db = createClient(database.apiUrl)
  add(() => db.destroy())
  const caseWork = { leases: LEASE_MS, keyed: (_: string, text: string) => Buffer.from(text.slice(0, 32)) }
  return { deps: { clock: systemClock, db, caseWork }, database }
})
const grant: Grant = {
  ...{ account: randomUUID(), role: 'responder', areas: ['50'], facility: null, label: 'Rescue 1' },
  ...{ version: 1, drill: false },
}
const by = commanderOf(grant, { address: null, session: null })
const ask = (key: string, work: () => Promise<Answer<unknown>>) =>
  runCommand(deps, by, { key, hash: requestHash('POST /x', {}), requestId: 'r' }, work)
const kept = async (key: string) =>
  (await database.pool.query('select status from idempotency where key = $1', [key])).rows

test('an answer that PostgreSQL takes for no text, found with the commit, is a refusal and no fault of the hub; nothing is kept', async () => {
  const key = randomUUID()
  const odd = ask(key, async () => ({ status: 200, body: { title: 'half a letter: \ud800' } }))
  await expect(odd).rejects.toMatchObject({ status: 422, code: 'impossible_value' })
  expect(await kept(key)).toEqual([])
  expect(await ask(key, async () => ({ status: 200, body: { title: 'whole' } }))).toEqual({
    status: 200,
    body: { title: 'whole' },
  })
  expect(await kept(key)).toEqual([{ status: 200 }])
})

test('a refusal that repeats what PostgreSQL takes for no text is that refusal, then and again', async () => {
  const key = randomUUID()
  for (const sent of ['cases.growth\u0000', '\udfff']) {
    const refused = async () => {
      throw new ApiError('not_possible', { indicator: sent })
    }
    const first = ask(`${key} ${sent.length}`, refused)
    await expect(first).rejects.toMatchObject({ code: 'not_possible', details: { indicator: sent } })
    const again = ask(`${key} ${sent.length}`, refused)
    await expect(again).rejects.toMatchObject({
      code: 'not_possible',
      details: { indicator: expect.stringMatching(/\ufffd$/) },
    })
  }
})

test('an answer that was kept with the commit is given again, and the command is not carried out twice', async () => {
  const key = randomUUID()
  let times = 0
  const work = async (): Promise<Answer<unknown>> => ({ status: 201, body: { times: ++times } })
  expect(await ask(key, work)).toEqual({ status: 201, body: { times: 1 } })
  expect(await ask(key, work)).toEqual({ status: 201, body: { times: 1 } })
})
