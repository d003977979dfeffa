/// <reference types="node" />
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'

const SOURCE = readFileSync(path.join(import.meta.dirname, '../../../public/push-worker.js'), 'utf8')
const ORIGIN = 'https://hub.example'

type Page = { readonly url: string; focus(): Promise<void> }

const subscription = (endpoint: string) => ({
  endpoint,
  toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh: 'p', auth: 'a' } }),
})

/** The worker with a world of its own. @param pages that are open */
function startWorker(pages: readonly Page[] = [], answers: readonly Response[] = []) {
  const listeners = new Map<string, (event: object) => void>()
  const showNotification = vi.fn(async () => undefined)
  const openWindow = vi.fn(async () => undefined)
  const left = [...answers]
  const fetched = vi.fn(async (_url: string, _asked?: { body: string }) => left.shift())
  const subscribe = vi.fn(async (_options: object) => subscription('https://push.example/new'))
  const self = {
    location: { origin: ORIGIN },
    registration: { showNotification, pushManager: { subscribe } },
    clients: { matchAll: async () => pages, openWindow },
    addEventListener: (kind: string, listener: (event: object) => void) => listeners.set(kind, listener),
  }
  runInNewContext(SOURCE, { self, URL, Error, fetch: fetched })
  const happen = async (kind: string, event: object) => {
    const works: unknown[] = []
    listeners.get(kind)?.({ ...event, waitUntil: (work: unknown) => works.push(work) })
    await Promise.all(works)
  }
  return { happen, showNotification, openWindow, fetched, subscribe }
}

const clicked = (url: string) => ({ notification: { data: { url }, close: () => undefined } })

it('a push is shown with what it says, and rings again over an older one of its kind', async () => {
  const { happen, showNotification } = startWorker()
  const message = { title: 'A red need near you', body: 'Case 7', url: `${ORIGIN}/case/7`, tag: 'red_need' }
  await happen('push', { data: { json: () => message } })
  expect(showNotification).toHaveBeenCalledWith(
    'A red need near you',
    expect.objectContaining({ body: 'Case 7', tag: 'red_need', renotify: true, data: { url: message.url } }),
  )
})

it('that something is over replaces what was said of it, and makes no sound', async () => {
  const { happen, showNotification } = startWorker()
  const message = { title: 'Over: ICU', body: 'Chiang Mai', url: `${ORIGIN}/alerts`, tag: 'alert-7', quiet: true }
  await happen('push', { data: { json: () => message } })
  expect(showNotification).toHaveBeenCalledWith(
    'Over: ICU',
    expect.objectContaining({ tag: 'alert-7', renotify: false, silent: true }),
  )
})

it.each([
  ['that the push service gave it', subscription('https://push.example/new')],
  ['that it has to ask for', undefined],
])('a device tells the hub of another address %s, in place of the old one', async (_, newSubscription) => {
  const { happen, fetched, subscribe } = startWorker([], [Response.json({ pushKey: 'KEY' }), new Response()])
  await happen('pushsubscriptionchange', { oldSubscription: subscription('https://push.example/old'), newSubscription })
  expect(subscribe.mock.calls).toEqual(
    newSubscription ? [] : [[{ userVisibleOnly: true, applicationServerKey: 'KEY' }]],
  )
  const [, [url, asked] = []] = fetched.mock.calls
  expect(url).toBe('/api/notifications/devices')
  expect(JSON.parse(asked?.body ?? '')).toEqual({
    endpoint: 'https://push.example/new',
    keys: { p256dh: 'p', auth: 'a' },
    label: 'Browser',
    replaces: 'https://push.example/old',
  })
})

it('of a device that nobody is signed in at, the hub is told nothing; what it refuses is no silence', async () => {
  const old = { oldSubscription: subscription('https://push.example/old') }
  const out = startWorker([], [new Response(null, { status: 401 })])
  await out.happen('pushsubscriptionchange', old)
  expect(out.fetched).toHaveBeenCalledOnce()
  const refused = startWorker([], [Response.json({ pushKey: 'KEY' }), new Response(null, { status: 422 })])
  await expect(refused.happen('pushsubscriptionchange', old)).rejects.toThrow('422')
})

it('a click leads to the page that is open already, or opens it', async () => {
  const focus = vi.fn(async () => undefined)
  const { happen, openWindow } = startWorker([{ url: `${ORIGIN}/case/7`, focus }])
  await happen('notificationclick', clicked(`${ORIGIN}/case/7`))
  expect(focus).toHaveBeenCalledOnce()
  await happen('notificationclick', clicked(`${ORIGIN}/case/8`))
  expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}/case/8`)
})

it('a click never leads away from the hub', async () => {
  const { happen, openWindow } = startWorker()
  await happen('notificationclick', clicked('https://other.example/case/8?x=1'))
  expect(openWindow).toHaveBeenCalledWith(`${ORIGIN}/case/8?x=1`)
})
