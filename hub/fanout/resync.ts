import type { Delta } from '../contract/live/messages.ts'
import type { Scope } from '../contract/live/scopes.ts'
import { Answers } from './answers.ts'
import type { Frame } from './frames.ts'
import { Questions } from './questions.ts'
import type { Session } from './session.ts'

/** ms of a turn spent on answers before the loop goes on: a storm must not hold back the flush. */
export const ANSWERS_BUDGET_MS = 5
/** ms a client that is ahead of this hub waits for it to catch up before it gets the whole scope. */
export const AHEAD_WAIT_MS = 5000

export type ResyncOptions = {
  readonly shown: { readonly position: number; since(scope: Scope, position: number): Delta }
  readonly loop: { now(): number; after(ms: number, task: () => void): () => void }
  /** a session has the answer that it asked for; `whole`: all of the scope */
  readonly answered: (whole: boolean) => void
}

/** Brings sessions up to date: who asks for a scope from a position gets one delta, and its topic from then on. */
export class Resync {
  readonly #options: ResyncOptions
  readonly #answers: Answers
  readonly #questions = new Questions()
  #answering = false

  constructor(options: ResyncOptions) {
    this.#options = options
    this.#answers = new Answers((scope, position) => options.shown.since(scope, position))
  }

  ask(session: Session, scope: Scope, at: number): void {
    this.#questions.ask(session, scope, at, this.#options.loop.now())
    this.#answerSoon()
  }

  /** It reads again: what it asked meanwhile is answered. */
  resume(session: Session): void {
    this.#questions.enqueue(session)
    this.#answerSoon()
  }

  /** The hub has moved, or time has passed: some who are ahead of it can be answered. */
  lookAhead(): void {
    const { loop, shown } = this.#options
    this.#questions.reached(shown.position, loop.now() - AHEAD_WAIT_MS)
    if (this.#questions.any) this.#answerSoon()
  }

  /** What was encoded is not the newest any more. */
  moved(): void {
    this.#answers.clear()
  }

  /** All of a scope after a position. */
  frameSince(scope: Scope, position: number): Frame {
    return this.#answers.get(scope, position)
  }

  #answerSoon(): void {
    if (this.#answering) return
    this.#answering = true
    this.#options.loop.after(0, () => this.#answer())
  }

  /** For at most ANSWERS_BUDGET_MS a turn; who is ahead of this hub waits for it. */
  #answer(): void {
    this.#answering = false
    const { loop, shown } = this.#options
    const began = loop.now()
    do {
      const next = this.#questions.next()
      if (next === undefined) return
      const { session, scope, question } = next
      const isAhead = question.at > shown.position
      if (isAhead && began - question.since < AHEAD_WAIT_MS) this.#questions.wait(session, scope, question)
      else this.#answerOne(session, scope, isAhead ? 0 : question.at)
    } while (loop.now() - began < ANSWERS_BUDGET_MS)
    if (this.#questions.any) this.#answerSoon()
  }

  #answerOne(session: Session, scope: Scope, from: number): void {
    session.link.send(this.frameSince(scope, from))
    // What could not be sent is still asked, and comes once the buffers have drained.
    if (session.flow.kind !== 'reading') return
    session.state.answered(scope)
    session.join(scope)
    this.#options.answered(from === 0)
  }
}
