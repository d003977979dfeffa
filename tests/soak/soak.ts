import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { WebSocket } from 'ws'
import { createPool } from '../../db/client.ts'
import { SECONDS_PER_DAY, startDrill } from '../../db/replay/drill.ts'
import { seed } from '../../db/seed.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { type Audience, startAudience } from '../chaos/audience.ts'
import { signIn, startLedger } from '../chaos/ledger.ts'
import { urlsOf } from '../chaos/stage.ts'
import { type OwnServer, ownServer } from '../pg/source-server.ts'
import { makeLink } from '../support/link.ts'
import { type ProductionHub, startProduction } from '../support/production.ts'
import { openHeap, WITH_INSPECTOR } from './heap.ts'
import { openWallPage, type WallPage } from './page.ts'
import { createWatch, type Watched } from './watch.ts'

export type SoakOptions = {
  /** of a drill at its usual pace */
  readonly hours: number
  /** how many times as fast */
  readonly speed: number
  /** default STORMS_PER_HOUR */
  readonly stormsPerHour?: number
  readonly onLine: (line: string) => void
}

export type Soaked = {
  readonly realMinutes: number
  /** midnights of the drill that were crossed */
  readonly midnights: number
  /** times that every screen lost its link, and all came back at once */
  readonly storms: number
  readonly acknowledged: number
  /** how often writers had to ask again, by what they were told */
  readonly later: Readonly<Record<string, number>>
  readonly lost: number
  readonly doubled: number
  /** checksums that did not fit on a screen, and screens that are not level in the end */
  readonly wrong: number
  readonly strange: readonly string[]
  readonly watched: Watched
}

/** Of the published numbers: what a day leaves in memory is small beside what a leak would. */
const SCALE = 0.02
const SAMPLES_PER_HOUR = 30
const STORMS_PER_HOUR = 1
/** Screens that fold are thirty; so many more hear and do nothing. */
const LISTENERS = 200
const LEVEL_MS_MAX = 60_000
const HOUR_MS = 3_600_000

/** Sockets on `nation` that come back by themselves. @returns what ends them */
function startListeners(port: number): () => void {
  const open = new Set<WebSocket>()
  let over = false
  const listen = (): void => {
    if (over) return
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live?v=${PROTOCOL_VERSION}&z=1`)
    open.add(socket)
    socket.once('open', () => socket.send(JSON.stringify({ t: 'sub', s: 'nation', at: 0 })))
    // A handshake that is cut: 'close' follows.
    socket.on('error', () => undefined)
    socket.once('close', () => {
      open.delete(socket)
      setTimeout(listen, Math.random() * 1_000)
    })
  }
  for (let i = 0; i < LISTENERS; i++) listen()
  return () => {
    over = true
    for (const socket of open) socket.terminate()
  }
}

/** Runs a drill on a hub of its own for so long, with storms of reconnections and writers, and looks at what grows. Ends by itself. */
export async function soak(options: SoakOptions): Promise<Soaked> {
  await buildDashboard(path.dirname(path.dirname(import.meta.dirname)))
  const server = await ownServer({ settings: { max_wal_size: '64MB', min_wal_size: '64MB' } })
  try {
    await seed(server.url)
    const hub = await startProduction(
      urlsOf(server.url),
      { ...WITH_INSPECTOR, REQUESTS_PER_MINUTE: '1000000' },
      randomBytes(32).toString('hex'),
    )
    try {
      return await soakHub(server, hub, options)
    } finally {
      await hub.kill('SIGTERM')
    }
  } finally {
    await server.remove()
  }
}

async function soakHub(server: OwnServer, hub: ProductionHub, options: SoakOptions): Promise<Soaked> {
  const { hours, speed, stormsPerHour = STORMS_PER_HOUR, onLine } = options
  const looksPerStorm = SAMPLES_PER_HOUR / stormsPerHour
  const pool = createPool(server.url, { connectionsMax: 2, applicationName: 'jitasa soak' })
  const heap = await openHeap(hub.said())
  const network = await makeLink(hub.url)
  const stopping = new AbortController()
  let midnights = -1
  const drill = await startDrill(server.url, {
    signal: stopping.signal,
    scale: SCALE,
    secondsPerDay: SECONDS_PER_DAY / speed,
    onLine: (line) => {
      if (/^drill: \d{4}-/.test(line)) midnights++
    },
  })
  const accounts = { url: hub.url, authUrl: urlsOf(server.url).authUrl }
  const [cookie = ''] = await signIn(accounts, 'provincial_health', 1)
  const audience = startAudience([network.port], cookie)
  const ledger = await startLedger(accounts, `http://127.0.0.1:${network.port}`)
  const stopListeners = startListeners(network.port)
  const page = await openWallPage(`http://127.0.0.1:${network.port}`, cookie)
  const watch = createWatch(hub.child.pid ?? 0, heap, pool, page)
  let storms = 0
  try {
    const began = performance.now()
    const hoursNow = (): number => ((performance.now() - began) * speed) / HOUR_MS
    for (let looks = 0; looks < hours * SAMPLES_PER_HOUR; looks++) {
      await sleep(Math.max(0, (looks / SAMPLES_PER_HOUR / speed) * HOUR_MS - (performance.now() - began)))
      if (looks % looksPerStorm === Math.floor(looksPerStorm / 2)) {
        network.cut()
        storms++
        onLine(`${hoursNow().toFixed(1)} h: ${midnights} midnights, storm ${storms}`)
      }
      await watch.look(hoursNow())
    }
    const realMinutes = (performance.now() - began) / 60_000
    stopping.abort()
    await drill.ended
    await ledger.pause()
    const { acknowledged, lost, doubled, strange } = await ledger.audit(pool)
    const behind = await behindInTheEnd(pool, audience, page)
    const wrong = audience.mended() + behind
    const later = Object.fromEntries(ledger.later)
    return { later, realMinutes, midnights, storms, acknowledged, lost, doubled, wrong, strange, watched: watch.seen }
  } finally {
    stopping.abort()
    stopListeners()
    await page.close()
    audience.stop()
    await ledger.stop()
    heap.close()
    await network.close()
    await pool.end()
  }
}

/** @returns screens that do not show what was committed last; the page, when it does not say that it is live */
async function behindInTheEnd(pool: pg.Pool, audience: Audience, page: WallPage): Promise<number> {
  const marker = `round ${crypto.randomUUID()}`
  await pool.query('update operation set title_en = $1', [marker])
  for (const until = performance.now() + LEVEL_MS_MAX; performance.now() < until; await sleep(50)) {
    if (audience.behind(marker) === 0 && (await page.freshness()) === 'live') return 0
  }
  return audience.behind(marker) + ((await page.freshness()) === 'live' ? 0 : 1)
}
