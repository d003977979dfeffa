import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { deltaText } from './payload.ts'

/**
 * The command protocol of every server of the bench, one command a line on stdin:
 *   flood BYTES       publish again and again, one message a turn of the loop, or whenever the last is on its way to all
 *   rate HERTZ BYTES  publish so often
 *   stop              → {"event":"stopped","published":n}, n since the last stop
 *   count             → {"event":"counted","published":n,"cpuUs":µs}: so far, and what getrusage(2) says, between two messages
 *   settle            collect garbage, so that memory can be read; before the first, V8's young generation is at its full size
 *                     → {"event":"settled"}
 *   quit              (also the end of stdin: no server outlives the bench)
 * and what a server adds itself. The first line on stdout is {"event":"listening","port":n}, with `pid` where the server is a
 * process of its own and this one only publishes.
 */
export type BenchServer = {
  /** One message of `bytes` bytes to all subscribers. */
  publish(bytes: number): void
  /** Whether the next message would be one of its own: a flood waits for that. */
  ready?(): boolean
  /** Between two looks at `ready`; without it, a turn of the loop. A publisher must not take the client's core. */
  readonly waitMs?: number
  /** CPU that the server has taken, where it is another process. */
  cpuUs?(): number
  /** Collects its garbage, where that is not this process's. */
  settle?(): Promise<void>
  readonly commands?: Readonly<Record<string, (...words: string[]) => void>>
}

/** No server of the bench lives longer, whatever happens to the bench. */
const LIFE_MS_MAX = 900_000

/** ms since 1970 with µs; the clock of the client (CLOCK_REALTIME) when the process is young. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now()
}

export function say(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`)
}

/** The same stream of deltas for the raw variants: positions are sequence numbers. */
export class Deltas {
  #sequence = 1

  next(bytes: number): string {
    this.#sequence++
    return deltaText(bytes, this.#sequence - 1, this.#sequence, preciseNow())
  }

  /** The answer to a subscription: everything so far. */
  whole(): string {
    return deltaText(300, 0, this.#sequence, preciseNow())
  }
}

class Publishing {
  readonly #server: BenchServer
  #bytes = 0
  #everyMs = 0
  #nextAt = 0
  #running = false
  #published = 0

  constructor(server: BenchServer) {
    this.#server = server
  }

  start(hertz: number, bytes: number): void {
    this.#bytes = bytes
    this.#everyMs = hertz === 0 ? 0 : 1000 / hertz
    this.#nextAt = performance.now()
    if (this.#running) return
    this.#running = true
    this.#again()
  }

  get published(): number {
    return this.#published
  }

  /** @returns how many messages were published since the last stop. */
  stop(): number {
    const published = this.#published
    this.#running = false
    this.#published = 0
    return published
  }

  #again(): void {
    if (!this.#running) return
    if (this.#everyMs === 0) setImmediate(() => this.#turn())
    else setTimeout(() => this.#turn(), Math.max(0, this.#nextAt - performance.now()))
  }

  #turn(): void {
    if (!this.#running) return
    this.#nextAt += this.#everyMs
    const ready = this.#everyMs > 0 || this.#server.ready?.() !== false
    // What is published at a rate may be folded into one message; of a flood each message is counted by every socket.
    if (ready) {
      this.#published++
      this.#server.publish(this.#bytes)
    }
    if (ready || this.#server.waitMs === undefined) this.#again()
    else setTimeout(() => this.#turn(), this.#server.waitMs)
  }
}

/** Objects that are alive at once while V8's young generation grows to its full size, and how often they are replaced. */
const ALIVE = 100_000
const REPLACED = 40

let grown = false

/** It grows with the first sockets that come, by 25 MB, once in a process's life: no part of what another socket costs. */
function growYoungGeneration(): void {
  if (grown) return
  grown = true
  const alive = new Array<{ readonly n: number }>(ALIVE)
  for (let n = 0; n < REPLACED * ALIVE; n++) alive[n % ALIVE] = { n }
}

function ownCpuUs(): number {
  const { user, system } = process.cpuUsage()
  return user + system
}

/**
 * Takes commands until `quit`. @param port where the server already listens.
 * @param pid of the server, where it is another process: it is what is measured
 */
export function serve(server: BenchServer, port: number, pid?: number): void {
  const publishing = new Publishing(server)
  const commands: Record<string, (...words: string[]) => void> = {
    flood: (bytes = '300') => publishing.start(0, Number(bytes)),
    rate: (hertz = '1', bytes = '300') => publishing.start(Number(hertz), Number(bytes)),
    stop: () => {
      say({ event: 'stopped', published: publishing.stop() })
    },
    count: () => {
      say({ event: 'counted', published: publishing.published, cpuUs: server.cpuUs?.() ?? ownCpuUs() })
    },
    settle: () => {
      growYoungGeneration()
      globalThis.gc?.()
      void (server.settle?.() ?? Promise.resolve()).then(() => say({ event: 'settled' }))
    },
    quit: () => process.exit(0),
    ...server.commands,
  }
  setTimeout(() => process.exit(1), LIFE_MS_MAX).unref()
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const [name = '', ...words] = line.trim().split(' ')
    const command = commands[name]
    if (command) command(...words)
    else process.stderr.write(`unknown command '${name}'\n`)
  })
  lines.on('close', () => process.exit(0))
  say({ event: 'listening', port, ...(pid === undefined ? {} : { pid }) })
}
