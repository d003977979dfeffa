import type { Delta, Painted, ScreenState } from '../contract/live/messages.ts'
import { isEphemeral, type Scope } from '../contract/live/scopes.ts'
import type { FanoutMetrics } from './metrics.ts'
import type { Session } from './session.ts'
import { PositionTrail } from './trail.ts'

/**
 * How often a wall tells what it has painted while its numbers keep changing (rule P1). A message takes the hub nearly
 * as much as a frame to a socket, 5 and 7 µs: with 500 walls at ten frames a second the hub's CPU was 1.10 times that
 * of walls that tell nothing (tests/measures/receipts.measure.ts), and told every second it would be more.
 */
export const PAINT_MS = 2000
/** A wall that tells nothing of itself for longer has stopped: it does so every 10 s (rule P2). */
export const SILENT_MS_MAX = 15_000
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

/** What is asked of every process that serves walls; without a position, of each wall all that is known. */
export type WallsQuestion = { readonly scopes: readonly Scope[]; readonly position: number } | null

/** The walls of all processes. */
export type AllWalls = {
  reports(): Promise<readonly WallReport[]>
  receipts(scopes: readonly Scope[], position: number): Promise<readonly WallReceipt[]>
}

/** @param ask each process. @returns what they answer, in one list; one that does not answer is left out */
export function allWalls(ask: (question: WallsQuestion) => Promise<readonly unknown[]>): AllWalls {
  return {
    reports: async () => (await ask(null)) as readonly WallReport[],
    receipts: async (scopes, position) => (await ask({ scopes, position })) as readonly WallReceipt[],
  }
}

type Wall = {
  readonly account: string | null
  readonly connectedAt: number
  readonly painted: Map<Scope, PositionTrail>
  state: ScreenState | null
  heardAt: number
  paintedAt: number
}

export type WallsOptions = {
  readonly now: () => number
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
    const { shown, metrics, onOwn, now } = this.#options
    if (e !== shown.epoch) {
      metrics.painted('epoch')
      return
    }
    const wall = this.#wall(session)
    wall.heardAt = now()
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
  }

  says(session: Session, { t: _, ...state }: ScreenState & { readonly t: 'screen' }): void {
    const wall = this.#wall(session)
    wall.state = state
    wall.heardAt = this.#options.now()
  }

  left(session: Session): void {
    const wall = this.#walls.get(session)
    if (wall === undefined) return
    const last = this.#report(session, wall)
    this.#walls.delete(session)
    if (wall.account === null) return
    this.#gone.delete(wall.account)
    this.#gone.set(wall.account, { ...last, goneSince: this.#options.now() })
    if (this.#gone.size > GONE_MAX) this.#gone.delete(this.#gone.keys().next().value!)
  }

  answer(question: WallsQuestion): readonly (WallReport | WallReceipt)[] {
    return question === null ? this.reports() : this.receipts(question.scopes, question.position)
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
    const now = this.#options.now()
    const wall: Wall = {
      account: pass?.grant.role === 'screen' ? pass.grant.account : null,
      connectedAt: now,
      painted: new Map(),
      state: null,
      heardAt: now,
      paintedAt: 0,
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
      if (left !== undefined) since = Math.min(since, Math.max(left, wall.connectedAt))
    }
    if (this.#options.now() - wall.heardAt > SILENT_MS_MAX) since = Math.min(since, wall.heardAt)
    return since === Number.POSITIVE_INFINITY ? null : since
  }

  #report(session: Session, wall: Wall): WallReport {
    const { account, state, paintedAt, connectedAt } = wall
    const position = Math.max(0, ...[...wall.painted.values()].map(({ newest }) => newest))
    const behindSince = this.#behindSince(session, wall)
    return { account, state, position, paintedAt, behindSince, connectedAt, goneSince: null }
  }
}
