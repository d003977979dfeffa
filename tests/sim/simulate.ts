import type { Transport } from '../../dashboard/src/live/transport.ts'
import { createRandom } from '../../db/replay/random.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { createFanoutMetrics, Fanout } from '../../hub/fanout/index.ts'
import { createMetrics } from '../../hub/runtime/metrics.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { type Screen, startScreen } from '../support/screen.ts'
import { SimulatedDatabase } from './database.ts'
import { SimulatedConnection, simulatedCarrier } from './network.ts'
import { VirtualTime } from './virtual-time.ts'

const SCOPES: readonly Scope[] = ['nation', 'province:50', 'province:10']
/** ms of commits and faults, then ms in which nothing breaks any more: longer than the longest back-off and rule C8's 30 s. */
const STORM_MS = 20_000
const CALM_MS = 60_000
const TURN_MS_MAX = 15
/** Times a stalled connection empties its buffer without being able to take more. */
const TRICKLES_MAX = 4

export type Outcome = {
  readonly clients: number
  readonly commits: number
  readonly faults: number
  /** empty: every client ended equal to the truth, none ever folded to a wrong checksum, and none missed a delta unasked */
  readonly defects: readonly string[]
}

/** `lost-commits`: a hub that misses one commit in ten, to see that the simulation would notice. */
export type Sabotage = 'none' | 'lost-commits'
/** `slow`: a turn of the loop takes a while, and what is published together goes to one or two sockets a turn. */
export type Turns = 'instant' | 'slow'

type Setting = { readonly sabotage: Sabotage; readonly turnMs: () => number; readonly shardSockets: number }

const METRICS = createFanoutMetrics(createMetrics())

class Worker {
  situation = new Situation()
  fanout: Fanout
  readonly connections = new Set<SimulatedConnection>()
  readonly #database: SimulatedDatabase
  readonly #time: VirtualTime
  readonly #lag: () => number
  #alive = true

  readonly #loses: () => boolean
  #following = false

  constructor(database: SimulatedDatabase, time: VirtualTime, random: () => number, setting: Setting) {
    this.#database = database
    this.#time = time
    this.#lag = () => random() * 80
    this.#loses = () => setting.sabotage === 'lost-commits' && random() < 0.1
    this.situation.reset(database.snapshot())
    this.fanout = new Fanout({
      shown: this.situation,
      loop: { now: time.now, after: (ms, task) => time.after(ms === 0 ? setting.turnMs() : ms, task), random },
      shardSockets: setting.shardSockets,
      metrics: METRICS,
      build: 'sim',
      flushMs: 100,
      beatMs: 1000,
      health: () => ({ live: true, lagMs: 0 }),
      authorize: () => 'allowed',
    })
    this.fanout.attach(simulatedCarrier(this.connections))
  }

  get alive(): boolean {
    return this.#alive
  }

  /** The process dies: sockets break, nobody says goodbye. */
  crash(): void {
    this.#alive = false
    for (const connection of this.connections) connection.cut(false)
    this.connections.clear()
    void this.fanout.stop(0)
  }

