import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBrowser, startHub, type TestHub } from '../../../tests/security/hub.ts'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/pg.ts'

const CLIENT = { clientId: 'jitasa', clientSecret: 'the secret of the client' }
const own = generateKeyPairSync('rsa', { modulusLength: 2048 })
const another = generateKeyPairSync('rsa', { modulusLength: 2048 })

let database: TestDatabase
let asked: TestHub
let issuer = ''
/** What the provider answers to whoever brings a code. */
let answer: object = {}

const provider = createServer((request, response) => {
  const send = (body: object) => response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  // That of a tenant names another issuer than was asked.
  if (request.url?.endsWith('/.well-known/openid-configuration')) {
    return send({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      userinfo_endpoint: `${issuer}/me`,
      jwks_uri: `${issuer}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    })
  }
  if (request.url === '/keys') {
    return send({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] })
  }
  if (request.url === '/me') return send(person)
  return send(answer)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
  database = await createTestDatabase()
  asked = startHub({ ...database, oidc: { issuer, name: 'Agency sign-in', ...CLIENT } })
})
afterAll(async () => {
  await asked?.stop()
  await database?.drop()
  provider.close()
})

const person = { sub: 'officer', email: 'officer@agency.example', email_verified: true, name: 'Officer' }
const text = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

type Token = { readonly header?: object; readonly claims?: object; readonly by?: (signed: string) => Buffer }

const rsa = (key: KeyObject) => (signed: string) => sign('sha256', Buffer.from(signed), key)
const publicPem = () => createPublicKey(own.privateKey).export({ type: 'spki', format: 'pem' })

function idToken(nonce: string, { header, claims, by = rsa(own.privateKey) }: Token): string {
  const now = Math.floor(Date.now() / 1000)
  const said = { ...person, iss: issuer, aud: CLIENT.clientId, iat: now, exp: now + 600, nonce, ...claims }
  const signed = `${text({ alg: 'RS256', kid: 'one', typ: 'JWT', ...header })}.${text(said)}`
  return `${signed}.${by(signed).toString('base64url')}`
}

/** Signs in through the provider, which answers as told. @returns where it leads, and whether somebody is signed in */
async function through(answered: (nonce: string) => object, hub = asked) {
  const browser = createBrowser(hub.fetch)
  const begun = await browser.fetch('POST', '/api/auth/sign-in/oidc', { body: { returnTo: '/board' } })
  const { searchParams } = new URL(((await begun.json()) as { url: string }).url)
  answer = { access_token: 'of the provider', token_type: 'Bearer', ...answered(searchParams.get('nonce') ?? '') }
  const state = encodeURIComponent(searchParams.get('state') ?? '')
  const response = await browser.fetch('GET', `/api/auth/callback/agency?code=one&state=${state}`)
  const { signedIn } = await browser.me()
  return { landed: response.headers.get('location'), signedIn }
}

test('an ID token of the provider for this hub and this question is believed', async () => {
  expect(await through((nonce) => ({ id_token: idToken(nonce, {}) }))).toEqual({ landed: '/board', signedIn: true })
})

test.each<[string, Token]>([
  ['without a signature', { header: { alg: 'none' }, by: () => Buffer.alloc(0) }],
  ['signed by another key', { by: rsa(another.privateKey) }],
  ['whose claims were changed after it was signed', { by: () => rsa(own.privateKey)('another text') }],
  [
    'signed with the public key as a shared secret',
    { header: { alg: 'HS256' }, by: (signed) => createHmac('sha256', publicPem()).update(signed).digest() },
  ],
  [
    'that names its own key',
    { header: { jwk: another.publicKey.export({ format: 'jwk' }) }, by: rsa(another.privateKey) },
  ],
  ['that has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 600 } }],
  ['that is not valid yet', { claims: { nbf: Math.floor(Date.now() / 1000) + 600 } }],
  ['for another client', { claims: { aud: 'another client' } }],
  ['of another issuer', { claims: { iss: 'https://another.example' } }],
  ['for another question', { claims: { nonce: 'another nonce' } }],
  ['for no question', { claims: { nonce: undefined } }],
])('an ID token %s opens nothing', async (_, token) => {
  const { landed, signedIn } = await through((nonce) => ({ id_token: idToken(nonce, token) }))
  expect([landed, signedIn]).toEqual([expect.stringMatching(/^\/sign-in\?error=/), false])
})

test('no ID token at all opens nothing, whatever the provider says of the person elsewhere', async () => {
  const { landed, signedIn } = await through(() => ({}))
  expect([landed, signedIn]).toEqual([expect.stringMatching(/^\/sign-in\?error=/), false])
})

test('a discovery document that names another issuer than OIDC_ISSUER opens nothing, however right its tokens are', async () => {
  const hub = startHub({ ...database, oidc: { issuer: `${issuer}/tenant`, name: 'Agency sign-in', ...CLIENT } })
  try {
    const { landed, signedIn } = await through((nonce) => ({ id_token: idToken(nonce, {}) }), hub)
    expect([landed, signedIn]).toEqual([expect.stringMatching(/^\/sign-in\?error=/), false])
  } finally {
    await hub.stop()
  }
})
