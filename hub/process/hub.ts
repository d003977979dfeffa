import '../http/header-limit.ts'
import * as uWS from 'uWebSockets.js'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import { createAuthorizer } from '../authorize/authorizer.ts'
import { authorizeScope } from '../authorize/decide.ts'
import { type AccessChange, GRANT_TABLES } from '../authorize/grants.ts'
import { rowKey, rowObjects } from '../contract/live/rows.ts'
import { isEphemeral, type Scope } from '../contract/live/scopes.ts'
import type { SocketRefusal } from '../fanout/admission.ts'
import {
  Admission,
  attachSocketIo,
  attachWebSocket,
  createFanoutMetrics,
  Fanout,
  type Loop,
  type Viewer,
} from '../fanout/index.ts'
import { allWalls, type WallsQuestion } from '../fanout/walls.ts'
import { Feed } from '../feed/index.ts'
import { isSecure } from '../http/auth/accounts.ts'
import { ownHost } from '../http/auth/own-host.ts'
import { isOwnPage } from '../http/auth/same-origin.ts'
import { trustedProxies } from '../http/bridge/address.ts'
import { countRefusedConnections } from '../http/bridge/connections.ts'
import { mountHono, refusesHead } from '../http/bridge.ts'
import { InFlight } from '../http/in-flight.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Config } from '../runtime/config.ts'
import { createSecurityLog } from '../runtime/security-log.ts'
import { Situation } from '../situation/index.ts'
import { whyNotLive } from '../source/health.ts'
import { startSource, startStreamSource } from '../source/index.ts'
import type { FollowedOptions, Source } from '../source/source.ts'
import { watchBuild } from './built.ts'
import { busOf } from './feed.ts'
import { startFleetWalls } from './fleet-walls.ts'
import { type HubOptions, type HubUrls, publicUrlOf } from './hub-options.ts'
import { serveApi, serveScreens } from './served.ts'
import { secureApp } from './tls.ts'
import { watchSource } from './watch-source.ts'

export type Hub = {
  readonly port: number
  readonly source: Source
  readonly situation: Situation
  /** what the walls of this process say */
  walls(question: WallsQuestion): Promise<readonly unknown[]>
  /** ms over which to spread the clients when it stops now; at least `leastMs`. @param hubs that they come back to */
  spreadMs(leastMs: number, hubs: number): number
  /**
   * @param spreadMs over which clients are told to come back
   * @param past the position where their next hub began: they are brought beyond it first, to resume there
   */
  stop(spreadMs: number, past?: number): Promise<void>
}

export class PortTaken extends Error {
  constructor(host: string, port: number) {
    super(
      `port ${port} of ${host} is taken by another program. Stop it, or set PORT to another port (PORT=8081 make run).`,
    )
  }
}

