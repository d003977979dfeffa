import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Child, type Event } from './children.ts'
import { type Cores, pin } from './cores.ts'
import { type CoreTimes, readCoreTimes, readCpuSeconds, readMemory } from './proc.ts'
import type { Window } from './saturation.ts'
import type { Histogram } from './stats.ts'
import type { Variant } from './variants.ts'

/** A server of a variant and the clients upon it, on the cores they were given. */

export const START_MS_MAX = 20_000
export const ANSWER_MS_MAX = 20_000
export const OPEN_MS_MAX = 60_000
const QUIET_MS = 300
const QUIET_TRIES_MAX = 30
const OWED_LOOK_MS = 200

/** The client's counters over a window (native/tally.c). */
export type Tally = {
  readonly ready: number
  readonly deliveries: number
  readonly bytes: number
  readonly others: number
  readonly gaps: number
  readonly stale: number
  readonly snapshots: number
  readonly closed: number
  readonly refused: number
  readonly perSocketMin: number
  readonly perSocketMax: number
  readonly positionMin: number
  readonly positionMax: number
}

export type Opened = Tally & { readonly ms: number; readonly gaveUp: number }
export type Marked = Tally & { readonly ns: number; readonly latency: Histogram }

export type Measured = {
  readonly seconds: number
  readonly serverSeconds: number
  readonly shares: Window
}

export class Stage {
  readonly servers: Child[] = []
  /** of servers that somebody else started and ends */
  readonly #adopted: number[] = []
  /** pids of servers that are another process than the one that is told */
  readonly #told = new Map<Child, number>()
  readonly clients: Child[] = []
  readonly #cores: Cores
  readonly #client: string

  constructor(cores: Cores, client: string) {
    this.#cores = cores
    this.#client = client
  }

  /** @param on the core that servers have for themselves, or that and the client's. @returns the port it listens on. */
  async startServer(variant: Variant, on: 'own' | 'both' = 'own'): Promise<number> {
    const server = new Child(variant.title, variant.command, this.#coresOf(on))
    this.servers.push(server)
    const { port, pid } = await server.hear('listening', START_MS_MAX)
    if (pid !== undefined) this.#separate(server, Number(pid))
    return Number(port)
  }

  /** The server is another process, that has its core already; who tells it what to publish sits with the client. */
  #separate(teller: Child, pid: number): void {
    this.#told.set(teller, pid)
    teller.brings(pid)
    if (this.#cores.client !== undefined) pin(teller.pid, String(this.#cores.client))
  }

  /** Servers that run already: they get their cores, and their CPU is watched. */
  adoptServers(pids: readonly number[], on: 'own' | 'both' = 'own'): void {
    this.#adopted.push(...pids)
    const cores = this.#coresOf(on)
    if (cores !== undefined) for (const pid of pids) pin(pid, cores)
  }

  #pidOf(server: Child): number {
    return this.#told.get(server) ?? server.pid
  }

