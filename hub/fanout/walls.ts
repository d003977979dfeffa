import type { Delta, Painted, ScreenState } from '../contract/live/messages.ts'
import { isEphemeral, type Scope } from '../contract/live/scopes.ts'
import type { FanoutMetrics } from './metrics.ts'
import type { Session } from './session.ts'
import { PositionTrail } from './trail.ts'

/**
 * How often a wall tells what it has painted while its numbers keep changing and nobody asks (rule P1). A message takes
 * the hub more than a frame to a socket: told every ten seconds, its CPU was 1.05 times that of walls that tell nothing
 * (tests/measures/receipts.measure.ts). Who wants to know has them told (P4).
 */
export const PAINT_MS = 30_000
/** A wall that is asked answers after its next frame; one that has not by then counts as it was (rule P4). */
export const ANSWER_MS_MAX = 300
/** A wall is asked so often at most, however many want to know. */
export const TELL_EVERY_MS = 500
/** A wall that tells nothing of itself for longer has stopped: it does so every 30 s (rule P2). */
export const SILENT_MS_MAX = 45_000
/** Screens that are remembered when they have gone. */
const GONE_MAX = 2000

/** What one hub knows of one wall. `account`: of a screen's own account; others are counted, not named. */
export type WallReport = {
  readonly account: string | null
  readonly state: ScreenState | null
  /** newest position on the screen, of any scope; when the hub heard of it (ms); 0: nothing yet */
  readonly position: number
  readonly paintedAt: number
  /** since when something is published that is not on the screen, or it says nothing; `null`: all is painted */
  readonly behindSince: number | null
  readonly connectedAt: number
  /** since when it has no link; `null`: it has one */
  readonly goneSince: number | null
}

/** Of one wall and a position. `ms`: the longest that a commit up to it may have taken; `null`: not painted, or not known. */
export type WallReceipt = Pick<WallReport, 'account' | 'behindSince'> & {
  readonly painted: boolean
  readonly ms: number | null
}

/** What is asked of every process that serves walls: of a position, or of each wall all that is known, as it is `now` or was said last. */
export type WallsQuestion =
  | { readonly kind: 'receipts'; readonly scopes: readonly Scope[]; readonly position: number }
  | { readonly kind: 'reports'; readonly now: boolean }

/** Of all walls that could be asked. `silent`: hubs of the fleet that did not answer; nothing is known of their walls */
export type WallsAnswer<T = unknown> = { readonly walls: readonly T[]; readonly silent: readonly string[] }

/** The walls of all processes. */
export type AllWalls = {
  reports(now: boolean): Promise<WallsAnswer<WallReport>>
  receipts(scopes: readonly Scope[], position: number): Promise<WallsAnswer<WallReceipt>>
}

/** @param ask each process. @returns what they answer, in one list */
export function allWalls(ask: (question: WallsQuestion) => Promise<WallsAnswer>): AllWalls {
  return {
    reports: async (now) => (await ask({ kind: 'reports', now })) as WallsAnswer<WallReport>,
    receipts: async (scopes, position) =>
      (await ask({ kind: 'receipts', scopes, position })) as WallsAnswer<WallReceipt>,
  }
}

type Wall = {
  readonly account: string | null
  readonly connectedAt: number
  readonly painted: Map<Scope, PositionTrail>
  state: ScreenState | null
  heardAt: number
  paintedAt: number
  /** when it was last asked what it has painted */
  toldAt: number
}

/** Those who were asked and have not answered, for somebody who waits for them. */
type Waiting = { readonly left: Set<Wall>; readonly done: () => void }

export type WallsOptions = {
  readonly loop: { now(): number; after(ms: number, task: () => void): () => void }
  /** `tell` goes to a wall */
  readonly tell: (session: Session) => void
  /** of the fold: epoch and position */
  readonly shown: { readonly epoch: string; readonly position: number }
  readonly metrics: Pick<FanoutMetrics, 'painted'>
  /** a screen has painted what stands in a scope of one thing */
  readonly onOwn?: ((scope: Scope, position: number) => void) | undefined
}

/**
 * What walls say that they have painted, folded per wall and scope: a message costs a few numbers, a frame one entry a
 * scope, and only who asks for a receipt pays for a look at all.
 */
export class Walls {
  readonly #options: WallsOptions
  readonly #walls = new Map<Session, Wall>()
  /** when each position of a scope left the hub */
  readonly #published = new Map<Scope, PositionTrail>()
  /** screens without a link, by account */
  readonly #gone = new Map<string, WallReport>()
  readonly #waiting = new Set<Waiting>()

  constructor(options: WallsOptions) {
    this.#options = options
  }

  get size(): number {
    return this.#walls.size
  }

  published(deltas: readonly Delta[], now: number): void {
    for (const { s, to } of deltas) {
      if (isEphemeral(s)) continue
      let trail = this.#published.get(s)
      if (trail === undefined) {
        trail = new PositionTrail()
        this.#published.set(s, trail)
      }
      trail.push(to, now)
    }
  }

