import { setTimeout as sleep } from 'node:timers/promises'
import { disturbance } from '../saturation.ts'
import { ANSWER_MS_MAX, OPEN_MS_MAX, type Opened, type Stage } from '../stage.ts'
import type { Variant } from '../variants.ts'

/**
 * A storm on the hub over a real Situation: all sockets are cut at once, come back with the position they hold, and
 * are through when each has its first delta again. Commits go on meanwhile. The server's process has no database.
 */

export type ResumeResult = {
  readonly name: string
  readonly sockets: number
  /** from the first cut to the last resumed */
  readonly ms: number
  /** CPU of the server for it */
  readonly serverSeconds: number
  /** resumed from their position; the others got a whole snapshot */
  readonly byDelta: number
  readonly whole: number
  /** deltas that began after what a socket held, during the storm and the second after it */
  readonly gaps: number
  /** whether all sockets hold the same position a second later */
  readonly level: boolean
  /** why the time says nothing of the hub */
  readonly refused: string | undefined
}

const TICK_MS = 100
/** Commits that fill the Situation before the storm, in the second FILL_MS. */
const FILL_PER_SECOND = 5000
const FILL_MS = 1000
const AFTER_MS = 1000

export async function runResume(stage: Stage, variant: Variant, sockets: number): Promise<ResumeResult> {
  const port = await stage.startServer({ ...variant, command: [...variant.command, String(TICK_MS)] })
  const server = stage.servers[0]!
  server.tell(`events ${FILL_PER_SECOND}`)
  await sleep(FILL_MS)
  server.tell('events 1')
  const client = stage.startClient(variant, port, sockets)
  await stage.open(client, sockets)
  await sleep(AFTER_MS)
  const { value, serverSeconds, shares } = await stage.watch(() =>
    client.ask('storm', 'storm', OPEN_MS_MAX + ANSWER_MS_MAX),
  )
  const storm = value as unknown as Opened
  if (storm.ready !== sockets) throw new Error(`only ${storm.ready} of ${sockets} sockets came back after the storm`)
  await sleep(AFTER_MS)
  server.tell('events 0')
  await sleep(AFTER_MS)
  const [after] = await stage.mark()
  return {
    name: variant.name,
    sockets,
    ms: storm.ms,
    serverSeconds,
    byDelta: sockets - storm.snapshots,
    whole: storm.snapshots,
    gaps: storm.gaps + (after?.gaps ?? 0),
    level: after !== undefined && after.positionMin === after.positionMax && after.closed === 0,
    refused: disturbance(shares),
  }
}