  /** The stream broke, or the database is another one: a new snapshot. */
  resnapshot(): void {
    if (this.situation.reset(this.#database.snapshot()) === 'replaced') this.fanout.replaced()
    else this.fanout.changed()
  }

  /** A commit reaches the worker a random while later; all are taken in order. */
  committed(): void {
    if (this.#following) return
    this.#following = true
    this.#time.after(this.#lag(), () => {
      this.#following = false
      if (!this.#alive) return
      const { log } = this.#database
      const next = log.findLastIndex((tx) => tx.position <= this.situation.position) + 1
      for (const tx of log.slice(next)) {
        if (this.#loses()) this.situation.position = tx.position
        else if (this.situation.apply(tx) === 'folded') this.fanout.changed()
      }
    })
  }
}

type Kind = { readonly sabotage: Sabotage; readonly turns: Turns }

/** One run from one seed: hubs, carriers and the dashboard's own link and inbox on a virtual clock and a bad network. */
export function simulate(seed: number, { sabotage = 'none', turns = 'slow' }: Partial<Kind> = {}): Outcome {
  const random = createRandom(seed)
  const time = new VirtualTime()
  const database = new SimulatedDatabase()
  // Dice of their own: a seed that was kept for what it found goes on to be what it was.
  const dice = createRandom(seed + 1_000_000)
  const setting: Setting =
    turns === 'slow'
      ? { sabotage, turnMs: () => dice() * TURN_MS_MAX, shardSockets: 1 + Math.floor(dice() * 2) }
      : { sabotage, turnMs: () => 0, shardSockets: Number.POSITIVE_INFINITY }
  const workers = Array.from(
    { length: 1 + Math.floor(random() * 3) },
    () => new Worker(database, time, random, setting),
  )
  const weather = { delayMs: () => 1 + random() * random() * 400 }
  let storm = true
  let commits = 0
  let faults = 0

  const transport: Transport = {
    open(handlers) {
      const alive = workers.filter((worker) => worker.alive)
      const worker = alive[Math.floor(random() * alive.length)]
      if (worker === undefined) {
        time.after(weather.delayMs(), () => handlers.closed(1006))
        return { send: () => undefined, close: () => undefined }
      }
      const connection = new SimulatedConnection(time, weather, handlers, worker.fanout, random)
      time.after(weather.delayMs(), () => {
        if (!worker.alive || !connection.up) return connection.cut(false)
        worker.connections.add(connection)
        connection.session = worker.fanout.connect(connection)
      })
      return connection.clientSide()
    },
  }

  const clients = Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
    startScreen({
      scopes: SCOPES,
      transport,
      world: { now: time.now, random, after: time.after },
      startsInMs: random() * 3000,
    }),
  )

  const commit = (): void => {
    if (!storm) return
    database.commit(random, time.now())
    for (const worker of workers) worker.committed()
    commits++
    time.after(random() < 0.2 ? random() * 3000 : random() * 120, commit)
  }
  const fault = (): void => {
    if (!storm) return
    faults++
    breakSomething(random, time, database, workers, setting)
    time.after(random() * 2500, fault)
  }
  time.after(random() * 500, commit)
  time.after(random() * 2000, fault)
  time.runUntil(time.now() + STORM_MS)
  storm = false
  for (const worker of workers) for (const connection of worker.connections) connection.drain(true)
  time.runUntil(time.now() + CALM_MS)

  return { clients: clients.length, commits, faults, defects: findDefects(database, clients) }
}

function breakSomething(
  random: () => number,
  time: VirtualTime,
  database: SimulatedDatabase,
  workers: Worker[],
  setting: Setting,
): void {
  const i = Math.floor(random() * workers.length)
  const worker = workers[i]!
  const connections = [...worker.connections]
  const connection = connections[Math.floor(random() * connections.length)]
  const roll = random()
  if (roll < 0.25) connection?.cut(random() < 0.5)
  else if (roll < 0.6 && connection !== undefined) {
    connection.stalled = true
    const stallMs = random() * 4000
    for (let i = 0; i < TRICKLES_MAX * random(); i++) {
      time.after(random() * stallMs, () => connection.stalled && connection.drain(false))
    }
    time.after(stallMs, () => connection.drain(true))
  } else if (roll < 0.75 && worker.alive) {
    worker.crash()
    time.after(random() * 2000, () => {
      // The new process begins with a snapshot of its own.
      workers[i] = new Worker(database, time, random, setting)
    })
  } else if (roll < 0.95) {
    if (worker.alive) worker.resnapshot()
  } else {
    database.promote(random)
    for (const each of workers) if (each.alive) each.resnapshot()
  }
}

function findDefects(database: SimulatedDatabase, clients: readonly Screen[]): string[] {
  const truth = new Situation()
  truth.reset(database.snapshot())
  const defects: string[] = []
  clients.forEach(({ inbox, gaps }, i) => {
    if (gaps > 0) defects.push(`client ${i} missed a delta ${gaps} times`)
    if (inbox.mismatches > 0) defects.push(`client ${i} folded to a wrong checksum ${inbox.mismatches} times`)
    for (const [scope, box] of inbox.boxes) {
      const expected = truth.since(scope, 0)
      if (box.state.sum !== expected.sum) {
        defects.push(`client ${i} ${scope}: at ${box.state.position}, truth at ${expected.to}, sums differ`)
      }
    }
  })
  return defects
}
