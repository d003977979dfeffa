import { setTimeout as sleep } from 'node:timers/promises'
import { createSession } from '../../db/client.ts'
import { watchAlerts } from '../../hub/jobs/alerts.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import { type CaseHub, startCaseHub } from './case-hub.ts'
import { addDatabase, forFile } from './for-file.ts'

/** A new snapshot waits for whoever writes on the server, another test file too: as long as it takes. */
const LEVEL_MS_MAX = 60_000

/** A database, its fold, the API on it, and the watch for alerts, which looks when it is told to: by the clock of the API. */
export function watchedForFile(sql?: string) {
  return forFile(async (add) => {
    const database = await addDatabase(add)
    if (sql !== undefined) await database.pool.query(sql)
    const hub: CaseHub = startCaseHub(database)
    add(() => hub.stop())
    const situation = new Situation()
    const hubState = { live: true, lagMs: 0 }
    const newWatch = () =>
      watchAlerts({
        situation,
        isLive: () => hubState.live,
        lagMs: () => hubState.lagMs,
        messagesPerHour: 100,
      })
    let watch = newWatch()
    const source = startSource({
      url: database.hubUrl,
      publication: 'jitasa',
      limits: { steadyMs: 0 },
      clock: systemClock,
      logger: createLogger('silent'),
      onSnapshot(snapshot) {
        situation.reset(snapshot)
        watch.replaced()
      },
      onTransaction(tx) {
        const folded = situation.apply(tx)
        if (folded === 'resnapshot') source.resnapshot('test')
        if (folded === 'folded') watch.folded(tx)
      },
      onState: () => undefined,
    })
    add(() => source.stop())
    const session = createSession(database.jobsUrl, 'jitasa alerts')
    await session.connect()
    add(() => session.end())

    /** Until the fold has what was committed. */
    async function caughtUp(): Promise<void> {
      const { rows } = await database.pool.query<{ at: string }>(
        `update operation set title_en = 'round ' || gen_random_uuid() returning title_en as at`,
      )
      const shown = () => situation.epoch !== '' && situation.rows('nation').find(([kind]) => kind === 'operation')?.[5]
      for (const end = Date.now() + LEVEL_MS_MAX; shown() !== rows[0]?.at; ) {
        if (Date.now() > end) throw new Error(`the fold does not catch up: ${JSON.stringify(source.state())}`)
        await sleep(10)
      }
    }
    await caughtUp()
    return {
      database,
      hub,
      situation,
      hubState,
      caughtUp,
      /** @returns ms that a look takes, with all that it asks PostgreSQL */
      async lookMs(): Promise<number> {
        const began = performance.now()
        await watch.run(session, hub.clock.at)
        return performance.now() - began
      },
      /** Another process leads from now on: it knows what the database does. */
      newLeader(): void {
        watch = newWatch()
      },
      /** Looks once at what is committed now. @returns rows written */
      async look(): Promise<number> {
        await caughtUp()
        const written = await watch.run(session, hub.clock.at)
        await caughtUp()
        return written
      },
    }
  })
}
