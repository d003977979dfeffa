import { describe, expect, test } from 'vitest'
import { readConfig, VARIABLES } from './config.ts'

describe('the environment', () => {
  test('may be empty: every default is a value its own variable takes', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      port: 8080,
      dataDir: '.data',
      flushMs: 100,
      beatMs: 1000,
      workers: 1,
      trustedProxies: [],
    })
    expect(config.databaseUrl).toBeUndefined()
    expect(config.drill).toBeUndefined()
  })

  test('is read: numbers, lists, flags, URLs', () => {
    const config = readConfig({
      PORT: '0',
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      DRILL: '0',
      PUBLIC_URL: 'https://hub.test/',
      DATABASE_URL: 'postgres://u:p@db/x',
      BODY_BYTES_MAX: '',
    })
    expect(config).toMatchObject({
      port: 0,
      trustedProxies: ['10.0.0.0/8', '::1'],
      drill: false,
      publicUrl: 'https://hub.test',
    })
    expect(config.databaseUrl).toBe('postgres://u:p@db/x')
    expect(config.bodyBytesMax).toBe(1_048_576)
  })

  test('that is wrong is refused with every variable, what it takes, and never its value', () => {
    const env = {
      PORT: '80a',
      TRUSTED_PROXIES: '10.0.0.0/99',
      DATABASE_URL: 'mysql://root:hunter2@db',
      TLS_CERT: 'a.pem',
      METRICS_TOKEN: 'short',
    }
    let message = ''
    try {
      readConfig(env)
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).toMatch(/PORT takes a port, 0 to 65535.*; unset means 8080/)
    for (const name of ['TRUSTED_PROXIES', 'DATABASE_URL', 'TLS_CERT and TLS_KEY', 'METRICS_TOKEN'])
      expect(message).toContain(name)
    expect(message).not.toMatch(/hunter2|80a|short/)
  })

  test.each(['-1', '65536', '1e3', '0x10', ' 80', '99999999999999999999'])('PORT=%s is refused', (port) => {
    expect(() => readConfig({ PORT: port })).toThrow(/PORT takes/)
  })

  test('each variable is named once, in capitals, and documented in a line', () => {
    const all = Object.values(VARIABLES)
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    for (const { name, doc, takes } of all) {
      expect(name).toMatch(/^[A-Z][A-Z_]+$/)
      expect(doc.length + takes.length).toBeGreaterThan(10)
      expect(doc).not.toContain('\n')
    }
  })
})
