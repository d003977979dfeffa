/// <reference types="node" />
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { runInNewContext } from 'node:vm'
import { expect, it, vi } from 'vitest'

const SOURCE = readFileSync(path.join(import.meta.dirname, '../../../public/push-worker.js'), 'utf8')
const ORIGIN = 'https://hub.example'

type Page = { readonly url: string; focus(): Promise<void> }

/** The worker with a world of its own. @param pages that are open */
function startWorker(pages: readonly Page[] = []) {
  const listeners = new Map<string, (event: object) => void>()
  const showNotification = vi.fn(async () => undefined)
  const openWindow = vi.fn(async () => undefined)
  const self = {
    location: { origin: ORIGIN },
    registration: { showNotification },
    clients: { matchAll: async () => pages, openWindow },
    addEventListener: (kind: string, listener: (event: object) => void) => listeners.set(kind, listener),
  }
  runInNewContext(SOURCE, { self, URL })
  const happen = async (kind: string, event: object) => {
    const works: unknown[] = []
    listeners.get(kind)?.({ ...event, waitUntil: (work: unknown) => works.push(work) })
    await Promise.all(works)
  }
  return { happen, showNotification, openWindow }
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
