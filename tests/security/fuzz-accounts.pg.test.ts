import { expect, test } from 'vitest'
import { hubForFile } from '../support/for-file.ts'
import { fuzzBodies } from './fuzz.ts'
import { createPerson } from './hub.ts'

const { hub } = await hubForFile()

const MINE = /^\w+ \/api\/(?:auth|session|accounts|invitations|screens)/

test('no body of the account routes is answered with a 500, and every refusal is in the one shape', async () => {
  await createPerson(hub, 'admin', 'administrator')
  const cookie = (await hub.signIn('admin')).cookie()
  const { routes, requests, failures } = await fuzzBodies(hub, {
    routes: (name) => MINE.test(name),
    runs: 40,
    // A fresh address each time: what is tested is the body, not the limit of an address.
    request: (_name, run) => ({ cookie, address: `198.51.100.${run}` }),
  })
  expect(failures).toEqual([])
  expect(routes).toBeGreaterThanOrEqual(10)
  expect(requests).toBe(routes * 40)
})

test('a password is changed by nobody who does not know it, whatever is sent', async () => {
  const person = await hub.signIn('admin')
  expect(await person.me()).toMatchObject({ signedIn: true, role: 'administrator' })
})

test('what is no JSON at all is a 400, too', async () => {
  for (const body of ['', '{', '[1,', 'null', '\u0000', '{"login":"a","password":"b"']) {
    const response = await hub.fetch('POST', '/api/auth/sign-in', { raw: body })
    expect(response.status, JSON.stringify(body)).toBe(400)
  }
})

test('a query with what no database takes is a 400', async () => {
  const cookie = (await hub.signIn('admin')).cookie()
  for (const query of ['text=%00', 'text=a%00b', 'role=king', 'area=5', 'after=1', 'limit=0', 'limit=1e9', 'limit=a']) {
    expect((await hub.fetch('GET', `/api/accounts?${query}`, { cookie })).status, query).toBe(400)
  }
})