const realLoop = (clock: Clock): Loop => ({
  now: () => clock.now(),
  random: Math.random,
  after(ms, task) {
    if (ms === 0) {
      const immediate = setImmediate(task)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
})

/** A worker that has no state yet leaves the clients to the others; for longer, it listens to say what it waits for. */
const FIRST_STREAM_MS_MAX = 10_000
/** Without commits a hub does not come past a position; then its clients take a snapshot at the next. */
const PAST_MS_MAX = 2000
const PAST_LOOK_MS = 20
/** ms that requests under way have to end when the hub stops. */
const REQUESTS_MS_MAX = 5000

/** The district of what a scope of one thing is about: a case while it is on a board, a facility while it is active. */
function districtOf(situation: Situation, scope: Scope): string | undefined {
  if (!isEphemeral(scope) || scope.startsWith('screen:')) return undefined
  const [of, id = ''] = scope.split(':')
  const kind = of === 'presence' ? 'case' : 'facility'
  const row = situation.row(rowKey(kind, id))
  return row && rowObjects([row], kind)[0]?.district
}

function demandUrls(urls: HubUrls | undefined): HubUrls {
  if (urls === undefined) throw new Error('HUB_FEED=postgres wants a database')
  return urls
}

/** What a screen was told up to a position. */
function ordersUpTo(situation: Situation, scope: Scope, position: number): number[] {
  return situation.rows(scope).flatMap(([kind, id]) => {
    return kind === 'order' && (situation.positionOf(rowKey(kind, id)) ?? Infinity) <= position ? [Number(id)] : []
  })
}

/** One hub process: PostgreSQL's stream in, both carriers and HTTP out. Resolves when it listens; it may not be ready yet. */
export async function startHub(options: HubOptions): Promise<Hub> {
  const { config, urls, clock, logger, metrics } = options
  const publicUrl = publicUrlOf(config)
  const app =
    config.tlsCert && config.tlsKey ? await secureApp({ cert: config.tlsCert, key: config.tlsKey }) : uWS.App()
  const situation = new Situation()
  const authorizer = createAuthorizer({ secret: options.secret, secure: isSecure(publicUrl) })
  const fanoutMetrics = createFanoutMetrics(metrics, (scope, ms) => {
    logger.warn({ scope, ms }, 'a client had a wrong checksum, and is right again')
  })
  const loop = realLoop(clock)
  const health = () => {
    const live = whyNotLive(source.state(), clock.now()) === null
    return { live, lagMs: live ? source.lagMs() : Math.max(0, clock.now() - situation.at) }
  }
  const securityLog = createSecurityLog(logger, config.auditAddresses)
  const whoIs = ({ address, pass }: Viewer) => ({ address, account: pass?.grant.account, session: pass?.session })
  const fanout = new Fanout({
    shown: situation,
    loop,
    metrics: fanoutMetrics,
    build: options.build,
    flushMs: config.flushMs,
    beatMs: config.beatMs,
    health,
    // A screen shows what it was told: whoever told it sees that.
    onOwnPainted: (scope, position) => {
      const ids = ordersUpTo(situation, scope, position)
      if (urls === undefined) fleetWalls?.taken(ids)
      else served.tookOrders(ids)
    },
    authorize: (viewer, scope) => {
      const grant = viewer.pass === null ? null : authorizer.current(viewer.pass)
      const decision = authorizeScope(grant, scope, districtOf(situation, scope))
      return decision.allowed ? 'allowed' : decision.code
    },
    onDenied: (viewer, scope, code) => void securityLog.refused({ code, scope, ...whoIs(viewer) }),
  })
  let build = options.build
  const publicFeed = new Feed({ shown: situation, loop, beatMs: config.beatMs, build: () => build, health })
  const unwatchBuild =
    options.dashboardDir &&
    watchBuild(options.dashboardDir, build, (found) => {
      logger.info({ build: found }, 'another dashboard was built')
      build = found
      fanout.rebuilt(found)
    })
  const recheck = (change: AccessChange): void =>
    fanout.recheck(
      ({ pass }) =>
        pass !== null &&
        (change.everyone || change.accounts.has(pass.grant.account) || change.sessions.has(pass.session)),
      ({ pass }) => pass !== null && authorizer.current(pass) === null,
      ({ pass }) => pass?.grant.role === 'screen' && authorizer.current(pass)?.version !== pass.grant.version,
      ({ pass }) => pass !== null && authorizer.renewed(pass),
    )

  const streams = Promise.withResolvers<void>()
  const followed: FollowedOptions = {
    clock,
    logger,
    alsoRead: GRANT_TABLES,
    onState(state) {
      logger.info({ source: state.kind, position: state.position, error: state.error }, 'the change feed')
      if (state.kind === 'streaming') streams.resolve()
      fanout.healthChanged()
    },
    onSnapshot(snapshot) {
      authorizer.onSnapshot(snapshot.rows)
      publicFeed.before(snapshot)
      const moved = situation.reset(snapshot)
      logger.info({ position: situation.position, ...situation.size(), moved }, 'a snapshot was taken')
      if (moved === 'replaced') {
        publicFeed.replaced(snapshot.at)
        fanout.replaced()
      } else fanout.changed()
      options.onFolded?.(null)
      recheck({ everyone: true, accounts: new Set(), sessions: new Set() })
    },
    onTransaction(tx) {
      publicFeed.before(tx)
      const folded = situation.apply(tx)
      if (folded === 'resnapshot') {
        source.resnapshot('a change that cannot be folded: TRUNCATE, or the operation set back')
        return
      }
      if (folded === 'known') return
      options.onFolded?.(tx)
      const access = authorizer.onTransaction(tx)
      if (access !== undefined) recheck(access)
      fanout.changed()
    },
  }
  const source =
    config.feed === 'postgres'
      ? startSource({ ...followed, url: demandUrls(urls).hubUrl, publication: 'jitasa' })
      : startStreamSource(busOf(config, 'jitasa hub'), followed)
  watchSource(source, metrics, clock, situation)

  const wallsHere = (question: WallsQuestion) => fanout.walls.answer(question)
  const wallsOfHub = options.allWalls ?? wallsHere
  const fleetWalls =
    config.feed === 'postgres'
      ? undefined
      : startFleetWalls({
          ...{ bus: busOf(config, 'jitasa walls'), logger, answer: wallsHere, alone: wallsOfHub },
          ...{ now: () => clock.now(), name: `${hostname()}:${config.port}` },
          onTaken: urls && ((ids) => served.tookOrders(ids)),
        })
  const walls = allWalls(
    async (question) => (await fleetWalls?.ask(question)) ?? { walls: await wallsOfHub(question), silent: [] },
  )
  const admission = new Admission({
    handshakesPerSecond: config.handshakesPerSecond,
    socketsPerAddress: config.socketsPerAddress,
    socketsMax: config.socketsMax,
  })
  const shown = {
    ...options,
    situation,
    publicFeed,
    sockets: () => (config.publicFeed === 'only' ? 'scarce' : admission.sockets(clock.now())),
    authorizer,
    walls,
    sourceState: () => source.state(),
    build: () => build,
  }
  const served = urls === undefined ? serveScreens(shown) : serveApi(shown, urls)

  const proxies = trustedProxies(config.trustedProxies)
  const isOwnHost = ownHost(config.publicUrl)
  const carrier = {
    app,
    fanout,
    metrics: fanoutMetrics,
    now: () => clock.now(),
    ready: () => situation.epoch !== '',
    refusesHead,
    secure: isSecure(publicUrl),
    admission,
    identify(peer: string, headers: { readonly cookie: string; readonly forwardedFor: string }): Viewer {
      const address = proxies.client(proxies.peer(peer), headers.forwardedFor || undefined)
      const identity = authorizer.identify(headers.cookie, clock.now())
      return {
        address,
        pass: identity.kind === 'known' ? identity.pass : null,
        renewed: identity.kind === 'unknown' && identity.renewed === true,
      }
    },
    onRefused(viewer: Viewer, why: SocketRefusal) {
      // So many are there at once: nobody has done anything.
      if (why === 'busy') return
      const code = why === 'origin' ? 'foreign_origin' : 'too_many_sockets'
      void securityLog.refused({ code, ...whoIs(viewer) })
    },
    allowOrigin: (from: { readonly origin: string; readonly host: string }) =>
      isOwnHost(from.host) && isOwnPage(from, publicUrl),
  }
  fanout.attach(attachWebSocket(carrier))
  fanout.attach(attachSocketIo(carrier))
  const requests = new InFlight()
  const connectionsRefused = countRefusedConnections(metrics)
  mountHono(app, (request, bindings) => requests.count(served.fetch(request, bindings)), {
    logger,
    bodyBytesMax: config.bodyBytesMax,
    trustedProxies: config.trustedProxies,
    tls: config.tlsCert !== undefined,
    secure: isSecure(publicUrl),
    connectionsPerAddress: config.connectionsPerAddress,
    onConnectionRefused: () => connectionsRefused.inc(),
  })
  // The kernel gives a worker its share of the clients from the moment it listens.
  if (options.sharedPort) {
    await Promise.race([streams.promise, sleep(FIRST_STREAM_MS_MAX, undefined, { ref: false })])
  }
  const listening = await listen(app, config, options.sharedPort)
  return {
    port: uWS.us_socket_local_port(listening),
    source,
    situation,
    walls: wallsHere,
    spreadMs: (leastMs, hubs) => admission.handOverMs(hubs, leastMs),
    async stop(spreadMs, past = 0) {
      uWS.us_listen_socket_close(listening)
      for (let waitedMs = 0; situation.position < past && waitedMs < PAST_MS_MAX; waitedMs += PAST_LOOK_MS) {
        await sleep(PAST_LOOK_MS)
      }
      if (unwatchBuild) unwatchBuild()
      publicFeed.stop()
      await fanout.stop(spreadMs)
      await source.stop()
      await fleetWalls?.stop()
      await requests.done(REQUESTS_MS_MAX)
      // Answers are written in the turns that follow.
      await nextTurn()
      app.close()
      await served.close()
    },
  }
}

const PROBE_MS_MAX = 1000

/**
 * uWS listens with SO_REUSEPORT, which workers need and which would share the port with a stranger in silence. Binding
 * without it fails for a minute after a kill -9, while the killed hub's sockets linger. So somebody who listens is
 * found by calling him.
 * @throws PortTaken
 */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const answered = await new Promise<boolean>((resolve) => {
    const call = connect({
      host: host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host,
      port,
      timeout: PROBE_MS_MAX,
    })
    const end = (heard: boolean): void => {
      call.destroy()
      resolve(heard)
    }
    call.once('connect', () => end(true))
    call.once('timeout', () => end(false))
    call.once('error', () => end(false))
  })
  if (answered) throw new PortTaken(host, port)
}

async function listen(app: uWS.TemplatedApp, { host, port }: Config, shared: boolean): Promise<uWS.us_listen_socket> {
  if (!shared && port !== 0) await assertPortFree(host, port)
  return new Promise((resolve, reject) => {
    app.listen(host, port, (token) => (token ? resolve(token) : reject(new PortTaken(host, port))))
  })
}
