import { setTimeout as sleep } from 'node:timers/promises'

/** Counts what is under way, so that a process that stops can wait for it. */
export class InFlight {
  readonly #all = new Set<Promise<unknown>>()

  count<T>(work: T | Promise<T>): T | Promise<T> {
    if (!(work instanceof Promise)) return work
    this.#all.add(work)
    const over = (): void => void this.#all.delete(work)
    work.then(over, over)
    return work
  }

  /** Resolves when nothing is under way, or after `msMax`. */
  async done(msMax: number): Promise<void> {
    await Promise.race([Promise.allSettled(this.#all), sleep(msMax, undefined, { ref: false })])
  }
}
