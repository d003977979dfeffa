import type { ClientMessage, ScreenState } from '../../../hub/contract/live/messages.ts'
import type { Scope } from '../../../hub/contract/live/scopes.ts'
import type { World } from './link.ts'

/** Scopes that one `painted` names; PAINTED_MAX of hub/contract/live/messages.ts, whose schemas a page does not load. */
const NAMED_MAX = 12
/** A wall that has nothing new to say says what it is so often (PROTOCOL.md, P2). */
export const SCREEN_EVERY_MS = 30_000
/** One that tells what it paints says what it is so often. */
export const STATE_EVERY_MS = 120_000
/** Walls that begin together shall not tell together for ever: each comes up to so much of its time earlier. */
const SPREAD = 0.25
/**
 * The last part of the pace it waits for a paint to tell with: what many walls say just after they were told something,
 * a hub reads in few turns; by timers of their own, each would be a turn.
 */
const TOGETHER = 0.05
/** As long as the hub has not said how often it wants to hear. */
const PAINT_MS = 1_000
const MS_MAX = 86_400_000
/** Asked by the hub, a wall waits so long for the paint of what came with the question (P4). */
export const ASKED_MS = 50

export type Paint = {
  readonly scope: Scope
  readonly position: number
  /** the longest from commit to paint, ms; `null`: not known */
  readonly ms: number | null
}

export type PaintsOptions = {
  readonly world: Pick<World, 'now' | 'after' | 'random'>
  readonly send: (messages: readonly ClientMessage[]) => void
  /** `null` while the wall is not shown: then it paints nothing */
  readonly state: () => ScreenState | null
}

export type Paints = {
  /** the link is new: what is painted is said anew. @param epoch another one: nothing of it is painted yet */
  greeted(epoch: string, paintMs: number): void
  painted(paints: readonly Paint[]): void
  /** the hub wants to know now */
  asked(): void
  stop(): void
}

/** What is on the screen, told to the hub: at once after quiet, else at its pace; and what the screen is, now and then. */
export function createPaints({ world, send, state }: PaintsOptions): Paints {
  const held = new Map<Scope, number>()
  /** longest times of what has not been said yet */
  const unsaid = new Map<Scope, number | null>()
  let epoch: string | undefined
  let paintMs = PAINT_MS
  /** when it says again what is painted; until then it waits */
  let dueAt = Number.NEGATIVE_INFINITY
  let stateAt = Number.NEGATIVE_INFINITY
  let stateSaid = ''
  let cancel: (() => void) | undefined

  const say = () => {
    cancel = undefined
    const now = state()
    if (epoch === undefined) return
    if (now === null) {
      for (const scope of held.keys()) unsaid.set(scope, null)
      soon(paintMs)
      return
    }
    const at = world.now()
    if (unsaid.size > 0) dueAt = at + paintMs * (1 - TOGETHER) * (1 - SPREAD * world.random())
    const all = [...unsaid].map(([scope, ms]): [Scope, number, number | null] => [scope, held.get(scope) ?? 0, ms])
    unsaid.clear()
    const messages: ClientMessage[] = []
    for (let i = 0; i < all.length; i += NAMED_MAX) {
      messages.push({ t: 'painted', e: epoch, p: all.slice(i, i + NAMED_MAX) })
    }
    // Frame rate and latency move all the time.
    const text = JSON.stringify({ ...now, ms: 0, fps: 0 })
    const isDue = at - stateAt >= (messages.length > 0 ? STATE_EVERY_MS : SCREEN_EVERY_MS)
    if (held.size > 0 && (text !== stateSaid || isDue)) {
      stateSaid = text
      stateAt = at
      messages.push({ t: 'screen', ...now })
    }
    send(messages)
    soon(SCREEN_EVERY_MS)
  }
  const soon = (ms: number) => {
    cancel?.()
    cancel = world.after(ms, say)
  }

  return {
    greeted(next, pace) {
      if (epoch !== next) held.clear()
      epoch = next
      paintMs = pace
      unsaid.clear()
      for (const scope of held.keys()) unsaid.set(scope, null)
      stateSaid = ''
      soon(paintMs)
    },
    painted(paints) {
      for (const { scope, position, ms } of paints) {
        held.set(scope, position)
        const known = unsaid.get(scope)
        const longest = ms === null ? (known ?? null) : Math.max(known ?? 0, ms)
        unsaid.set(scope, longest === null ? null : Math.min(MS_MAX, Math.round(longest)))
      }
      if (unsaid.size === 0) return
      // Who has told the screen something waits for it.
      const isOwn = paints.some(({ scope }) => scope.startsWith('screen:'))
      const left = isOwn ? 0 : dueAt - world.now()
      soon(left <= 0 ? 0 : left + paintMs * TOGETHER)
    },
    asked() {
      dueAt = Number.NEGATIVE_INFINITY
      if (unsaid.size > 0) soon(ASKED_MS)
    },
    stop() {
      cancel?.()
      epoch = undefined
    },
  }
}
