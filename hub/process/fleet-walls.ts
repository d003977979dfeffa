import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Msg } from '@nats-io/transport-node'
import { PROTOCOL_VERSION } from '../contract/live/version.ts'
import { ANSWER_MS_MAX, type WallsAnswer, type WallsQuestion } from '../fanout/walls.ts'
import type { Logger } from '../runtime/logger.ts'
import { asError } from '../source/errors.ts'
import { type Bus, type BusOptions, openBus } from '../source/jetstream/bus.ts'

/** One hub asks what walls show, each answers for its own. */
const WALLS = 'jitasa.walls'
/** A hub without a database says which orders its screens have taken; one of those that have one notes it. */
const TAKEN = 'jitasa.walls.taken'
const TAKERS = 'takers'
/** Who has not answered by then is left out; walls have their own time before. */
const GATHER_MS = ANSWER_MS_MAX + 200
/** NATS carries 1 MB a message; a wall takes some 300 bytes. */
const WALLS_PER_MESSAGE = 1_000
const RETRY_MS = 1_000
/** Hubs of another version, or that say it otherwise, neither ask nor answer. */
const VERSION = `${PROTOCOL_VERSION}.2`
/** A hub that has answered within it is missed when it does not. */
const KNOWN_MS = 3_600_000
const HUBS_MAX = 1_000

/** `hub`: its process */
type Reply = { readonly hub: string; readonly name: string; readonly walls: readonly unknown[] }

export type FleetWallsOptions = {
  readonly bus: BusOptions
  readonly logger: Logger
  readonly now: () => number
  /** how those who operate the fleet call this hub */
  readonly name: string
  /** what the walls of this process say */
  readonly answer: (question: WallsQuestion) => Promise<readonly unknown[]>
  /** what the walls of this hub say, all its processes, while NATS is away */
  readonly alone: (question: WallsQuestion) => Promise<readonly unknown[]>
  /** orders that screens of another hub have taken; none: this one has no database */
  readonly onTaken: ((ids: readonly number[]) => void) | undefined
}

export type FleetWalls = {
  /** of all processes on this NATS, this one among them; of this hub alone when NATS is away, or ends meanwhile */
  ask(question: WallsQuestion): Promise<WallsAnswer>
  /** While NATS is away it is lost: the order runs out, and is shown as not taken. */
  taken(ids: readonly number[]): void
  stop(): Promise<void>
}

/** The walls of a fleet, over NATS beside the change feed. */
export function startFleetWalls(of: FleetWallsOptions): FleetWalls {
  const { bus: options, logger, now, name, answer, alone, onTaken } = of
  const ending = new AbortController()
  const own = randomUUID()
  const others = new Others()
  let current: Bus | undefined

  async function listen(): Promise<void> {
    const bus = await openBus(options)
    try {
      bus.connection.subscribe(WALLS, { callback: (error, message) => hear(error, () => respond(message)) })
      if (onTaken) {
        const callback = (error: Error | null, message: Msg) => hear(error, () => onTaken(idsOf(message)))
        bus.connection.subscribe(TAKEN, { queue: TAKERS, callback })
      }
      current = bus
      const stopped = new Promise<void>((resolve) => {
        ending.signal.addEventListener('abort', () => resolve(), { once: true })
        if (ending.signal.aborted) resolve()
      })
      await Promise.race([bus.ended, stopped])
    } finally {
      current = undefined
      await bus.close()
    }
  }

  function hear(error: Error | null, take: () => unknown): void {
    if (error === null)
      Promise.resolve(take()).catch((err: unknown) => logger.error({ err }, 'walls could not be told'))
    else logger.error({ err: error }, 'NATS does not let this hub tell of its walls')
  }

  async function respond(message: Msg): Promise<void> {
    const { v, question } = message.json() as { v: unknown; question: WallsQuestion }
    if (v !== VERSION) return
    const walls = await answer(question)
    // Of no walls too: a hub without any has answered.
    for (let i = 0; i === 0 || i < walls.length; i += WALLS_PER_MESSAGE) {
      const reply: Reply = { hub: own, name, walls: walls.slice(i, i + WALLS_PER_MESSAGE) }
      message.respond(JSON.stringify(reply))
    }
  }

  /** @throws when the link ends meanwhile */
  async function gather({ connection }: Bus, question: WallsQuestion): Promise<Reply[]> {
    const body = JSON.stringify({ v: VERSION, question })
    const messages = await connection.requestMany(WALLS, body, { strategy: 'timer', maxWait: GATHER_MS })
    const replies: Reply[] = []
    for await (const message of messages) replies.push(message.json() as Reply)
    if (connection.isClosed()) throw new Error('the link to NATS ended before the answers were in')
    return replies
  }

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await listen().catch((error: unknown) => {
        logger.debug({ reason: asError(error).message }, 'no other hub can be asked for its walls')
      })
      await sleep(RETRY_MS, undefined, { signal: ending.signal }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    async ask(question) {
      const replies =
        current &&
        (await gather(current, question).catch((error: unknown) => {
          logger.warn({ reason: asError(error).message }, 'no other hub could be asked for its walls')
          return undefined
        }))
      if (replies === undefined) return { walls: await alone(question), silent: others.silent([], now()) }
      const heard = replies.filter(({ hub }) => hub !== own)
      return { walls: replies.flatMap(({ walls }) => walls), silent: others.silent(heard, now()) }
    },
    taken(ids) {
      if (ids.length > 0) current?.connection.publish(TAKEN, JSON.stringify(ids))
    },
    async stop() {
      ending.abort()
      await running
    },
  }
}

function idsOf(message: Msg): readonly number[] {
  const ids: unknown = message.json()
  return Array.isArray(ids) ? ids.filter((id) => Number.isSafeInteger(id)) : []
}

/** The other hubs of the fleet, as they have answered. */
class Others {
  readonly #known = new Map<string, { readonly name: string; readonly at: number }>()

  /** @returns names of hubs that answered before, and are not among those that were heard now */
  silent(heard: readonly Pick<Reply, 'hub' | 'name'>[], now: number): readonly string[] {
    const here = new Map(heard.map(({ hub, name }) => [hub, name]))
    const begun = new Set([...here].filter(([hub]) => !this.#known.has(hub)).map(([, name]) => name))
    for (const [hub, { name, at }] of this.#known) {
      // Started anew, it stands in the place of the one before.
      if (!here.has(hub) && (begun.has(name) || now - at > KNOWN_MS)) this.#known.delete(hub)
    }
    for (const [hub, name] of here) {
      this.#known.delete(hub)
      this.#known.set(hub, { name, at: now })
    }
    for (const hub of this.#known.keys()) if (this.#known.size > HUBS_MAX) this.#known.delete(hub)
    const names = [...this.#known].filter(([hub]) => !here.has(hub)).map(([, { name }]) => name)
    return [...new Set(names)].sort()
  }
}
