import * as uWS from 'uWebSockets.js'
import { inflateRawSync } from 'node:zlib'
import { io } from 'socket.io-client'
import { WebSocket } from 'ws'
import type { ClientMessage, HubMessage } from '../../hub/contract/live/messages.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import {
  Admission,
  attachSocketIo,
  attachWebSocket,
  createFanoutMetrics,
  Fanout,
  type Viewer,
} from '../../hub/fanout/index.ts'
import type { Verdict } from '../../hub/fanout/link.ts'
import { isOwnPage } from '../../hub/http/auth/same-origin.ts'
import { refusesHead } from '../../hub/http/bridge.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import type { Snapshot, Transaction, Tuple } from '../../hub/situation/change.ts'
import { Situation } from '../../hub/situation/index.ts'

const OPERATION: Tuple = { id: '1', day: '2021-11-11', kind: 'drill', title_th: 'ซ้อม', title_en: 'Drill' }

export function emptySnapshot(position: number, epoch = 'e1'): Snapshot {
  return { epoch, position, at: 0, groups: [], rows: [{ table: 'operation', row: OPERATION }] }
}

let nextCase = 1

/** A commit of one new case: moves a dozen cells of its province and the nation. */
export function newCase(position: number, district = '5001'): Transaction {
  const id = String(nextCase++)
  const row: Tuple = {
    id,
    district,
    report_day: '2021-11-11',
    classification: 'confirmed',
    severity: 'green',
    stage: 'waiting',
    care_place: 'waiting',
    outcome: 'none',
    outcome_day: 'infinity',
    waiting: 't',
  }
  return { position, at: Date.now(), changes: [{ kind: 'insert', table: 'cases', row }] }
}

export type TestHub = {
  readonly port: number
  readonly situation: Situation
  readonly fanout: Fanout
  readonly verdicts: Map<string, Verdict>
  /** folds and announces, as main.ts does */
  commit(tx: Transaction): void
  stop(): Promise<void>
}

export type TestHubOptions = {
  readonly flushMs?: number
  readonly beatMs?: number
  readonly socketsPerAddress?: number
  readonly snapshot?: boolean
}

/** A hub with both carriers on a free loopback port, over a real Situation and without a database. */
export async function startTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const situation = new Situation()
  if (options.snapshot !== false) situation.reset(emptySnapshot(100))
  const metrics = createFanoutMetrics(createMetrics())
  const verdicts = new Map<string, Verdict>()
  const fanout = new Fanout({
    shown: situation,
    metrics,
    build: 'test',
    flushMs: options.flushMs ?? 20,
    beatMs: options.beatMs ?? 100,
    health: () => ({ live: true, lagMs: 0 }),
    authorize: (_viewer: Viewer, scope: Scope) => verdicts.get(scope) ?? 'allowed',
    loop: {
      now: Date.now,
      random: Math.random,
      after(ms, task) {
        if (ms === 0) {
          const immediate = setImmediate(task)
          return () => clearImmediate(immediate)
        }
        const timer = setTimeout(task, ms)
        return () => clearTimeout(timer)
      },
    },
  })
  const app = uWS.App()
  const carrier = {
    app,
    fanout,
    metrics,
    now: Date.now,
    ready: () => situation.epoch !== '',
    admission: new Admission({
      handshakesPerSecond: 1000,
      socketsMax: 1000,
      socketsPerAddress: options.socketsPerAddress ?? 1000,
    }),
    identify: (address: string): Viewer => ({ address, pass: null }),
    refusesHead,
    secure: true,
    allowOrigin: (from: { origin: string; host: string }) => isOwnPage(from, 'https://hub.example'),
  }
  fanout.attach(attachWebSocket(carrier))
  fanout.attach(attachSocketIo(carrier))
  const listening = await new Promise<uWS.us_listen_socket>((resolve, reject) => {
    app.listen('127.0.0.1', 0, (token) => (token ? resolve(token) : reject(new Error('no free port'))))
  })
  return {
    port: uWS.us_socket_local_port(listening),
    situation,
    fanout,
    verdicts,
    commit(tx) {
      if (situation.apply(tx) === 'folded') fanout.changed()
    },
    async stop() {
      await fanout.stop(0)
      app.close()
    },
  }
}

export type TestClient = {
  readonly received: HubMessage[]
  readonly closed: Promise<{ code: number }>
  send(message: ClientMessage | Record<string, unknown>): void
  /** the first message, received already or to come, that passes; taken out of `received` */
  next<T extends HubMessage['t']>(t: T, ms?: number): Promise<Extract<HubMessage, { t: T }>>
  stop(): void
}

export type CarrierName = 'websocket' | 'websocket, packed' | 'socket.io' | 'socket.io, long-polling'

export async function connectTestClient(
  carrier: CarrierName,
  port: number,
  query: Record<string, string> = {},
): Promise<TestClient> {
  const received: HubMessage[] = []
  const waiting: { t: string; resolve: (message: HubMessage) => void }[] = []
  const take = (message: HubMessage): void => {
    const i = waiting.findIndex(({ t }) => t === message.t)
    if (i < 0) received.push(message)
    else waiting.splice(i, 1)[0]?.resolve(message)
  }
  const link = carrier.startsWith('socket.io')
    ? openSocketIo(port, carrier === 'socket.io' ? ['websocket'] : ['polling'], query, take)
    : openWebSocket(
        port,
        { v: String(PROTOCOL_VERSION), ...(carrier === 'websocket' ? {} : { z: '1' }), ...query },
        take,
      )
  return {
    received,
    closed: link.closed,
    send: link.send,
    stop: link.stop,
    next(t, ms = 5000) {
      const i = received.findIndex((message) => message.t === t)
      if (i >= 0) return Promise.resolve(received.splice(i, 1)[0] as never)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`no ${t} within ${ms} ms on ${carrier}`)), ms)
        waiting.push({
          t,
          resolve(message) {
            clearTimeout(timer)
            resolve(message as never)
          },
        })
      })
    },
  }
}

type Opened = { closed: Promise<{ code: number }>; send: TestClient['send']; stop(): void }

function openWebSocket(port: number, query: Record<string, string>, take: (message: HubMessage) => void): Opened {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/live?${new URLSearchParams(query)}`)
  const opened = new Promise<void>((resolve) => ws.once('open', () => resolve()))
  ws.on('message', (data: Buffer, isBinary: boolean) => {
    take(JSON.parse((isBinary ? inflateRawSync(data) : data).toString()))
  })
  return {
    closed: new Promise((resolve, reject) => {
      ws.once('close', (code) => resolve({ code }))
      ws.once('error', reject)
    }),
    send: (message) => void opened.then(() => ws.send(JSON.stringify(message))),
    stop: () => ws.terminate(),
  }
}

function openSocketIo(
  port: number,
  transports: string[],
  query: Record<string, string>,
  take: (message: HubMessage) => void,
): Opened {
  const socket = io(`http://127.0.0.1:${port}`, {
    transports,
    reconnection: false,
    query: { v: String(PROTOCOL_VERSION), ...query },
  })
  for (const t of ['hello', 'delta', 'beat', 'pong', 'tell', 'deny', 'bye']) socket.on(t, take)
  let code = 1000
  socket.on('close', (why: { code: number }) => {
    code = why.code
  })
  return {
    closed: new Promise((resolve, reject) => {
      socket.on('disconnect', () => resolve({ code }))
      socket.on('connect_error', reject)
    }),
    send: (message) => void socket.emit('m', message),
    stop: () => void socket.disconnect(),
  }
}
