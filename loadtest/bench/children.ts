import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A process of the bench that is told by lines and answers by JSON lines. It dies with the bench. */
export type Event = { readonly event: string } & Readonly<Record<string, unknown>>

const living = new Set<Child>()

/** Ends every child that still lives; for the end of the bench, however it comes. */
export function endAll(): void {
  for (const child of living) child.end()
}

export class Child {
  readonly pid: number
  readonly #process: ChildProcessWithoutNullStreams
  readonly #name: string
  readonly #waiting = new Map<string, { resolve(event: Event): void; reject(error: Error): void }>()
  readonly #exited: Promise<void>
  #errors = ''
  #brought: number | undefined
  #ended: Error | undefined

  /** @param cores to pin it to, one or more, or `undefined` to leave it to the scheduler */
  constructor(name: string, command: readonly string[], cores: string | undefined) {
    const [program = '', ...words] = cores === undefined ? command : ['taskset', '-c', cores, ...command]
    this.#name = name
    this.#process = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] })
    this.pid = this.#process.pid ?? 0
    living.add(this)
    this.#exited = new Promise((resolve) => {
      const gone = (why: string): void => {
        this.#lost(why)
        resolve()
      }
      this.#process.once('exit', (code, signal) => gone(`ended with ${signal ?? `code ${code}`}`))
      this.#process.once('error', (error) => gone(error.message))
    })
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#hear(line))
    this.#process.stderr.on('data', (chunk: Buffer) => {
      this.#errors = (this.#errors + chunk.toString()).slice(-2000)
    })
    this.#process.stdin.on('error', (error) => this.#lost(error.message))
  }

  /** @throws Error that says how it ended, when it has. */
  assertAlive(): void {
    if (this.#ended) throw this.#ended
  }

  tell(line: string): void {
    this.#process.stdin.write(`${line}\n`)
  }

  /** @throws Error when the child ends first or is silent for `ms`. */
  hear(event: string, ms: number): Promise<Event> {
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(event)
        reject(new Error(`${this.#name} did not answer '${event}' within ${ms} ms${this.#said()}`))
      }, ms)
      this.#waiting.set(event, {
        resolve: (value) => {
          clearTimeout(timer)
          resolve(value)
        },
        reject: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      })
    })
  }

  ask(line: string, event: string, ms: number): Promise<Event> {
    const answer = this.hear(event, ms)
    this.tell(line)
    return answer
  }

  /** A process that it has started, and that ends with it: killed, it could not end that itself. */
  brings(pid: number): void {
    this.#brought = pid
  }

  end(): void {
    if (living.has(this) && this.#brought !== undefined) process.kill(this.#brought, 'SIGKILL')
    this.#brought = undefined
    this.#process.kill('SIGKILL')
  }

  async stop(): Promise<void> {
    this.end()
    await this.#exited
  }

  #hear(line: string): void {
    if (!line.startsWith('{')) return
    const event = JSON.parse(line) as Event
    const waiting = this.#waiting.get(event.event)
    this.#waiting.delete(event.event)
    waiting?.resolve(event)
  }

  #said(): string {
    return this.#errors === '' ? '' : `; it said: ${this.#errors.trim()}`
  }

  #lost(why: string): void {
    living.delete(this)
    this.#ended ??= new Error(`${this.#name} ${why}${this.#said()}`)
    for (const { reject } of this.#waiting.values()) reject(this.#ended)
    this.#waiting.clear()
  }
}
