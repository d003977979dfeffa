import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { createBrotliDecompress, createGunzip } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ServedHub, serveHub } from '../../tests/http/served-hub.ts'
import { createPerson } from '../../tests/security/hub.ts'
import type { FirstAnswer } from '../contract/api/first-answers.ts'
import type { AnswerOf } from '../contract/api/routes.ts'
import { createApp } from './app.ts'

const DATA = /<script type="application\/json" id="first-answers">(.*?)<\/script>/s
const DOCUMENT = '<!doctype html><html><head></head><body><div id="root"></div></body></html>'

let served: ServedHub
let dashboardDir: string

beforeAll(async () => {
  served = await serveHub()
  served.takeSnapshot()
  dashboardDir = await mkdtemp(path.join(tmpdir(), 'jitasa-first-answers-'))
  await writeFile(path.join(dashboardDir, 'index.html'), 'all others')
  await writeFile(path.join(dashboardDir, 'board.html'), DOCUMENT)
  await createPerson(served.hub, 'responder.10', 'responder', { areas: ['10'] })
  await createPerson(served.hub, 'admin', 'administrator', {})
})
afterAll(async () => {
  await served.stop()
  await rm(dashboardDir, { recursive: true })
})

/** What a browser with these cookies gets at an address of a hub that answers by its own name alone, however busy the machine. */
async function ask(address: string, cookie = '', { firstAnswersMs = 30_000, encoding = '' } = {}) {
  const deps = served.freshDeps()
  const config = { ...deps.config, publicUrl: 'http://hub.test' }
  const app = createApp({ ...deps, dashboardDir, firstAnswersMs, config })
  const headers = { host: 'hub.test', 'accept-encoding': encoding, ...(cookie === '' ? {} : { cookie }) }
  const request = new Request(`http://hub.test${address}`, { headers })
  return app.fetch(request, { remoteAddress: '192.0.2.1', scheme: 'http' })
}

async function board(search = '', cookie = '') {
  const answer = await ask(`/board${search}`, cookie)
  const text = await answer.text()
  const answers: FirstAnswer[] = JSON.parse(DATA.exec(text)?.[1] ?? '')
  return { answer, text, answers, paths: answers.map((one) => one.path) }
}

it('the document of a board holds what the API answers to who asks, and nobody keeps it', async () => {
  const cookie = (await served.hub.signIn('responder.10')).cookie()
  const { answer, text, answers, paths } = await board('', cookie)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  expect(text.replace(DATA, '')).toBe(DOCUMENT)
  expect(paths).toEqual([
    '/api/session',
    '/api/situation?scope=board%3A10',
    '/api/situation?scope=command%3ATH',
    '/api/situation?scope=command%3A10',
    '/api/situation?scope=alerts%3A10',
    '/api/areas?parent=TH',
    '/api/areas?parent=10',
    '/api/config',
  ])
  for (const { path: address, body, epoch } of answers) {
    const direct = await ask(address, cookie)
    expect(body, address).toEqual(await direct.json())
    expect(epoch ?? null, address).toBe(direct.headers.get('x-situation-epoch'))
  }
})

it('a board of another province holds no row of it: the page asks itself, and is refused', async () => {
  const cookie = (await served.hub.signIn('responder.10')).cookie()
  const { paths } = await board('?province=50', cookie)
  expect(paths.filter((address) => /50/.test(address))).toEqual(['/api/areas?parent=50'])
  expect((await ask('/api/situation?scope=board%3A50', cookie)).status).toBe(403)
  expect((await board('?province=99', cookie)).answer.status).toBe(200)
})

it('who may not read boards, or is nobody, is told who they are and nothing else', async () => {
  const cookie = (await served.hub.signIn('admin')).cookie()
  expect((await board('', cookie)).paths).toEqual(['/api/session'])
  const { answers } = await board()
  expect(answers).toMatchObject([{ path: '/api/session', body: { signedIn: false, account: null } }])
})

it('a name with markup in it ends no element of the document', async () => {
  const id = await createPerson(served.hub, 'markup.10', 'responder', { areas: ['10'] })
  await served.database.pool.query('update accounts set name = $1 where id = $2', ['</script><img src=x>', id])
  const { text, answers } = await board('', (await served.hub.signIn('markup.10')).cookie())
  expect(text.match(/<\/script>/g)).toHaveLength(1)
  expect(answers[0]).toMatchObject({ body: { account: { name: '</script><img src=x>' } } })
})

it('a pass that is renewed on the way comes with the document', async () => {
  const cookie = (await served.hub.signIn('responder.10')).cookie()
  const [token = ''] = cookie.split('; ').filter((one) => one.includes('session_token'))
  const { answer, paths } = await board('', token)
  expect(paths).toContain('/api/situation?scope=board%3A10')
  expect(answer.headers.getSetCookie().length).toBeGreaterThan(0)
})

it('one account after another at the same browser gets its own answers, and who has signed out none', async () => {
  const account = async (cookie: string) => {
    const { answers, text } = await board('', cookie)
    const { body } = answers[0] as { readonly body: AnswerOf<'GET /api/session'> }
    return { name: body.account?.name, count: answers.length, text }
  }
  const responder = await served.hub.signIn('responder.10')
  const cookie = responder.cookie()
  const own = await account(cookie)
  const other = await account((await served.hub.signIn('admin')).cookie())
  expect(own.name).toBeDefined()
  expect([own.name, undefined]).not.toContain(other.name)
  expect((await responder.fetch('POST', '/api/session/sign-out')).status).toBe(204)
  expect(await account(cookie)).toMatchObject({ name: undefined, count: 1 })
  expect(new Set([own.text, other.text]).size).toBe(2)
})

it.each([
  ['br', createBrotliDecompress],
  ['gzip', createGunzip],
] as const)(
  'what names the scripts of the page is sent before the answers are there: %s',
  async (encoding, createUnpacker) => {
    const cookie = (await served.hub.signIn('responder.10')).cookie()
    const other = await served.database.pool.connect()
    await other.query('begin')
    // Who asks is known without the names of areas.
    await other.query('lock table areas in access exclusive mode')
    const answer = await ask('/board', cookie, { encoding })
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    const unpacked = Readable.fromWeb(answer.body as NodeReadableStream)
      .pipe(createUnpacker())
      .setEncoding('utf8')
    let text = ''
    for await (const part of unpacked) {
      if (text === '') {
        expect(part).toBe(DOCUMENT.slice(0, DOCUMENT.indexOf('</body>')))
        await other.query('rollback')
        other.release()
      }
      text += part
    }
    expect(text.replace(DATA, '')).toBe(DOCUMENT)
    expect(text).toContain('/api/areas?parent=10')
  },
)

it('answers that take too long are left out, and the page comes', async () => {
  const cookie = (await served.hub.signIn('responder.10')).cookie()
  const answer = await ask('/board', cookie, { firstAnswersMs: 0 })
  expect(answer.status).toBe(200)
  expect(DATA.exec(await answer.text())?.[1]).toBe('[]')
})

it('a page that has no first answers comes as it is', async () => {
  expect(await (await ask('/')).text()).toBe('all others')
})
