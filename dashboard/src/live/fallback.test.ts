import { beforeEach, describe, expect, test } from 'vitest'
import { CLOSE } from '../../../hub/contract/live/close.ts'
import { type Carrier, RETURN_EVERY_MS, RETURN_FIRST_MS, UNPROVEN_HELLO_MS_MAX } from './carrier.ts'
import { CONNECT_TIMEOUT_MS } from './connection.ts'
import { createFallback } from './fallback.ts'
import { BROKEN, type Transport, type TransportHandlers } from './transport.ts'

/** Timers that run when the clock is moved. */
function createTimers() {
  let now = 0
  let tasks: { at: number; task: () => void }[] = []
  return {
    waiting: () => tasks.length,
    after(ms: number, task: () => void) {
      const entry = { at: now + ms, task }
      tasks.push(entry)
      return () => {
        tasks = tasks.filter((other) => other !== entry)
      }
    },
    advance(ms: number) {
      now += ms
      const due = tasks.filter((entry) => entry.at <= now)
      tasks = tasks.filter((entry) => entry.at > now)
      for (const { task } of due) task()
    },
  }
}

type Socket = { carrier: Carrier; handlers: TransportHandlers; sent: string[]; open: boolean }

function begin(remembered: Carrier | null = null) {
  const timers = createTimers()
  const sockets: Socket[] = []
  const memory: Carrier[] = []
  const heard: string[] = []
  const closed: number[] = []
  const transportOf = (carrier: Carrier): Transport => ({
    open(handlers) {
      const socket: Socket = { carrier, handlers, sent: [], open: true }
      sockets.push(socket)
      return {
        send: (text) => void socket.sent.push(text),
        close: () => {
          socket.open = false
        },
      }
    },
  })
  const fallback = createFallback({
    carriers: { live: transportOf('live'), socketio: transportOf('socketio') },
    world: { random: () => 0.5, after: timers.after },
    remembered,
    remember: (carrier) => memory.push(carrier),
  })
  const open = () => fallback.open({ message: (text) => heard.push(text), closed: (code) => closed.push(code) })
  const last = (): Socket => sockets.at(-1)!
  const isOpen = () => sockets.filter((socket) => socket.open).map((socket) => socket.carrier)
  return { timers, sockets, memory, heard, closed, fallback, open, last, isOpen }
}

describe('fallback', () => {
  let it: ReturnType<typeof begin>
  beforeEach(() => {
    it = begin()
  })

  /** Opens until the link is on Socket.IO and has said hello. */
  function fall() {
    for (let i = 0; i < 2; i++) {
      it.open()
      it.last().handlers.closed(BROKEN)
    }
    const link = it.open()
    for (const socket of it.sockets) socket.open = socket === it.last()
    it.last().handlers.message('hello')
    it.closed.length = 0
    return link
  }

  test('/live is first, and stays while it speaks', () => {
    it.open()
    it.last().handlers.message('hello')
    it.last().handlers.closed(BROKEN)
    it.open()
    expect(it.sockets.map((socket) => socket.carrier)).toEqual(['live', 'live'])
    expect(it.heard).toEqual(['hello'])
    expect(it.closed).toEqual([BROKEN])
    expect(it.memory).toEqual(['live'])
  })

  test('refused twice, the third opening is on Socket.IO, which is remembered for a reload', () => {
    const link = fall()
    expect(it.sockets.map((socket) => socket.carrier)).toEqual(['live', 'live', 'socketio'])
    expect(it.fallback.carrier()).toBe('socketio')
    expect(it.memory).toEqual(['socketio'])
    link.send('sub')
    expect(it.last().sent).toEqual(['sub'])
  })

  test('an opening that is swallowed is told as broken after its time', () => {
    it.open()
    it.timers.advance(UNPROVEN_HELLO_MS_MAX)
    expect(it.closed).toEqual([BROKEN])
    expect(it.isOpen()).toEqual([])
  })

  test('an opening that the page gave up counts, and is not told', () => {
    it.open().close()
    it.open().close()
    it.open()
    expect(it.last().carrier).toBe('socketio')
    expect(it.closed).toEqual([])
  })

  test('a hub that refuses by its own code was heard: no reason to fall back', () => {
    for (let i = 0; i < 3; i++) {
      it.open()
      it.last().handlers.closed(CLOSE.version.code)
    }
    it.open()
    expect(it.last().carrier).toBe('live')
    expect(it.closed).toEqual([4102, 4102, 4102])
  })

  test('a reload begins on what spoke last', () => {
    it = begin('socketio')
    it.open()
    expect(it.last().carrier).toBe('socketio')
  })

  test('/live is tried behind the working link, which goes on meanwhile', () => {
    fall()
    const working = it.last()
    it.timers.advance(RETURN_FIRST_MS)
    expect(it.isOpen()).toEqual(['socketio', 'live'])
    working.handlers.message('delta')
    it.timers.advance(CONNECT_TIMEOUT_MS)
    expect(it.isOpen()).toEqual(['socketio'])
    expect(it.heard).toEqual(['hello', 'delta'])
    it.timers.advance(RETURN_EVERY_MS - 1)
    expect(it.isOpen()).toEqual(['socketio'])
    it.timers.advance(1)
    expect(it.isOpen()).toEqual(['socketio', 'live'])
    expect(it.closed).toEqual([])
  })

  test('when the hub is heard on /live, the link moves over without a close', () => {
    const link = fall()
    it.timers.advance(RETURN_FIRST_MS)
    const [working, better] = it.sockets.slice(-2) as [Socket, Socket]
    better.handlers.message('hello again')
    expect(it.isOpen()).toEqual(['live'])
    expect(it.fallback.carrier()).toBe('live')
    expect(it.memory).toEqual(['socketio', 'live'])
    working.handlers.message('late')
    better.handlers.message('delta')
    link.send('sub')
    expect(better.sent).toEqual(['sub'])
    expect(it.heard).toEqual(['hello', 'hello again', 'delta'])
    better.handlers.closed(CLOSE.restarting.code)
    expect(it.closed).toEqual([CLOSE.restarting.code])
    expect(it.timers.waiting()).toBe(0)
  })

  test('when the working link breaks, the try behind it ends too', () => {
    fall()
    it.timers.advance(RETURN_FIRST_MS)
    const [working, attempt] = it.sockets.slice(-2) as [Socket, Socket]
    working.handlers.closed(BROKEN)
    expect(attempt.open).toBe(false)
    attempt.handlers.message('hello')
    expect(it.heard).toEqual(['hello'])
    expect(it.closed).toEqual([BROKEN])
    expect(it.timers.waiting()).toBe(0)
  })

  test('a link that the page closes leaves no timer and no socket', () => {
    const link = fall()
    it.timers.advance(RETURN_FIRST_MS)
    link.close()
    expect(it.isOpen()).toEqual([])
    expect(it.timers.waiting()).toBe(0)
  })
})
