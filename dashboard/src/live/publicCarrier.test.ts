import { beforeEach, describe, expect, test } from 'vitest'
import { RETURN_FIRST_MS } from './carrier.ts'
import { createPublicCarrier } from './publicCarrier.ts'
import { BROKEN, type Transport, type TransportHandlers } from './transport.ts'

type Opened = {
  readonly of: 'socket' | 'feed'
  readonly handlers: TransportHandlers
  readonly sent: string[]
  open: boolean
}

function begin() {
  let timers: { at: number; task: () => void }[] = []
  let now = 0
  const opened: Opened[] = []
  const heard: string[] = []
  const closed: number[] = []
  const advice = { reads: false, asked: 0 }
  const transportOf = (of: Opened['of']): Transport => ({
    open(handlers) {
      const link: Opened = { of, handlers, sent: [], open: true }
      opened.push(link)
      return { send: (text) => void link.sent.push(text), close: () => Object.assign(link, { open: false }) }
    },
  })
  const carrier = createPublicCarrier({
    sockets: { ...transportOf('socket'), carrier: () => 'live' },
    feed: transportOf('feed'),
    world: {
      random: () => 0.5,
      after(ms, task) {
        const entry = { at: now + ms, task }
        timers.push(entry)
        return () => {
          timers = timers.filter((other) => other !== entry)
        }
      },
    },
    readsFeed: () => {
      advice.asked++
      return Promise.resolve(advice.reads)
    },
  })
  const settled = () => Promise.resolve().then(() => Promise.resolve())
  return {
    ...{ carrier, opened, heard, closed, advice },
    async open() {
      const link = carrier.open({ message: (text) => heard.push(text), closed: (code) => closed.push(code) })
      await settled()
      return link
    },
    async pass(ms: number) {
      now += ms
      const due = timers.filter(({ at }) => at <= now)
      timers = timers.filter(({ at }) => at > now)
      for (const { task } of due) task()
      await settled()
    },
    isOpen: () => opened.filter(({ open }) => open).map(({ of }) => of),
    last: () => opened.at(-1)!,
  }
}

describe('the carrier of those without an account', () => {
  let it: ReturnType<typeof begin>
  beforeEach(() => {
    it = begin()
  })

  test('is a socket while there are some, and asks no more once it was heard', async () => {
    await it.open()
    it.last().handlers.message('hello')
    expect([it.isOpen(), it.heard, it.carrier.carrier()]).toEqual([['socket'], ['hello'], 'live'])
    it.last().handlers.closed(4000)
    await it.open()
    expect(it.advice.asked).toBe(1)
  })

  test('[G8] is the feed when sockets are scarce', async () => {
    it.advice.reads = true
    const link = await it.open()
    it.last().handlers.message('hello')
    link.send('sub')
    expect([it.isOpen(), it.last().sent, it.heard, it.carrier.carrier()]).toEqual([
      ['feed'],
      ['sub'],
      ['hello'],
      'feed',
    ])
  })

  test('a socket that does not come about leads to the feed, if the hub says so by then', async () => {
    await it.open()
    it.advice.reads = true
    it.last().handlers.closed(BROKEN)
    expect(it.closed).toEqual([BROKEN])
    await it.open()
    expect(it.last().of).toBe('feed')
  })

  test('so does one that was given up in silence', async () => {
    const link = await it.open()
    link.close()
    it.advice.reads = true
    await it.open()
    expect(it.last().of).toBe('feed')
  })

  test('goes back to a socket when there are some, and lets go of the feed only when the hub is heard', async () => {
    it.advice.reads = true
    const link = await it.open()
    await it.pass(RETURN_FIRST_MS)
    expect(it.isOpen()).toEqual(['feed'])
    it.advice.reads = false
    await it.pass(10 * RETURN_FIRST_MS)
    expect(it.isOpen()).toEqual(['feed', 'socket'])
    it.last().handlers.message('hello')
    link.send('sub')
    expect([it.isOpen(), it.last().sent, it.carrier.carrier()]).toEqual([['socket'], ['sub'], 'live'])
    it.last().handlers.closed(BROKEN)
    expect(it.closed).toEqual([BROKEN])
  })

  test('stays on the feed when the socket behind it does not come about', async () => {
    it.advice.reads = true
    await it.open()
    it.advice.reads = false
    await it.pass(RETURN_FIRST_MS)
    it.last().handlers.closed(BROKEN)
    expect([it.isOpen().includes('feed'), it.closed, it.carrier.carrier()]).toEqual([true, [], 'feed'])
  })

  test('closed before the answer, it opens nothing', async () => {
    const link = it.carrier.open({ message: () => undefined, closed: () => undefined })
    link.close()
    await it.pass(0)
    expect(it.opened).toEqual([])
  })
})
