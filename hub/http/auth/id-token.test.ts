import { expect, test } from 'vitest'
import { isOfIssuer } from './id-token.ts'

const ISSUER = 'https://id.agency.example'
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const token = (alg: string, iss = ISSUER) => `${part({ alg })}.${part({ iss })}.signature`

test('an ID token is believed by a list of algorithms of ours, whatever the provider offers', () => {
  for (const alg of ['RS256', 'PS512', 'ES256', 'EdDSA']) expect(isOfIssuer(token(alg), ISSUER), alg).toBe(true)
  for (const alg of ['none', 'HS256', 'HS512', 'RS1', 'ES256K', 'rs256', 'dir', ''])
    expect(isOfIssuer(token(alg), ISSUER), alg).toBe(false)
})

test('and of the issuer that was configured alone, with or without a slash at its end', () => {
  expect(isOfIssuer(token('RS256', `${ISSUER}/`), ISSUER)).toBe(true)
  expect(isOfIssuer(token('RS256'), `${ISSUER}/`)).toBe(true)
  for (const iss of ['https://other.example', `${ISSUER}/tenant`, `${ISSUER}.evil.example`, ''])
    expect(isOfIssuer(token('RS256', iss), ISSUER), iss).toBe(false)
})
