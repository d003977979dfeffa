import { createContext, createEffect, createMemo, on, onCleanup, useContext } from 'solid-js'
import { snapshotPath } from '../../../hub/contract/api/first-answers.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { takeFirstAnswer } from '../api/firstAnswers.ts'
import { noteAnswer } from '../api/http.ts'
import { screenNow } from '../clock.ts'
import { refreshSession } from '../session/account.ts'
import { hearHubClock } from './hubClock.ts'
import type { EarlySnapshot } from './inbox.ts'
import type { Link } from './link.ts'
import type { PublicCarrier } from './publicCarrier.ts'
import { renewAfterMs } from './renewal.ts'
import { createRest } from './rest.ts'
import { createSession, type LiveSession } from './session.ts'
import type { LiveStore } from './store.ts'
import type { Unattended } from './unattended.ts'
import { world } from './world.ts'

/** Makes what carries the frames of a session: carriers.ts, at once or late. */
export type Carriers = (scopes: readonly Scope[]) => PublicCarrier

const RELOADED_KEY = 'jitasa.reloadedAt'

function reload(at: number): void {
  sessionStorage.setItem(RELOADED_KEY, String(at))
  location.reload()
}

function reloadedAt(): number | null {
  const stored = sessionStorage.getItem(RELOADED_KEY)
  return stored === null ? null : Number(stored)
}

function earlySnapshot(scope: Scope): readonly EarlySnapshot[] {
  const answer = takeFirstAnswer(snapshotPath(scope))
  return answer?.epoch === undefined ? [] : [{ epoch: answer.epoch, delta: answer.body }]
}

export type SessionUse = {
  readonly carriers: Carriers
  /** the page lets go of its link while it is hidden; never a wall, nor a page that is listened for */
  readonly rests: boolean
  /** of a page that nobody attends */
  readonly unattended?: Unattended
  /** a wall, which tells the hub what it paints: whether it is shown now */
  readonly reports?: () => boolean
}

/** A live session for the owner's lifetime. */
export function useSession(
  scopes: readonly Scope[],
  { carriers, unattended, rests, reports }: SessionUse,
): LiveSession {
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
    ...(unattended && { onNewBuild: () => unattended.reloadWhenQuiet(() => reload(screenNow())) }),
    ...(unattended &&
      reports && { screen: { shown: unattended.watchScreen(reports), paints: unattended.createPaints } }),
  })
  createEffect(() => {
    if (session.store.status().connection.kind === 'open') noteAnswer()
  })
  const offsetMs = createMemo(() => session.store.status().offsetMs)
  createEffect(() => hearHubClock(offsetMs()))
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
