/// <reference types="node" />

import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type WebSocket, WebSocketServer } from 'ws'
import { CLOSE } from '../../hub/contract/live/close.ts'
import type { ClientMessage, Delta, HubMessage } from '../../hub/contract/live/messages.ts'
import { rowObjects } from '../../hub/contract/live/rows.ts'
import { isScope } from '../../hub/contract/live/scopes.ts'
import { sitesOf } from '../../hub/contract/live/site-rows.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { NATION, provinceOf } from '../../hub/contract/vocabulary/areas.ts'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import type { OperationKind } from '../../hub/contract/vocabulary/operation.ts'
import { packSite } from '../../hub/contract/vocabulary/sites.ts'
import type { FacilityWall } from '../src/api/facilityWall.ts'
import type { Session } from '../src/api/session.ts'
import { commandedRows } from './commanded.ts'
import { DevSituation } from './situation.ts'

/**
 * A stand-in for the hub, for developing and photographing the dashboard: the real protocol over an invented, ticking
 * situation, the area tables of db/areas, and the built pages. `node dashboard/dev/hub.ts [port]`.
 */
type Place = readonly [code: string, nameTh: string, nameEn: string, lat: number, lon: number]
type Table = {
  readonly provinces: readonly (readonly [...Place, number, number])[]
  readonly districts: readonly Place[]
}

export type DevHubOptions = {
  readonly port?: number
  readonly kind?: OperationKind
  readonly seed?: number
  /** the operation's day */
  readonly today?: string
  /** facilities in each province; 14 unless said, and no more than it has districts */
  readonly facilities?: number
  /** events per 100 ms; 0 stands still */
  readonly events?: number
  /** the folder of the built pages; default dashboard/dist */
  readonly dist?: string
  readonly mapboxToken?: string
  /** whoever looks is national command, and sees what accounts see */
  readonly account?: boolean
}

