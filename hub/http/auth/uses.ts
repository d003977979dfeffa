import { noteSessionUse } from '../../../db/queries/session-standing.ts'
import type { AppDeps } from '../env.ts'

/** That a session is used is written down this often, not with every request. */
export const NOTE_USE_MS = 60_000
/** Sessions whose last note is remembered; the one noted first is forgotten first, and then noted again. */
const SESSIONS_MAX = 20_000

export type Uses = {
  /** @param session its hash. Nobody waits for it: a database that is away keeps no request. */
  note(session: string, address: string | null): void
}

/** When sessions were last used: what their idle end is counted from. */
export function createUses({ accounts, clock, logger }: Pick<AppDeps, 'accounts' | 'clock' | 'logger'>): Uses {
  const noted = new Map<string, number>()
  return {
    note(session, address) {
      const now = clock.now()
      if (now < (noted.get(session) ?? Number.NEGATIVE_INFINITY) + NOTE_USE_MS) return
      noted.delete(session)
      noted.set(session, now)
      if (noted.size > SESSIONS_MAX) noted.delete(noted.keys().next().value!)
      noteSessionUse(accounts.db, session, new Date(now), address).catch((error: unknown) => {
        noted.delete(session)
        logger.warn({ err: error }, 'the use of a session could not be written')
      })
    },
  }
}
