import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, test } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { addDatabase, forFile } from '../support/for-file.ts'
import { startProduction } from '../support/production.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))

/** A provider whose discovery leads to another address, and what was asked of it. */
const { asked, issuer, database } = await forFile(async (add) => {
  await buildDashboard(ROOT)
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const origin = `http://${request.headers.host}`
    if (request.url === '/.well-known/openid-configuration') {
      response.writeHead(302, { location: '/elsewhere' }).end()
      return
    }
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        issuer: origin,
        authorization_endpoint: `${origin}/auth`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/jwks`,
      }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  add(() => new Promise((resolve) => server.close(resolve)))
  const database = await addDatabase(add)
  return { asked, database, issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
})

test('a hub follows no redirect of a provider’s discovery: signing in by it is not there, and says so', async () => {
  const oidc = { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: 'jitasa', OIDC_CLIENT_SECRET: 'a secret of the test' }
  const hub = await startProduction(database, oidc)
  try {
    const answer = await fetch(`${hub.url}/api/auth/sign-in/oidc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ returnTo: '/board' }),
    })
    expect([answer.status, await answer.json()]).toMatchObject([502, { error: { code: 'oidc_unreachable' } }])
    expect(new Set(asked)).toEqual(new Set(['/.well-known/openid-configuration']))
  } finally {
    await hub.kill('SIGTERM')
  }
})