  /** Positions of another epoch say nothing. */
  reset(): void {
    this.#published.clear()
    for (const wall of this.#walls.values()) wall.painted.clear()
  }

  painted(session: Session, { e, p }: Painted): void {
    const { shown, metrics, onOwn, loop } = this.#options
    if (e !== shown.epoch) {
      metrics.painted('epoch')
      return
    }
    const wall = this.#wall(session)
    wall.heardAt = loop.now()
    for (const [scope, position, ms] of p) {
      if (!session.state.scopes.has(scope)) metrics.painted('scope')
      else if (position > shown.position) metrics.painted('future')
      else if (position < (wall.painted.get(scope)?.newest ?? 0)) metrics.painted('past')
      else {
        this.#trail(wall, scope).push(position, ms ?? Number.NaN)
        wall.paintedAt = wall.heardAt
        metrics.painted('taken')
        if (onOwn && isEphemeral(scope)) onOwn(scope, position)
      }
    }
    this.#heard(wall)
  }

  says(session: Session, { t: _, ...state }: ScreenState & { readonly t: 'screen' }): void {
    const wall = this.#wall(session)
    wall.state = state
    wall.heardAt = this.#options.loop.now()
  }

  left(session: Session): void {
    const wall = this.#walls.get(session)
    if (wall === undefined) return
    const last = this.#report(session, wall)
    this.#walls.delete(session)
    this.#heard(wall)
    if (wall.account === null) return
    this.#gone.delete(wall.account)
    this.#gone.set(wall.account, { ...last, goneSince: this.#options.loop.now() })
    if (this.#gone.size > GONE_MAX) this.#gone.delete(this.#gone.keys().next().value!)
  }

  /** After those of whom it is not known were asked, and have answered or had the time to. */
  async answer(question: WallsQuestion): Promise<readonly (WallReport | WallReceipt)[]> {
    if (question.kind === 'reports') {
      if (question.now) await this.#ask((session, wall) => this.#behindSince(session, wall) !== null)
      return this.reports()
    }
    const { scopes, position } = question
    await this.#ask((session, wall) => scopes.some((scope) => isMissing(session, wall, scope, position)))
    return this.receipts(scopes, position)
  }

  #ask(isAsked: (session: Session, wall: Wall) => boolean): Promise<void> {
    const { loop, tell } = this.#options
    const now = loop.now()
    const left = new Set<Wall>()
    for (const [session, wall] of this.#walls) {
      if (!isAsked(session, wall)) continue
      if (now - wall.toldAt >= TELL_EVERY_MS) {
        wall.toldAt = now
        tell(session)
      } else if (wall.heardAt > wall.toldAt || now - wall.toldAt >= ANSWER_MS_MAX) continue
      left.add(wall)
    }
    if (left.size === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const done = () => {
        cancel()
        this.#waiting.delete(waiting)
        resolve()
      }
      const waiting: Waiting = { left, done }
      const cancel = loop.after(ANSWER_MS_MAX, done)
      this.#waiting.add(waiting)
    })
  }

  /** Nobody waits for this one any more. */
  #heard(wall: Wall): void {
    for (const { left, done } of this.#waiting) if (left.delete(wall) && left.size === 0) done()
  }

  /** Every wall with a link, and every screen that had one. */
  reports(): WallReport[] {
    const here = [...this.#walls].map(([session, wall]) => this.#report(session, wall))
    const accounts = new Set(here.map(({ account }) => account))
    return [...here, ...[...this.#gone.values()].filter(({ account }) => !accounts.has(account))]
  }

  /** Of each wall that follows one of `scopes`: whether all of them that it follows are painted up to `position`. */
  receipts(scopes: readonly Scope[], position: number): WallReceipt[] {
    const out: WallReceipt[] = []
    for (const [session, wall] of this.#walls) {
      const followed = scopes.filter((scope) => session.state.scopes.has(scope))
      if (followed.length === 0) continue
      const times = followed.map((scope) => wall.painted.get(scope)?.valueAt(position))
      const painted = !times.includes(undefined)
      const ms = painted ? Math.max(...times.map(Number)) : Number.NaN
      const behindSince = this.#behindSince(session, wall)
      out.push({ account: wall.account, painted, ms: Number.isNaN(ms) ? null : ms, behindSince })
    }
    return out
  }

  #wall(session: Session): Wall {
    const known = this.#walls.get(session)
    if (known) return known
    const { pass } = session.link.viewer
    const now = this.#options.loop.now()
    const wall: Wall = {
      account: pass?.grant.role === 'screen' ? pass.grant.account : null,
      connectedAt: now,
      painted: new Map(),
      state: null,
      heardAt: now,
      paintedAt: 0,
      toldAt: Number.NEGATIVE_INFINITY,
    }
    this.#walls.set(session, wall)
    return wall
  }

  #trail(wall: Wall, scope: Scope): PositionTrail {
    let trail = wall.painted.get(scope)
    if (trail === undefined) {
      trail = new PositionTrail()
      wall.painted.set(scope, trail)
    }
    return trail
  }

  #behindSince(session: Session, wall: Wall): number | null {
    let since = Number.POSITIVE_INFINITY
    for (const scope of session.state.scopes) {
      const left = this.#published.get(scope)?.valueAfter(wall.painted.get(scope)?.newest ?? 0)
      if (left === undefined) continue
      // What left so long ago that it is forgotten did so after the last that is on the screen.
      since = Math.min(since, Math.max(Number.isNaN(left) ? wall.paintedAt : left, wall.connectedAt))
    }
    if (this.#options.loop.now() - wall.heardAt > SILENT_MS_MAX) since = Math.min(since, wall.heardAt)
    return since === Number.POSITIVE_INFINITY ? null : since
  }

  #report(session: Session, wall: Wall): WallReport {
    const { account, state, paintedAt, connectedAt } = wall
    const position = Math.max(0, ...[...wall.painted.values()].map(({ newest }) => newest))
    const behindSince = this.#behindSince(session, wall)
    return { account, state, position, paintedAt, behindSince, connectedAt, goneSince: null }
  }
}

function isMissing({ state }: Session, { painted }: Wall, scope: Scope, position: number): boolean {
  return state.scopes.has(scope) && (painted.get(scope)?.newest ?? 0) < position
}
