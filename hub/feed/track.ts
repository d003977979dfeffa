import { STEP_MS } from '../contract/live/feed.ts'
import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { endedSteps, shiftOf } from './marks.ts'

/** What the feed is made of; hub/situation's Situation, or a synthetic one. */
export type FeedShown = {
  readonly epoch: string
  readonly position: number
  /** the position of the newest commit that touched the scope */
  movedAt(scope: Scope): number
  since(scope: Scope, position: number): Delta
}

/** Steps kept of each length: half a minute, two minutes, ten. Who was away for longer takes the snapshot. */
const KEPT_STEPS = [30, 12, 10] as const
/** A scope that moves gets a snapshot with every step of ten seconds: who comes takes it and at most nine short steps. */
const WITH_SNAPSHOT = 1
/** An index that is read again and again names the snapshot before for a while. */
const KEPT_SNAPSHOTS = 2
/** Of a scope that rests, snapshots made for the positions that other hubs name. */
const OTHERS_MAX = 8

/** What a feed has of one scope since somebody asked for it. */
export class Track {
  readonly scope: Scope
  /** ms: when an index was last asked for */
  askedAt: number
  readonly #shown: FeedShown
  readonly #shift: number
  readonly #steps: Delta[][] = STEP_MS.map(() => [])
  /** where the next step of each length begins */
  readonly #from: number[]
  #snapshots: Delta[]
  #ofOthers: Delta[] = []
  #to: number
  #sum: number

  constructor(shown: FeedShown, scope: Scope, now: number) {
    this.scope = scope
    this.askedAt = now
    this.#shown = shown
    this.#shift = shiftOf(scope)
    const all = shown.since(scope, 0)
    this.#snapshots = [all]
    this.#from = STEP_MS.map(() => all.to)
    this.#to = all.to
    this.#sum = all.sum
  }

  /** @param at, @param next commit times between which a second ended; the fold stands where it ended */
  mark(at: number, next: number): void {
    const moved = this.#shown.movedAt(this.scope)
    const ended = endedSteps(at, next, this.#shift)
    for (const length of ended) {
      const from = this.#from[length]!
      if (moved <= from) continue
      const step = this.#shown.since(this.scope, from)
      if (step.from === 0) {
        this.#beginAgain(step)
        return
      }
      this.#steps[length] = [...this.#steps[length]!, step].slice(-KEPT_STEPS[length]!)
      this.#from[length] = step.to
      this.#to = step.to
      this.#sum = step.sum
    }
    if (ended.includes(WITH_SNAPSHOT) && moved > this.#newest.to) this.#keepSnapshot()
  }

  get index(): { readonly to: number; readonly sum: number; readonly snapshot: number; steps: [number, number][] } {
    const steps = this.#steps.flat().map(({ from, to }): [number, number] => [from, to])
    return { to: this.#to, sum: this.#sum, snapshot: this.#newest.to, steps }
  }

  step(from: number, to: number): Delta | undefined {
    return this.#steps.flat().find((step) => step.from === from && step.to === to)
  }

  snapshot(to: number): Delta | undefined {
    return this.#snapshots.find((snapshot) => snapshot.to === to) ?? this.#snapshotOfOther(to)
  }

  /** A hub that was asked later began later: what has not moved since is the same at its position. */
  #snapshotOfOther(to: number): Delta | undefined {
    const moved = this.#shown.movedAt(this.scope)
    if (to < moved || to > this.#shown.position) return undefined
    this.#ofOthers = this.#ofOthers.filter((snapshot) => snapshot.to >= moved)
    const known = this.#ofOthers.find((snapshot) => snapshot.to === to)
    if (known !== undefined || this.#ofOthers.length >= OTHERS_MAX) return known
    const made = { ...this.#shown.since(this.scope, 0), to }
    this.#ofOthers.push(made)
    return made
  }

  get #newest(): Delta {
    return this.#snapshots.at(-1)!
  }

  #keepSnapshot(): void {
    this.#snapshots = [...this.#snapshots, this.#shown.since(this.scope, 0)].slice(-KEPT_SNAPSHOTS)
  }

  /** What was removed since the last mark is more than the fold remembers: no step leads here. */
  #beginAgain(all: Delta): void {
    this.#snapshots = [all]
    for (const length of STEP_MS.keys()) {
      this.#steps[length] = []
      this.#from[length] = all.to
    }
    this.#to = all.to
    this.#sum = all.sum
  }
}
