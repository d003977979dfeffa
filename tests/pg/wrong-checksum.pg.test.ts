import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const SYSTEM_MS_MAX = 120_000

const log = new PassThrough({ encoding: 'utf8' })
let written = ''
log.on('data', (text: string) => {
  written += text
})
let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem({}, createLogger('warn', log))
}, SYSTEM_MS_MAX)
afterAll(() => system.stop())

test('[D6] the log says for how long a client had a wrong checksum', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${system.port}/live?v=${PROTOCOL_VERSION}`)
  await once(socket, 'open')
  socket.send(JSON.stringify({ t: 'wrong', s: 'province:50' }))
  socket.send(JSON.stringify({ t: 'wrong', s: 'province:50', ms: 120 }))
  await vi.waitFor(() => expect(written).toContain('checksum'))
  socket.terminate()
  const lines = written
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.filter(({ msg }) => String(msg).includes('checksum'))).toMatchObject([{ scope: 'province:50', ms: 120 }])
})
