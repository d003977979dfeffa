import type { ClientMessage, HubMessage } from '../../../hub/contract/live/messages.ts'
import { type ConnectionEvent, type ConnectionState, dueAt, startState, step } from './connection.ts'
import { parseFrame } from './inbox.ts'
import { type ClockOffset, noOffset, observePong } from './offset.ts'
import type { Transport, TransportLink } from './transport.ts'

/** The first pings come fast, so that latencies can be shown soon; then one now and then follows the drift. */
const PING_FAST_MS = 1_000
const PING_SLOW_MS = 20_000
const PINGS_FAST = 4

/** What the link needs of the world; tests bring their own. */
export type World = {
  now(): number
  random(): number
  /** run `task` after `ms`; @returns cancel */
  after(ms: number, task: () => void): () => void
}

export type LinkOptions = {
  readonly transport: Transport
  readonly world: World
  readonly reloadedAt: number | null
  /** a message of the hub; what is returned is sent */
  readonly onMessage: (message: HubMessage) => readonly ClientMessage[]
  /** after each `hello`: what to subscribe to */
  readonly subscriptions: () => readonly ClientMessage[]
  readonly onState: (state: ConnectionState, clock: ClockOffset) => void
  /** reload the page, and remember `at` over the reload */
  readonly reload: (at: number) => void
}

export type Link = {
  start(): void
  stop(): void
  send(messages: readonly ClientMessage[]): void
  networkChanged(online: boolean): void
}

/** Carries out what connection.ts decides: owns the socket, the one timer and the pings. */
export function createLink(options: LinkOptions): Link {
  const { world } = options
  let state = startState(options.reloadedAt)
  let clock: ClockOffset = noOffset
  let socket: TransportLink | undefined
  let cancelTick: (() => void) | undefined
  let cancelPing: (() => void) | undefined
  let pings = 0
  let pinged: { n: number; at: number } | undefined

  const send = (messages: readonly ClientMessage[]) => {
    for (const message of messages) socket?.send(JSON.stringify(message))
  }

  const ping = () => {
    cancelPing?.()
    pings++
    pinged = { n: pings, at: world.now() }
    send([{ t: 'ping', n: pings }])
    cancelPing = world.after(pings < PINGS_FAST ? PING_FAST_MS : PING_SLOW_MS, ping)
  }

  const dropSocket = () => {
    cancelPing?.()
    cancelPing = undefined
    socket?.close()
    socket = undefined
  }

  const openSocket = () => {
    dropSocket()
    // A handler of an older socket must not speak for the present one.
    const current: { link?: TransportLink } = {}
    const isCurrent = () => current.link !== undefined && current.link === socket
    current.link = options.transport.open({
      message: (text) => isCurrent() && receive(text),
      closed: (code) => {
        if (!isCurrent()) return
        dropSocket()
        happen({ kind: 'closed', code })
      },
    })
    socket = current.link
  }

  const receive = (text: string) => {
    const message = parseFrame(text)
    if (!message) return
    if (message.t === 'hello') happen({ kind: 'hello', version: message.v })
    else happen(message.t === 'bye' ? { kind: 'bye', inMs: message.in } : { kind: 'heard' })
    if (message.t === 'pong' && pinged?.n === message.n) {
      clock = observePong(clock, pinged.at, world.now(), message.now)
      pinged = undefined
      options.onState(state, clock)
    }
    send(options.onMessage(message))
    if (message.t === 'hello' && state.kind === 'open') {
      send(options.subscriptions())
      pings = 0
      ping()
    }
  }

  const happen = (event: ConnectionEvent) => {
    const now = world.now()
    const before = state
    const next = step(state, event, { now, random: world.random() })
    state = next.state
    for (const effect of next.effects) {
      if (effect === 'open') openSocket()
      else if (effect === 'close') dropSocket()
      else if (effect === 'reload') options.reload(now)
    }
    // Every frame moves `heardAt`; re-arming a timer for each would cost more than one late look.
    if (state.kind !== before.kind || cancelTick === undefined) arm()
    if (state !== before) options.onState(state, clock)
  }

  const arm = () => {
    cancelTick?.()
    cancelTick = undefined
    const due = dueAt(state)
    if (due === null) return
    cancelTick = world.after(Math.max(0, due - world.now()), () => {
      cancelTick = undefined
      happen({ kind: 'tick' })
    })
  }

  return {
    start: () => happen({ kind: 'start' }),
    stop: () => happen({ kind: 'stop' }),
    send,
    networkChanged: (online) => happen({ kind: online ? 'online' : 'offline' }),
  }
}
