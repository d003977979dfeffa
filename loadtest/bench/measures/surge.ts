import { setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '../plan.ts'
import { disturbance, type Window } from '../saturation.ts'
import type { Stage } from '../stage.ts'
import { PACKED, type Variant } from '../variants.ts'

/**
 * What more events cost: a real Situation folds them, one flush in 100 ms carries the latest values to a fixed number
 * of sockets. All CPU of the server's process is counted, the fold too.
 */

export type SurgeRate = {
  readonly eventsPerSecond: number
  /** of a core */
  readonly serverShare: number
  readonly deliveriesPerSecond: number
  readonly bytesPerDelivery: number
  /** deltas that began after what a socket held; of packed ones, those that were not the next that any socket got */
  readonly gaps: number
}

/** `refused`: why the two rates cannot be compared. `packed`: the sockets ask for deflated frames (z=1), as the dashboard does. */
export type SurgeResult = {
  readonly packed: boolean
  readonly calm: SurgeRate
  readonly surge: SurgeRate
  readonly refused: string | undefined
}

export const SURGE_EVENTS = { calm: 500, surge: 5000 } as const
const TICK_MS = 100
/** Share of the ticks that must have been kept; a timer is a little late each time. */
const TICKS_KEPT_MIN = 0.9

/** Both rates in one sitting of one process. @param variant this hub on /live. */
export async function runSurge(stage: Stage, variant: Variant, plan: Plan, packed: boolean): Promise<SurgeResult> {
  const { sockets, windowMs } = plan.surge
  const port = await stage.startServer({ ...variant, command: [...variant.command, String(TICK_MS)] })
  const server = stage.servers[0]!
  server.tell('events 0')
  await stage.open(stage.startClient(variant, port, sockets, packed ? PACKED : []), sockets)
  const windows: Window[] = []
  const measure = async (eventsPerSecond: number): Promise<SurgeRate> => {
    server.tell(`events ${eventsPerSecond}`)
    await sleep(plan.warmMs)
    const { marks, shares, seconds } = await stage.measure(windowMs)
    windows.push(shares)
    const deliveries = marks.reduce((sum, mark) => sum + mark.deliveries, 0)
    return {
      eventsPerSecond,
      serverShare: shares.server,
      deliveriesPerSecond: deliveries / seconds,
      bytesPerDelivery: marks.reduce((sum, mark) => sum + mark.bytes, 0) / deliveries,
      gaps: marks.reduce((sum, mark) => sum + mark.gaps, 0),
    }
  }
  const calm = await measure(SURGE_EVENTS.calm)
  const surge = await measure(SURGE_EVENTS.surge)
  const kept = (Math.min(calm.deliveriesPerSecond, surge.deliveriesPerSecond) * TICK_MS) / 1000 / sockets
  const late = kept < TICKS_KEPT_MIN ? `only ${Math.round(kept * 100)} % of the ticks were kept` : undefined
  return {
    packed,
    calm,
    surge,
    refused: windows.map((window) => disturbance(window)).find((why) => why !== undefined) ?? late,
  }
}
