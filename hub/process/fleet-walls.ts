import { setTimeout as sleep } from 'node:timers/promises'
import type { Msg } from '@nats-io/transport-node'
import { PROTOCOL_VERSION } from '../contract/live/version.ts'
import { ANSWER_MS_MAX, type WallsQuestion } from '../fanout/walls.ts'
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

export type FleetWallsOptions = {
  readonly bus: BusOptions
  readonly logger: Logger
  /** what the walls of this process say */
  readonly answer: (question: WallsQuestion) => Promise<readonly unknown[]>
  /** orders that screens of another hub have taken; none: this one has no database */
  readonly onTaken: ((ids: readonly number[]) => void) | undefined
}

export type FleetWalls = {
  /** of all processes on this NATS, this one among them; `undefined`: NATS is away */
  ask(question: WallsQuestion): Promise<readonly unknown[] | undefined>
  /** While NATS is away it is lost: the order runs out, and is shown as not taken. */
  taken(ids: readonly number[]): void
  stop(): Promise<void>
}

/** The walls of a fleet, over NATS beside the change feed; hubs of another version neither ask nor answer. */
export function startFleetWalls({ bus: options, logger, answer, onTaken }: FleetWallsOptions): FleetWalls {
  const ending = new AbortController()
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
    const { v, question } = message.json() as { v: number; question: WallsQuestion }
    if (v !== PROTOCOL_VERSION) return
    const walls = await answer(question)
    for (let i = 0; i < walls.length; i += WALLS_PER_MESSAGE) {
      message.respond(JSON.stringify(walls.slice(i, i + WALLS_PER_MESSAGE)))
    }
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
      if (current === undefined) return undefined
      const body = JSON.stringify({ v: PROTOCOL_VERSION, question })
      const replies = await current.connection.requestMany(WALLS, body, { strategy: 'timer', maxWait: GATHER_MS })
      const all: unknown[] = []
      for await (const reply of replies) all.push(...(reply.json() as readonly unknown[]))
      return all
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