export type DevHub = {
  readonly url: string
  readonly situation: DevSituation
  /** frames and beats stop, sockets stay: a hung hub */
  hang(on: boolean): void
  /** beats say that the link to PostgreSQL is gone */
  sourceLost(on: boolean): void
  /** the next delta carries a wrong sum */
  corruptNext(): void
  /** cut every socket, and refuse new ones while `refuse` */
  cut(refuse: boolean): void
  stop(): Promise<void>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const areasFolder = fileURLToPath(new URL('../../db/areas/', import.meta.url))
const CENSUS_DAYS = 14
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

function place([code, nameTh, nameEn, lat, lon]: Place) {
  return { code, nameTh, nameEn, lat, lon }
}

type Pages = {
  readonly table: Table
  readonly situation: DevSituation
  readonly dist: string
  readonly mapboxToken: string | null
  readonly account: boolean
}

/** National command. */
const SESSION: Session = {
  signedIn: true,
  account: { id: '00000000-0000-4000-8000-000000000001', key: 'k', name: 'Command', label: 'Command 1', drill: true },
  role: 'national',
  areas: [NATION],
  facility: null,
  may: ['situation.read', 'province.read', 'alerts.read', 'command.read'],
  oidc: null,
  factorFrom: null,
  half: null,
}
/** Numbers were so much smaller when the shift began, and yesterday. */
const SINCE_SHIFT = 0.8

/** As hub/http/routes/yesterday.ts answers: an hour ago, or a day before. */
function marked(situation: DevSituation, area: string, daysAgo: 0 | 1): string {
  const at = Date.now() - (daysAgo === 0 ? 3_600_000 : 86_400_000)
  const { c, r } = situation.counts.snapshot(area === NATION ? 'nation' : `province:${area}`)
  const cells = c.map(([column, ...pairs]) => [
    column,
    ...pairs.map((value, i) => (i % 2 === 1 ? Math.round(Number(value) * SINCE_SHIFT) : value)),
  ])
  const day = addDays(rowObjects(r, 'operation')[0]!.day, -daysAgo)
  return JSON.stringify({ startedAt: at, mark: { day, at, cells, oldest: [] } })
}

/** As hub/http/routes/sites.ts answers. */
function sites(table: Table, situation: DevSituation, area: string): string {
  const provinces = area === NATION ? table.provinces.map(([code]) => code) : [area]
  const rows = provinces.flatMap((code) => situation.counts.rows(`province:${code}`))
  const found = sitesOf(rowObjects(rows, 'facility'), rowObjects(rows, 'beds'))
  return JSON.stringify({ area, sites: found.map(packSite), left: 0 })
}

/** As hub/work/facilities/facility-wall.ts answers: more occupied beds each day, some people on the way. */
function facilityWall(situation: DevSituation, id: string): string | undefined {
  const rows = situation.counts.rows(`province:${id.slice(0, 2)}`)
  const found = rowObjects(rows, 'facility').find((row) => row.id === id)
  const today = rowObjects(rows, 'operation')[0]?.day
  if (found === undefined || today === undefined) return undefined
  const beds = rowObjects(rows, 'beds').filter(({ facility }) => String(facility) === id)
  const wall: FacilityWall = {
    id: Number(id),
    kind: found.kind,
    district: found.district,
    nameTh: found.nameTh,
    nameEn: found.nameEn,
    coming: beds.map(({ level }, i) => ({
      level,
      asked: i,
      held: i + 1,
      onTheWay: i,
      ends: [{ until: Date.now() + (i + 1) * 1_500_000, people: i + 1 }],
    })),
    census: beds.flatMap(({ level, occupied }) =>
      Array.from({ length: CENSUS_DAYS }, (_, ago) => ({
        day: addDays(today, -ago),
        level,
        occupied: Math.max(0, occupied - ago),
      })),
    ),
    doses: { today: 1_288, week: 8_888 },
  }
  return JSON.stringify(wall)
}

async function api(pages: Pages, url: URL): Promise<string | undefined> {
  const { table, situation, mapboxToken } = pages
  if (url.pathname === '/api/areas/provinces.topo.json')
    return readFile(join(areasFolder, 'provinces.topo.json'), 'utf8')
  if (url.pathname === '/api/sites') return sites(table, situation, url.searchParams.get('area') ?? NATION)
  if (url.pathname === '/api/config') return JSON.stringify({ mapboxToken })
  if (pages.account && url.pathname === '/api/session') return JSON.stringify(SESSION)
  const area = url.searchParams.get('area') ?? NATION
  if (url.pathname === '/api/shift-start') return marked(situation, area, 0)
  if (url.pathname === '/api/yesterday') return marked(situation, area, 1)
  const [, facility] = /^\/api\/facilities\/(\d+)\/wall$/.exec(url.pathname) ?? []
  if (facility !== undefined) return facilityWall(situation, facility)
  if (url.pathname !== '/api/areas') return undefined
  const parent = url.searchParams.get('parent') ?? 'TH'
  const areas =
    parent === 'TH'
      ? table.provinces.map(([code, th, en, lat, lon, healthRegion, population]) => ({
          ...place([code, th, en, lat, lon]),
          level: 'province',
          healthRegion,
          population,
        }))
      : table.districts
          .filter((d) => provinceOf(d[0]) === parent)
          .map((d) => ({ ...place(d), level: 'district', healthRegion: null, population: null }))
  return JSON.stringify({ parent, areas })
}

/** Pages reload when a hub says another name than theirs. */
async function builtName(dist: string): Promise<string> {
  const index = await readFile(join(dist, 'index.html'), 'utf8').catch(() => '')
  return /<meta name="jitasa-build" content="([0-9a-f]+)"/.exec(index)?.[1] ?? 'dev'
}

async function answer(pages: Pages, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { dist } = pages
  const url = new URL(request.url ?? '/', 'http://dev')
  if (url.pathname.startsWith('/api/')) {
    const body = await api(pages, url)
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' })
    response.end(body ?? JSON.stringify({ error: { code: 'not_found', message: 'no such route' } }))
    return
  }
  const path = normalize(url.pathname).replace(/^\/+/, '')
  const file = extname(path) === '' ? 'index.html' : path
  const body = await readFile(join(dist, file)).catch(() => undefined)
  response.writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' })
  response.end(body)
}

export async function startDevHub(options: DevHubOptions = {}): Promise<DevHub> {
  const table = JSON.parse(await readFile(join(areasFolder, 'areas.json'), 'utf8')) as Table
  const districts = new Map<string, string[]>()
  for (const [code] of table.districts) {
    districts.set(provinceOf(code), [...(districts.get(provinceOf(code)) ?? []), code])
  }
  const provinces = table.provinces.map((p) => ({ code: p[0], population: p[6] }))
  const situation = new DevSituation(
    { provinces, districts, places: new Map(table.districts.map(([code, , , lat, lon]) => [code, [lat, lon]])) },
    options.seed ?? 7,
    options.kind ?? 'drill',
    options.today,
    options.facilities,
  )
  if (options.account)
    for (const [scope, rows] of commandedRows('50', 500, Date.now())) situation.counts.setRows(scope, rows)
  const state = { hung: false, sourceLostAt: 0, corrupt: false, refuse: false }
  const pages = {
    table,
    situation,
    dist: options.dist ?? join(root, 'dist'),
    mapboxToken: options.mapboxToken ?? null,
    account: options.account === true,
  }
  const build = await builtName(pages.dist)
  const readers = new Map<WebSocket, Set<string>>()

  const say = (socket: WebSocket, message: HubMessage) => {
    if (!state.hung) socket.send(JSON.stringify(message))
  }
  const beat = (): HubMessage => {
    const lost = state.sourceLostAt
    return {
      t: 'beat',
      now: Date.now(),
      to: situation.counts.position,
      live: lost === 0,
      lag: lost === 0 ? 0 : Date.now() - lost,
    }
  }
  const hear = (socket: WebSocket, message: ClientMessage) => {
    if (message.t === 'ping') say(socket, { t: 'pong', n: message.n, now: Date.now() })
    else if (message.t === 'unsub') readers.get(socket)?.delete(message.s)
    else if (message.t === 'sub' && isScope(message.s)) {
      readers.get(socket)?.add(message.s)
      say(socket, situation.counts.snapshot(message.s))
    }
  }

  const server = createServer((request, response) => {
    answer(pages, request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error))
    })
  })
  const sockets = new WebSocketServer({ server, path: '/live' })
  sockets.on('connection', (socket) => {
    if (state.refuse) return socket.close(CLOSE.restarting.code)
    readers.set(socket, new Set())
    socket.on('close', () => readers.delete(socket))
    socket.on('message', (data) => hear(socket, JSON.parse(String(data)) as ClientMessage))
    say(socket, {
      t: 'hello',
      v: PROTOCOL_VERSION,
      e: 'dev',
      now: Date.now(),
      tickMs: 100,
      beatMs: 1_000,
      paintMs: 1_000,
      build,
    })
    say(socket, beat())
  })

  const publish = (delta: Delta) => {
    const sent = state.corrupt ? { ...delta, sum: delta.sum ^ 1 } : delta
    state.corrupt = false
    for (const [socket, scopes] of readers) if (scopes.has(delta.s)) say(socket, sent)
  }
  const ticking = setInterval(() => {
    if (options.events !== 0) situation.tick(options.events ?? 4)
    for (const delta of situation.counts.flush()) publish(delta)
  }, 100)
  const beating = setInterval(() => {
    for (const socket of readers.keys()) say(socket, beat())
  }, 1_000)

  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the development hub has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    situation,
    hang: (on) => {
      state.hung = on
    },
    sourceLost: (on) => {
      state.sourceLostAt = on ? Date.now() : 0
    },
    corruptNext: () => {
      state.corrupt = true
    },
    cut: (refuse) => {
      state.refuse = refuse
      for (const socket of readers.keys()) socket.terminate()
    },
    stop: async () => {
      clearInterval(ticking)
      clearInterval(beating)
      for (const socket of readers.keys()) socket.terminate()
      sockets.close()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const hub = await startDevHub({ port: Number(process.argv[2] ?? 0) })
  console.log(hub.url)
}
