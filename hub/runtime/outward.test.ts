import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { guardedFetch, isHostOf, outwardHosts } from './outward.ts'

const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(request.url ?? '')
  if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' })
  response.end('{}')
})
let origin = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
beforeEach(() => {
  asked.length = 0
})

describe('what the process asks for', () => {
  test.each([undefined, 'follow'] as const)('no redirect is followed, redirect: %s', async (redirect) => {
    const guarded = guardedFetch(fetch, undefined)
    await expect(guarded(`${origin}/moved`, redirect && { redirect })).rejects.toThrow()
    await expect(guarded(new Request(`${origin}/moved`, redirect && { redirect }))).rejects.toThrow()
    expect(asked).toEqual(['/moved', '/moved'])
    expect((await guarded(`${origin}/moved`, { redirect: 'manual' })).status).toBe(302)
  })

  test('a host that is not in the list is not asked; one that is, is', async () => {
    const guarded = guardedFetch(fetch, ['127.0.0.1'])
    expect((await guarded(`${origin}/a`)).status).toBe(200)
    const elsewhere = `${origin.replace('127.0.0.1', 'localhost')}/b`
    await expect(guarded(elsewhere)).rejects.toThrow('OUTWARD_HOSTS does not name localhost')
    await expect(guarded(new Request(elsewhere))).rejects.toThrow('OUTWARD_HOSTS does not name localhost')
    expect(asked).toEqual(['/a'])
  })
})

test.each([
  ['a.example', ['a.example'], true],
  ['A.example', ['a.example'], true],
  ['b.a.example', ['a.example'], false],
  ['b.a.example', ['*.a.example'], true],
  ['a.example', ['*.a.example'], false],
  ['evil-a.example', ['*.a.example', 'a.example'], false],
  ['[2001:db8::1]', ['2001:db8::1'], true],
] as const)('%s is one of %j: %s', (hostname, hosts, is) => expect(isHostOf(hostname, hosts)).toBe(is))

describe('the list of hosts', () => {
  test('without one, any; with one, it and the lists of push services and private webhooks', () => {
    expect(outwardHosts(readConfig({}))).toBeUndefined()
    const env = { OUTWARD_HOSTS: 'Hook.example', PUSH_SERVICES: '*.push.example', WEBHOOK_HOSTS: '10.0.0.5' }
    expect(outwardHosts(readConfig(env))).toEqual(['hook.example', '*.push.example', '10.0.0.5'])
    expect(outwardHosts(readConfig({ OUTWARD_HOSTS: 'none', PUSH_SERVICES: 'none' }))).toEqual([])
  })

  test.each([
    ['SMTP_URL', { SMTP_URL: 'smtps://u:p@mail.example:465', SMTP_FROM: 'a@b.example' }],
    ['SMS_WEBHOOK_URL', { SMS_WEBHOOK_URL: 'https://mail.example/sms' }],
    ['AUDIT_HEAD_WEBHOOK', { AUDIT_HEAD_WEBHOOK: 'https://mail.example/head' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'https://mail.example', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' }],
  ])('a start with %s beyond it is refused, and says what to name', (name, env) => {
    expect(() => readConfig({ ...env, OUTWARD_HOSTS: 'hook.example' })).toThrow(
      `${name} leads to mail.example, which OUTWARD_HOSTS does not name: name it too`,
    )
    expect(() => readConfig({ ...env, OUTWARD_HOSTS: 'hook.example,mail.example' })).not.toThrow()
  })
})
