import { inflateRawSync } from 'node:zlib'
import { WebSocket } from 'ws'
import { socketIoTransport } from '../../dashboard/src/live/socketio.ts'
import type { Transport } from '../../dashboard/src/live/transport.ts'
import { webSocketTransport } from '../../dashboard/src/live/websocket.ts'
import type { ScopeState } from '../../hub/contract/live/apply.ts'
import { rowKey } from '../../hub/contract/live/rows.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { type Screen, startScreen } from '../support/screen.ts'

/** All ways on which screens hear the hub; `signed in`: with the cookie of an account, for boards. */
export const CARRIERS = ['live', 'live, packed', 'live, signed in', 'socket.io', 'socket.io, long polling'] as const
export type Carrier = (typeof CARRIERS)[number]

const SCREENS = 30
const STARTS_WITHIN_MS = 500
/** Of the row `operation`: the title in English, in which the marker stands. */
const TITLE_EN = 5

const OPEN: readonly Scope[] = ['nation', 'public:10']
const OF_ACCOUNT: readonly Scope[] = ['nation', 'province:10', 'board:10']
export const SCOPES: readonly Scope[] = [...new Set([...OPEN, ...OF_ACCOUNT])]

export type Audience = {
  readonly screens: readonly Screen[]
  /** screens that do not show the marker in each of their scopes */
  behind(marker: string): number
  /** what each screen holds of each of its scopes */
  states(): ScopeState[]
  /** times a screen saw a wrong checksum and mended it, since it started */
  mended(): number
  stop(): void
}

/** A WebSocket of the browser sends its cookie by itself, Node's does not. */
const signedIn = (url: string, cookie: string): Transport => ({
  open(handlers) {
    const socket = new WebSocket(url, { headers: { cookie } })
    let over = false
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!over) handlers.message((isBinary ? inflateRawSync(data) : data).toString())
    })
    socket.on('close', (code) => {
      if (!over) handlers.closed(code)
      over = true
    })
    // A handshake that is refused or cut: 'close' follows.
    socket.on('error', () => undefined)
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text)
      },
      close() {
        over = true
        socket.terminate()
      },
    }
  },
})

function transportOf(carrier: Carrier, port: number, cookie: string): Transport {
  const live = `ws://127.0.0.1:${port}/live?v=${PROTOCOL_VERSION}`
  const origin = `http://127.0.0.1:${port}`
  switch (carrier) {
    case 'live':
      return webSocketTransport(live)
    case 'live, packed':
      return webSocketTransport(`${live}&z=1`)
    case 'live, signed in':
      return signedIn(`${live}&z=1`, cookie)
    case 'socket.io':
      return socketIoTransport(origin, PROTOCOL_VERSION)
    case 'socket.io, long polling':
      return socketIoTransport(origin, PROTOCOL_VERSION, ['polling'])
  }
}

const WORLD = {
  now: Date.now,
  random: Math.random,
  after(ms: number, task: () => void) {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/**
 * Thirty screens, on all carriers in turn.
 * @param ports of hubs or of links to them, in turn
 * @param cookie of an account that may read the board of province 10
 */
export function startAudience(
  ports: readonly number[],
  cookie: string,
  carriers: readonly Carrier[] = CARRIERS,
): Audience {
  const screens = Array.from({ length: SCREENS }, (_, i) => {
    const carrier = carriers[i % carriers.length]!
    const port = ports[Math.floor(i / carriers.length) % ports.length]!
    return startScreen({
      scopes: carrier === 'live, signed in' ? OF_ACCOUNT : OPEN,
      transport: transportOf(carrier, port, cookie),
      world: WORLD,
      startsInMs: Math.random() * STARTS_WITHIN_MS,
    })
  })
  const shows = ({ inbox }: Screen, marker: string) =>
    [...inbox.boxes.values()].every(
      ({ state, wrongSince }) => wrongSince === null && state.rows.get(rowKey('operation', '1'))?.[TITLE_EN] === marker,
    )
  return {
    screens,
    behind: (marker) => screens.filter((screen) => !shows(screen, marker)).length,
    states: () => screens.flatMap(({ inbox }) => [...inbox.boxes.values()].map(({ state }) => state)),
    mended: () => screens.reduce((sum, { inbox }) => sum + inbox.mismatches, 0),
    stop() {
      for (const screen of screens) screen.stop()
    },
  }
}
