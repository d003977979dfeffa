import { describe, expect, test } from 'vitest'
import { readConfig } from '../runtime/config.ts'
import { refusePlainHttp } from './plain-http.ts'

const HTTPS = { PUBLIC_URL: 'https://hub.test' }

describe('a production start that would send personal data in clear', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['without PUBLIC_URL and TLS', {}, /PUBLIC_URL.*TLS_CERT.*ALLOW_PLAIN_HTTP=1/],
    ['with a plain PUBLIC_URL', { PUBLIC_URL: 'http://hub.test' }, /cookies are not Secure/],
    ['with a plain PUBLIC_URL before TLS', { PUBLIC_URL: 'http://a.test', TLS_CERT: 'a', TLS_KEY: 'b' }, /not Secure/],
    ['with a plain SMS gateway', { ...HTTPS, SMS_WEBHOOK_URL: 'http://sms.test/x' }, /^SMS_WEBHOOK_URL is http/],
    [
      'with a plain OIDC issuer',
      { ...HTTPS, OIDC_ISSUER: 'http://id.test', OIDC_CLIENT_ID: 'a', OIDC_CLIENT_SECRET: 'b' },
      /^OIDC_ISSUER is http/,
    ],
  ])('is refused %s, and only warned of when it was asked for', (_, env, sentence) => {
    expect(() => refusePlainHttp(readConfig(env))).toThrow(sentence)
    expect(refusePlainHttp(readConfig({ ...env, ALLOW_PLAIN_HTTP: '1' }))).toHaveLength(1)
  })

  test.each<[string, Record<string, string>]>([
    ['https by a proxy', HTTPS],
    ['https by the hub itself', { TLS_CERT: 'a', TLS_KEY: 'b' }],
    ['a gateway on this machine', { ...HTTPS, SMS_WEBHOOK_URL: 'http://127.0.0.1:9/x' }],
  ])('is not: %s', (_, env) => {
    expect(refusePlainHttp(readConfig(env))).toEqual([])
  })
})
