import { execFileSync } from 'node:child_process'
import { on } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { insertAccount } from '../../db/queries/accounts.ts'
import { createAccountsClient } from '../../db/queries/accounts-client.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { hashPassword } from '../../hub/http/auth/passwords.ts'
import { type Hub, startHub } from '../../hub/process/hub.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { readConfig } from '../../hub/runtime/config.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const PASSWORD = 'correct horse battery'

let folder: string
let database: TestDatabase
let hub: Hub
let ca: Buffer
const cert = () => path.join(folder, 'cert.pem')
const key = () => path.join(folder, 'key.pem')

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'jitasa-tls-'))
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1']
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', key(), '-out', cert(), ...subject], { stdio: 'pipe' })
  ca = readFileSync(cert())
  database = await createTestDatabase()
  hub = await start(cert(), key())
})

afterAll(async () => {
  await hub?.stop(0)
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

function start(certFile: string, keyFile: string): Promise<Hub> {
  return startHub({
    config: readConfig({
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      PUBLIC_URL: 'https://localhost',
      TLS_CERT: certFile,
      TLS_KEY: keyFile,
    }),
    urls: database,
    secret: 'the secret of the tests, long enough for a key',
    build: 'test',
    clock: systemClock,
    logger: createLogger('silent'),
    metrics: createMetrics(),
    sharedPort: false,
  })
}

type Answer = { readonly status: number; readonly cookies: readonly string[]; readonly body: string }

function call(method: string, target: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', origin: 'https://localhost' }
    const outgoing = request({ host: 'localhost', port: hub.port, path: target, method, ca, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          cookies: response.headers['set-cookie'] ?? [],
          body: Buffer.concat(parts).toString(),
        }),
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

test('HTTP answers over TLS, and a session cookie stays on it', async () => {
  const db = createAccountsClient(database.authUrl)
  await insertAccount(db, {
    name: 'Test tls',
    email: null,
    username: 'tls',
    passwordHash: await hashPassword(PASSWORD),
    drill: false,
  })
  await db.destroy()
  const answer = await call('POST', '/api/auth/sign-in', { login: 'tls', password: PASSWORD })
  expect(answer.status, answer.body).toBe(200)
  expect(answer.cookies.length).toBeGreaterThan(0)
  for (const cookie of answer.cookies) expect(cookie).toMatch(/; secure/i)
})

test('a socket speaks /live over TLS and sees a commit', async () => {
  const socket = new WebSocket(`wss://localhost:${hub.port}/live?v=${PROTOCOL_VERSION}`, {
    ca,
    headers: { origin: 'https://localhost' },
  })
  const message = async (type: string): Promise<Record<string, unknown>> => {
    for await (const [data] of on(socket, 'message', { close: ['close'], signal: AbortSignal.timeout(10_000) })) {
      const parsed = JSON.parse(String(data)) as Record<string, unknown>
      if (parsed.t === type) return parsed
    }
    throw new Error(`closed before a ${type}`)
  }
  expect(await message('hello')).toMatchObject({ v: PROTOCOL_VERSION })
  socket.send(JSON.stringify({ t: 'sub', s: 'nation', at: 0 }))
  const snapshot = await message('delta')
  // Listened for before it is written: it may be here before PostgreSQL's answer is.
  const next = message('delta')
  await database.pool.query(
    `insert into cases (district, report_day, classification, source) select '1001', day, 'confirmed', 'api' from operation`,
  )
  const change = await next
  expect(change.from).toBe(snapshot.to)
  socket.close()
})

/** @returns what was agreed, or why nothing was */
function shakeHands(options: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ host: 'localhost', port: hub.port, ca, ...options }, () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`)
      socket.destroy()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(`refused: ${error.code}`))
  })
}

test('TLS 1.2 and 1.3 are spoken, and nothing older', async () => {
  const only = (version: NonNullable<ConnectionOptions['minVersion']>) =>
    shakeHands({ minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' })
  expect(await only('TLSv1.3')).toMatch(/^TLSv1\.3 /)
  expect(await only('TLSv1.2')).toMatch(/^TLSv1\.2 /)
  for (const old of ['TLSv1.1', 'TLSv1'] as const) expect(await only(old)).toMatch(/^refused: /)
})

test('of TLS 1.2 only suites with forward secrecy and authenticated encryption', async () => {
  const of = (ciphers: string) => shakeHands({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` })
  expect(await of('ECDHE-ECDSA-AES128-GCM-SHA256')).toBe('TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256')
  for (const weak of ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384', 'AES128-GCM-SHA256']) {
    expect([weak, await of(weak)]).toEqual([weak, expect.stringMatching(/^refused: /)])
  }
})

test('files that are no certificate and key are refused with a sentence', async () => {
  const wrong = path.join(folder, 'wrong.pem')
  writeFileSync(wrong, 'no certificate')
  await expect(start(wrong, key())).rejects.toThrow('TLS_CERT and TLS_KEY are no PEM certificate with its private key')
  await expect(start(path.join(folder, 'absent.pem'), key())).rejects.toThrow('TLS_CERT cannot be read: ENOENT')
})
