import { createContext, createEffect, createMemo, on, onCleanup, useContext } from 'solid-js'
import { snapshotPath } from '../../../hub/contract/api/first-answers.ts'
import { isFeedScope, type Scope } from '../../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../../hub/contract/live/version.ts'
import { takeFirstAnswer } from '../api/firstAnswers.ts'
import { noteAnswer } from '../api/http.ts'
import { chance, screenNow } from '../clock.ts'
import { refreshSession, sessionState } from '../session/account.ts'
import { readsFeed } from './advice.ts'
import type { Carrier } from './carrier.ts'
import { createFallback } from './fallback.ts'
import { hearHubClock } from './hubClock.ts'
import type { EarlySnapshot } from './inbox.ts'
import { lazyTransport } from './lazy.ts'
import type { Link } from './link.ts'
import { reloadWhenQuiet } from './newBuild.ts'
import { createPublicCarrier, type PublicCarrier } from './publicCarrier.ts'
import { renewAfterMs } from './renewal.ts'
import { createRest } from './rest.ts'
import { createSession, type LiveSession, type SessionOptions, type SessionWorld } from './session.ts'
import type { LiveStore } from './store.ts'
import { liveUrl, webSocketTransport } from './websocket.ts'

const RELOADED_KEY = 'jitasa.reloadedAt'
const CARRIER_KEY = 'jitasa.carrier'

const world: SessionWorld = {
  now: screenNow,
  random: chance,
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
  frame: (task) => {
    if (document.visibilityState === 'hidden') setTimeout(task, 0)
    else requestAnimationFrame(task)
  },
  // A message posted within an animation frame is delivered after that frame's paint.
  painted: (task) => {
    if (document.visibilityState === 'hidden') return
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      channel.port1.close()
      task()
    }
    channel.port2.postMessage(null)
  },
}

function reload(at: number): void {
  sessionStorage.setItem(RELOADED_KEY, String(at))
  location.reload()
}

function reloadedAt(): number | null {
  const stored = sessionStorage.getItem(RELOADED_KEY)
  return stored === null ? null : Number(stored)
}

function rememberedCarrier(): Carrier | null {
  const stored = sessionStorage.getItem(CARRIER_KEY)
  return stored === 'live' || stored === 'socketio' ? stored : null
}

function sockets() {
  return createFallback({
    carriers: {
      live: webSocketTransport(liveUrl(location, PROTOCOL_VERSION)),
      socketio: lazyTransport(async () => {
        const { socketIoTransport } = await import('./socketio.ts')
        return socketIoTransport(location.origin, PROTOCOL_VERSION)
      }),
    },
    world,
    remembered: rememberedCarrier(),
    remember: (carrier) => sessionStorage.setItem(CARRIER_KEY, carrier),
  })
}

/** A body as it stands at an address; what may be kept, the browser keeps. */
async function bodyAt(path: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(path, { signal, credentials: 'omit' })
  return response.status === 200 ? response.text() : null
}

/** Those without an account may be sent to the feed, for what it has. */
function carriers(scopes: readonly Scope[]): PublicCarrier {
  if (sessionState().kind === 'in' || !scopes.every(isFeedScope)) return sockets()
  const feed = lazyTransport(async () => {
    const { feedTransport } = await import('./feed.ts')
    return feedTransport({ scopes, world, get: bodyAt })
  })
  return createPublicCarrier({ sockets: sockets(), feed, world, readsFeed })
}

function earlySnapshot(scope: Scope): readonly EarlySnapshot[] {
  const answer = takeFirstAnswer(snapshotPath(scope))
  return answer?.epoch === undefined ? [] : [{ epoch: answer.epoch, delta: answer.body }]
}

export type SessionUse = {
  /** the page reloads by itself when the hub has a new build */
  readonly unattended: boolean
  /** the page lets go of its link while it is hidden; never a wall, nor a page that is listened for */
  readonly rests: boolean
  /** a wall, which tells the hub what it paints: whether it is shown now */
  readonly reports?: () => boolean
}

/** A live session for the owner's lifetime. */
export function useSession(scopes: readonly Scope[], { unattended, rests, reports }: SessionUse): LiveSession {
  const transport = carriers(scopes)
  const session = createSession({
    scopes,
    early: scopes.flatMap(earlySnapshot),
    transport,
    carrier: transport.carrier,
    world,
    reloadedAt: reloadedAt(),
    reload,
    build: document.querySelector<HTMLMetaElement>('meta[name=jitasa-build]')?.content,
    ...(reports ? { screen: watchScreen(reports) } : {}),
    ...(unattended ? { onNewBuild: () => reloadWhenQuiet(() => reload(screenNow())) } : {}),
  })
  createEffect(() => {
    if (session.store.status().connection.kind === 'open') noteAnswer()
  })
  createEffect(() => hearHubClock(session.store.status().offsetMs))
  if (rests) restWhileHidden(session.link)
  renewWhenDenied(session)
  const online = () => session.link.networkChanged(true)
  const offline = () => session.link.networkChanged(false)
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)
  onCleanup(() => {
    window.removeEventListener('online', online)
    window.removeEventListener('offline', offline)
    session.stop()
  })
  return session
}

const FPS_EVERY_MS = 10_000

/** What the page shows, how large it is, and how many frames a second it can paint: counted for a second, now and then. */
function watchScreen(isShown: () => boolean): NonNullable<SessionOptions['screen']> {
  let fps: number | null = null
  const count = () => {
    let frames = -1
    let first = 0
    const frame = (at: number) => {
      if (frames === -1) first = at
      frames++
      if (at - first < 1_000) requestAnimationFrame(frame)
      else fps = Math.round((frames * 1_000) / (at - first))
    }
    requestAnimationFrame(frame)
  }
  count()
  const timer = setInterval(count, FPS_EVERY_MS)
  onCleanup(() => clearInterval(timer))
  return () => (isShown() ? { scene: document.title.slice(0, 60), fps, w: innerWidth, h: innerHeight } : null)
}

function restWhileHidden(link: Link): void {
  const rest = createRest(link, world)
  const look = () => rest.hidden(document.visibilityState === 'hidden')
  look()
  document.addEventListener('visibilitychange', look)
  onCleanup(() => {
    document.removeEventListener('visibilitychange', look)
    rest.stop()
  })
}

/** Not refused for so long: what was lost is there again. */
const ALLOWED_MS = 1_000

/**
 * A socket knows who looks from the pass of its handshake, which ends, or was lost, while the sign-in behind it may still hold. What
 * is refused asks who this is, which brings a new pass, and comes back with it: a wall that nobody watches is right again by itself.
 */
function renewWhenDenied({ store, link }: LiveSession): void {
  const isDenied = createMemo(() => store.status().denied !== null)
  let tries = 0
  createEffect(
    on(isDenied, (denied) => {
      let over = false
      const renew = async () => {
        tries++
        await refreshSession()
        if (over) return
        link.stop()
        link.start()
      }
      const allow = () => {
        tries = 0
      }
      const timer = setTimeout(denied ? renew : allow, denied ? renewAfterMs(tries) : ALLOWED_MS)
      onCleanup(() => {
        over = true
        clearTimeout(timer)
      })
    }),
  )
}

export const LiveContext = createContext<LiveStore>()

export function useLive(): LiveStore {
  const store = useContext(LiveContext)
  if (!store) throw new Error('useLive needs a LiveContext above it')
  return store
}