  #coresOf(on: 'own' | 'both'): string | undefined {
    const { server, client } = this.#cores
    if (server === undefined) return undefined
    return on === 'own' ? String(server) : `${server},${client}`
  }

  startClient(variant: Variant, port: number, sockets: number, words: readonly string[] = []): Child {
    const command = [this.#client, '--port', String(port), '--sockets', String(sockets), ...variant.dialect, ...words]
    const client = new Child('load client', command, this.#cores.client?.toString())
    this.clients.push(client)
    return client
  }

  /** @throws Error when a socket could not be opened: a row of fewer sockets would not be comparable. */
  async open(client: Child, sockets: number): Promise<Opened> {
    const opened = (await client.ask('open', 'open', OPEN_MS_MAX + ANSWER_MS_MAX)) as Event & Opened
    if (opened.ready !== sockets) throw new Error(`only ${opened.ready} of ${sockets} sockets could be opened`)
    return opened
  }

  tellServers(line: string): void {
    for (const server of this.servers) server.tell(line)
  }

  tellClients(line: string): void {
    for (const client of this.clients) client.tell(line)
  }

  /** Messages published since the last stop, and the CPU all servers have taken, between two messages. */
  async count(): Promise<{ readonly published: number; readonly cpuSeconds: number }> {
    const counted = await Promise.all(this.servers.map((server) => server.ask('count', 'counted', ANSWER_MS_MAX)))
    return {
      published: counted.reduce((sum, { published }) => sum + Number(published), 0),
      cpuSeconds: counted.reduce((sum, { cpuUs }) => sum + Number(cpuUs), 0) / 1e6,
    }
  }

  async dismiss(client: Child): Promise<void> {
    await client.stop()
    this.clients.splice(this.clients.indexOf(client), 1)
  }

  /**
   * Stops publishing and waits until the sockets have gone silent; or, where it is known how many messages they are
   * owed, until those have come: on a busy machine a server is silent before it is through.
   * @returns what still came, and what was published
   */
  async quiet(
    owes?: (published: number) => number,
  ): Promise<{ readonly marks: Marked[]; readonly published: readonly number[] }> {
    const stopped = await Promise.all(this.servers.map((server) => server.ask('stop', 'stopped', ANSWER_MS_MAX)))
    const published = stopped.map((answer) => Number(answer.published))
    const owed = owes?.(published.reduce((sum, count) => sum + count, 0))
    const marks: Marked[] = []
    let came = 0
    for (let i = 0; i < QUIET_TRIES_MAX && !(owed !== undefined && came >= owed); i++) {
      await sleep(owed === undefined ? QUIET_MS : OWED_LOOK_MS)
      const now = await this.mark()
      marks.push(...now)
      const count = now.reduce((sum, { deliveries }) => sum + deliveries, 0)
      came += count
      if (owed === undefined && count === 0) break
    }
    return { marks, published }
  }

  /** Bytes that belong to the server alone, garbage collected. */
  async settledBytes(server: Child): Promise<number> {
    for (let i = 0; i < 2; i++) {
      await server.ask('settle', 'settled', ANSWER_MS_MAX)
      await sleep(150)
    }
    return readMemory(this.#pidOf(server)).private
  }

  async mark(): Promise<Marked[]> {
    return (await Promise.all(this.clients.map((client) => client.ask('mark', 'mark', ANSWER_MS_MAX)))) as Event[] &
      Marked[]
  }

  /** Deliveries and CPU over `ms`. */
  async measure(ms: number): Promise<Measured & { readonly marks: readonly Marked[] }> {
    await this.mark()
    const { value: marks, ...measured } = await this.watch(async () => {
      await sleep(ms)
      return this.mark()
    })
    return { ...measured, marks }
  }

  /** What the processes and the cores did while `run` ran. */
  async watch<T>(run: () => Promise<T>): Promise<Measured & { readonly value: T }> {
    const before = this.#look()
    const value = await run()
    const after = this.#look()
    const seconds = after.at - before.at
    const busy = (from: CoreTimes | undefined, to: CoreTimes | undefined): number | undefined =>
      from && to && Math.min(1, Math.max(0, 1 - (to.idle - from.idle) / seconds))
    const stolen = before.serverCore && after.serverCore ? after.serverCore.stolen - before.serverCore.stolen : 0
    const shares = {
      server: (after.server - before.server) / seconds,
      client: (after.client - before.client) / seconds,
      serverCore: busy(before.serverCore, after.serverCore),
      clientCore: busy(before.clientCore, after.clientCore),
      stolen: stolen / seconds,
    }
    return { seconds, serverSeconds: after.server - before.server, shares, value }
  }

  /** Ends every process at once; whatever waits for one fails. */
  kill(): void {
    for (const child of [...this.clients, ...this.servers]) child.end()
  }

  async end(): Promise<void> {
    await Promise.all([...this.clients, ...this.servers].map((child) => child.stop()))
    this.clients.length = 0
    this.servers.length = 0
  }

  #look() {
    const { server, client } = this.#cores
    for (const child of [...this.servers, ...this.clients]) child.assertAlive()
    const cpu = (pids: readonly number[]): number => pids.reduce((sum, pid) => sum + readCpuSeconds(pid), 0)
    return {
      server: cpu([...this.servers.map((child) => this.#pidOf(child)), ...this.#adopted]),
      client: cpu(this.clients.map(({ pid }) => pid)),
      serverCore: server === undefined ? undefined : readCoreTimes(server),
      clientCore: client === undefined ? undefined : readCoreTimes(client),
      at: performance.now() / 1000,
    }
  }
}
