import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../runtime/logger.ts'
import { createLogSender } from './log.ts'
import { createOutbox, OUTBOX_MAX, type Sender } from './sender.ts'
import { createWebhookSender } from './webhook.ts'

const received: string[] = []
let answers: number[] = []
const server = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    received.push(body)
    const status = answers.shift() ?? 200
    if (status === 0) return
    response.writeHead(status).end('ok')
  })
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const message = { phone: '+66800000001', text: 'ทดสอบ' }

it('the webhook gets the message as JSON, and once more when the gateway stumbles', async () => {
  answers = [503, 200]
  await createWebhookSender(url).send(message)
  expect(received.map((body) => JSON.parse(body))).toEqual([
    { to: '+66800000001', text: 'ทดสอบ' },
    { to: '+66800000001', text: 'ทดสอบ' },
  ])
})

it('a gateway that refuses or hangs is an error, in time', async () => {
  answers = [500, 500]
  await expect(createWebhookSender(url).send(message)).rejects.toThrow('500')
  answers = [0, 0]
  await expect(createWebhookSender(url, 50).send(message)).rejects.toThrow()
})

it('a drill’s log never holds the whole phone number', async () => {
  let log = ''
  const sink = new Writable({
    write(chunk, _encoding, done) {
      log += chunk
      done()
    },
  })
  await createLogSender(createLogger('info', sink)).send(message)
  expect(log).toContain('ทดสอบ')
  expect(log).not.toContain('80000000')
})

it('the outbox turns messages away when the provider hangs, and never throws', async () => {
  const results: string[] = []
  let release: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const hanging: Sender = { name: 'webhook', send: () => gate }
  const outbox = createOutbox(hanging, (result) => results.push(result))
  for (let i = 0; i < OUTBOX_MAX; i++) expect(outbox.post(message)).toBe(true)
  expect(outbox.post(message)).toBe(false)
  release()
  await outbox.settled()
  expect(results.filter((result) => result === 'sent')).toHaveLength(OUTBOX_MAX)
  const failing: Sender = { name: 'webhook', send: () => Promise.reject(new Error('down')) }
  const failed = createOutbox(failing, (result) => results.push(result))
  failed.post(message)
  await failed.settled()
  expect(results).toContain('failed')
})
