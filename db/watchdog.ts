import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'
import path from 'node:path'
import type { Place } from './postgres/place.ts'

/** So long the embedded server runs on when all who used it were killed, ms. */
export const UNUSED_MS_MAX = 300_000

const MAIN = path.join(import.meta.dirname, 'watchdog-main.ts')

/**
 * A process of its own beside a server that has just started, which ends that server when nobody has used it for
 * `unusedMsMax`, or at once when DATA_DIR is gone, and ends with it. It outlives who started it, in a session of its own as the server is; what it says
 * goes to the server's log.
 * @param url the owner's
 */
export async function startWatchdog(
  place: Place,
  url: string,
  unusedMsMax: number,
  onError: (error: Error) => void,
): Promise<void> {
  const log = await open(place.logFile, 'a')
  try {
    const child = spawn(process.execPath, [MAIN, place.dataDir, place.data, String(unusedMsMax)], {
      cwd: path.parse(place.dataDir).root,
      detached: true,
      // Nothing of the hub's secrets, as it outlives the hub; the URL's password no argument, which all could read.
      env: { PATH: process.env.PATH, WATCHED_URL: url },
      stdio: ['ignore', log.fd, log.fd],
    })
    child.once('error', onError)
    if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW)
    child.unref()
  } finally {
    await log.close()
  }
}

export type Seen = {
  /** since somebody was last seen */
  readonly unusedMs: number
  /** DATA_DIR does not lead to the server's data any more */
  readonly gone: boolean
}

/** Whether a server that nobody uses now is ended. Pure. */
export function mayEnd({ unusedMs, gone }: Seen, unusedMsMax: number): boolean {
  return gone || unusedMs >= unusedMsMax
}
