import { setTimeout as sleep } from 'node:timers/promises'
import { createSession } from './client.ts'
import { isUnused, keepUnused } from './in-use.ts'
import { runningCluster, stopCluster } from './postgres/cluster.ts'
import { leadsTo } from './postgres/place.ts'
import { mayEnd, type Seen } from './watchdog.ts'

/** Looks for sessions within the time after which an unused server is ended. */
const LOOKS = 30
/** Between two looks whether server and DATA_DIR are still there, which asks the server nothing. */
const CHECK_MS = 1_000

const say = (text: string): void => console.error(`jitasa watchdog: ${text}`)

type Watched = { readonly dataDir: string; readonly data: string; readonly unusedMsMax: number }

/** Ends the server when it may. A session that is refused, for whatever reason, leaves the server as it is. */
async function look(url: string, { dataDir, data, unusedMsMax }: Watched, seen: Seen): Promise<'used' | 'unused'> {
  const session = createSession(url, 'jitasa watchdog')
  try {
    await session.connect()
    if (!(await isUnused(session))) return 'used'
    if (!mayEnd(seen, unusedMsMax) || !(await keepUnused(session))) return 'unused'
    say(seen.gone ? `${dataDir} is gone; the server ends` : 'nobody has used the server for a while; it ends')
    await stopCluster(data)
    return 'unused'
  } finally {
    await session.end()
  }
}

async function watch(url: string, watched: Watched): Promise<void> {
  const server = await runningCluster(watched.data)
  if (server === undefined) return
  const lookMs = watched.unusedMsMax / LOOKS
  for (let usedAt = performance.now(), lookedAt = usedAt, told = ''; ; ) {
    await sleep(Math.min(CHECK_MS, lookMs))
    // Another server on the same data has a watchdog of its own.
    if ((await runningCluster(watched.data))?.pid !== server.pid) return
    const gone = !(await leadsTo(watched.dataDir, watched.data))
    const now = performance.now()
    if (!gone && now - lookedAt < lookMs) continue
    lookedAt = now
    const found = await look(url, watched, { gone, unusedMs: now - usedAt }).catch(({ message }: Error) => {
      if (message !== told) say(message)
      told = message
      return 'used' as const
    })
    if (found === 'used') usedAt = performance.now()
  }
}

const [dataDir, data, unusedMsMax] = process.argv.slice(2)
const url = process.env.WATCHED_URL
if (url === undefined || dataDir === undefined || data === undefined || !(Number(unusedMsMax) > 0)) {
  throw new Error('usage: WATCHED_URL=… watchdog-main.ts DATA_DIR DATA UNUSED_MS_MAX')
}
await watch(url, { dataDir, data, unusedMsMax: Number(unusedMsMax) })
