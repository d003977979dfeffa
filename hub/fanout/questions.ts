import type { Scope } from '../contract/live/scopes.ts'
import type { Question, Session } from './session.ts'

/** First in, first out, without moving what remains at every step. */
class Line<T> {
  #items: T[] = []
  #head = 0

  get length(): number {
    return this.#items.length - this.#head
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T | undefined {
    const item = this.#items[this.#head++]
    if (this.#head >= this.#items.length || this.#head > 1024) {
      this.#items = this.#items.slice(this.#head)
      this.#head = 0
    }
    return item
  }
}

/**
 * Subscriptions that wait for their answer: at most one per session and scope, so that nobody grows it by asking again.
 * Addresses take turns, and within one its sessions in the order they came: whoever asks at full speed over many
 * sockets waits for himself.
 */
export class Questions {
  readonly #lines = new Map<string, Line<Session>>()
  readonly #turns = new Line<string>()
  readonly #ahead = new Set<Session>()

  /** Asks; a question that waits already is moved back to the lower of both positions. */
  ask(session: Session, scope: Scope, at: number, now: number): void {
    const { state } = session
    const known = state.asked.get(scope)
    if (known === undefined) state.ask(scope, { at, since: now, ahead: false })
    else state.ask(scope, { at: Math.min(known.at, at), since: known.since, ahead: false })
    this.enqueue(session)
  }

  /** A session that is behind waits outside until it has drained. */
  enqueue(session: Session): void {
    if (session.queued || session.flow.kind !== 'reading' || session.state.asked.size === 0) return
    session.queued = true
    const [key] = session.rateKeys
    const line = this.#lines.get(key)
    if (line !== undefined) {
      line.push(session)
      return
    }
    const fresh = new Line<Session>()
    fresh.push(session)
    this.#lines.set(key, fresh)
    this.#turns.push(key)
  }

  /** Whose turn it is. Its question stays until `answered`, so that what fills the buffers with the answer keeps it. */
  next(): { readonly session: Session; readonly scope: Scope; readonly question: Question } | undefined {
    for (let key = this.#turns.shift(); key !== undefined; key = this.#turns.shift()) {
      const line = this.#lines.get(key)
      const session = line?.shift()
      if (line !== undefined && line.length > 0) this.#turns.push(key)
      else this.#lines.delete(key)
      if (session === undefined) continue
      session.queued = false
      if (session.flow.kind !== 'reading') continue
      for (const [scope, question] of session.state.asked) {
        if (question.ahead) continue
        if (session.state.asked.size > 1) this.enqueue(session)
        return { session, scope, question }
      }
    }
    return undefined
  }

  /** Puts a question aside that asks from a position this hub has not reached. */
  wait(session: Session, scope: Scope, question: Question): void {
    session.state.ask(scope, { ...question, ahead: true })
    this.#ahead.add(session)
  }

  /** Brings back what was put aside and can be answered: the hub is at `position`, or it has waited since before `before`. */
  reached(position: number, before: number): void {
    for (const session of this.#ahead) {
      let waits = false
      let ready = false
      for (const [scope, question] of session.state.asked) {
        if (!question.ahead) continue
        if (question.at > position && question.since > before) waits = true
        else {
          session.state.ask(scope, { ...question, ahead: false })
          ready = true
        }
      }
      if (!waits || session.flow.kind === 'closed') this.#ahead.delete(session)
      if (ready) this.enqueue(session)
    }
  }

  get any(): boolean {
    return this.#lines.size > 0
  }
}
