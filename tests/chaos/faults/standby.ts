import { setTimeout as sleep } from 'node:timers/promises'
import { killServer } from '../../support/server-processes.ts'
import type { Fault } from '../suffer.ts'

/** Another server, or an earlier state of the same one, at the same address. */

/** Commits that only a standby then knows, or that are gone with what came after a backup. */
const WRITES_MS = 1_000

export const STANDBY_FAULTS: readonly Fault[] = [
  {
    failure: 'PostgreSQL is killed, and its standby promoted in its place',
    async strike(world) {
      const { server, owners, database } = world
      const standby = await server.makeStandby()
      await sleep(WRITES_MS)
      await killServer(server)
      await standby.query('select pg_promote()')
      world.server = standby
      for (const link of [owners, database]) link.moveTo(standby.port)
      await server.remove()
    },
  },
  {
    failure: 'a backup is restored: what was written since, by nobody who was told, is gone',
    async strike({ server, ledger }) {
      await ledger.pause()
      const restore = await server.backUp()
      await sleep(WRITES_MS)
      await restore()
      ledger.resume()
    },
  },
]
