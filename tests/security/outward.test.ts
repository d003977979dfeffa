import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { post } from '../../hub/senders/delivery.ts'
import { createMailSender } from '../../hub/senders/mail.ts'
import { postOutward } from '../../hub/senders/post-outward.ts'
import { isPrivateAddress, isPrivateHost, PrivatePlace, publicLookup } from '../../hub/senders/private-hosts.ts'
import { startMailServer } from '../support/mail-server.ts'

const asked: string[] = []
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  response.writeHead(302, { location: '/elsewhere' }).end()
})
let url = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

describe('where a webhook that somebody has typed may go', () => {
  it.each([
    ['127.0.0.1', true],
    ['10.255.0.1', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['169.254.169.254', true],
    ['100.64.0.1', true],
    ['0.0.0.0', true],
    ['::1', true],
    ['::ffff:10.0.0.1', true],
    ['64:ff9b::a00:1', true],
    ['fd00:ec2::254', true],
    ['fe80::1', true],
    ['2001:4860:4860::8888', false],
    ['8.8.8.8', false],
    ['no address', true],
  ])('%s is private: %s', (address, is) => {
    expect(isPrivateAddress(address)).toBe(is)
  })

  it.each([
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'https://[::ffff:7f00:1]/',
    'https://a.localhost./',
  ])('%s is this machine, however it is written', (written) => {
    expect(isPrivateHost(new URL(written).hostname, [])).toBe(true)
  })

  it('a name is looked up for the connection itself, and one that leads to a private address leads nowhere', async () => {
    const found = await new Promise((resolve) =>
      publicLookup('localhost', {}, (error, addresses) => resolve(error ?? addresses)),
    )
    expect(found).toBeInstanceOf(PrivatePlace)
  })

  it('a private host is reached where the operator has named it, and else refused without a try', async () => {
    asked.length = 0
    expect(await postOutward(url, {}, '{}', [])).toMatchObject({ kind: 'failed', failure: 'refused', again: false })
    expect(asked).toEqual([])
    expect(await postOutward(url, {}, '{}', ['127.0.0.1'])).toBe(302)
  })
})

it('a server whose certificate nobody vouches for gets no message', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'jitasa-outward-'))
  const at = (file: string) => path.join(folder, file)
  const curve = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
  ]
  execFileSync('openssl', ['req', '-x509', ...curve, '-keyout', at('key'), '-out', at('cert')], { stdio: 'pipe' })
  let heard = 0
  const stranger = createTlsServer(
    { key: await readFile(at('key')), cert: await readFile(at('cert')) },
    (_, response) => {
      heard++
      response.end()
    },
  )
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  const to = `https://127.0.0.1:${(stranger.address() as AddressInfo).port}/`
  try {
    const failures = [await post(to, {}, '{}'), await postOutward(to, {}, '{}', ['127.0.0.1'])]
    expect(failures).toMatchObject(
      failures.map(() => ({ kind: 'failed', failure: 'unreachable', why: expect.stringMatching(/certificate/i) })),
    )
    expect(heard).toBe(0)
  } finally {
    stranger.close()
    await rm(folder, { recursive: true })
  }
})

it('no redirect is followed: the answer is what the address itself said', async () => {
  asked.length = 0
  expect(await post(url, {}, '{}')).toBe(302)
  expect(await postOutward(url, {}, '{}', ['127.0.0.1'])).toBe(302)
  expect(asked).toEqual(['POST /hook', 'POST /hook'])
})

it('a line break in a title, an address or an id makes no header and no command of its own', async () => {
  const mail = await startMailServer()
  try {
    const send = createMailSender(mail.url, 'jitasa@hub.example')
    const letter = {
      body: 'b',
      url: '',
      messageId: '<1@hub.example>\r\nX-Id: 1',
      at: new Date(0),
      title: 'T\r\nBcc: x@evil.example\r\n\r\nbody',
    }
    await send({ ...letter, to: 'a@b.example\r\nRCPT TO:<x@evil.example>' })
    await send({ ...letter, to: 'a@b.example' })
    const all = mail.received.map((one) => JSON.stringify(one)).join('\n')
    expect(mail.received.length).toBeGreaterThanOrEqual(1)
    expect(all).not.toMatch(/\\n(?:Bcc|X-Id):/i)
    expect(mail.received.flatMap(({ to }) => to)).not.toContain('x@evil.example')
  } finally {
    await mail.stop()
  }
})
