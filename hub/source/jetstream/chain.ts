import type { Change, Transaction } from '../../situation/index.ts'
import { type FeedMessage, SHAPE } from './message.ts'

/** Where a reader stands: it has taken everything of the stream up to `sequence`, which ends at `position`. */
export type Place = { readonly epoch: string; readonly position: number; readonly sequence: number }

/** `commits`: to be folded, in order. `snapshot`: what is held does not join; the newest snapshot must be taken. */
export type Step =
  | { readonly kind: 'commits'; readonly commits: readonly Transaction[] }
  | { readonly kind: 'snapshot'; readonly why: string }

const NOTHING: Step = { kind: 'commits', commits: [] }

/**
 * Joins messages to what is held. Each must have the next sequence and begin at the position where the last one ended;
 * what is doubled is known by its position, and what is missing by the place that it leaves.
 */
export class Chain {
  #place: Place
  /** of the commit whose parts are coming */
  #parts: { readonly commit: Transaction; readonly changes: Change[]; readonly next: number } | undefined

  constructor(place: Place) {
    this.#place = place
  }

  get place(): Place {
    return this.#place
  }

  add(message: FeedMessage, sequence: number): Step {
    const { epoch, position } = this.#place
    if (sequence !== this.#place.sequence + 1) {
      return gap(`message ${sequence} of the stream came after ${this.#place.sequence}`)
    }
    if (message.kind === 'reset') {
      this.#parts = undefined
      if (message.shape !== SHAPE) return gap('the feeder is of another version')
      if (message.epoch !== epoch || message.position !== position) return gap('a feeder began anew')
      return this.#take(position, NOTHING)
    }
    if (message.epoch !== epoch) return gap('the stream is of another database')
    const end = message.kind === 'part' ? message.commit.position : (message.commits.at(-1)?.position ?? message.from)
    if (end <= position) return this.#take(position, NOTHING)
    if (message.from !== position) return gap(`commits between ${position} and ${message.from} are missing`)
    return message.kind === 'part'
      ? this.#addPart(message)
      : this.#take(end, { kind: 'commits', commits: message.commits })
  }

  #addPart({ part, parts, commit }: FeedMessage & { kind: 'part' }): Step {
    const begun = part === 0 ? { commit, changes: [], next: 0 } : this.#parts
    if (begun === undefined || begun.next !== part || begun.commit.position !== commit.position) {
      return gap(`part ${part} of the commit at ${commit.position} does not join`)
    }
    begun.changes.push(...commit.changes)
    if (part < parts - 1) {
      this.#parts = { ...begun, next: part + 1 }
      return this.#take(this.#place.position, NOTHING)
    }
    this.#parts = undefined
    return this.#take(commit.position, { kind: 'commits', commits: [{ ...commit, changes: begun.changes }] })
  }

  #take(position: number, step: Step): Step {
    this.#place = { epoch: this.#place.epoch, position, sequence: this.#place.sequence + 1 }
    return step
  }
}

const gap = (why: string): Step => ({ kind: 'snapshot', why })
