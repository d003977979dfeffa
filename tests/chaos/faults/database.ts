import { setTimeout as sleep } from 'node:timers/promises'
import { freezeServer, killServer, walsendersOf } from '../../support/server-processes.ts'
import type { Fault } from '../suffer.ts'

/** PostgreSQL's own processes end, or stand still. */

const FROZEN_MS = 3_000
const STRIKES_MS = 2_000
const STRIKE_EVERY_MS = 5

const terminate = (condition: string): string =>
  `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and ${condition}`

const INSERT = `insert into cases (district, report_day, classification, severity, source)
  select '1001', day, 'confirmed', 'red', 'api' from operation`

export const DATABASE_FAULTS: readonly Fault[] = [
  {
    failure: 'every session of the API, the accounts and the jobs is lost',
    isShort: true,
    strike: ({ server }) =>
      server.query(terminate(`application_name in ('jitasa api', 'jitasa accounts', 'jitasa jobs')`)),
  },
  {
    failure: 'sessions of the API are lost in the midst of their transactions, for two seconds',
    isShort: true,
    async strike({ pool }) {
      const condition = `application_name = 'jitasa api' and state = 'idle in transaction'`
      for (const until = performance.now() + STRIKES_MS; performance.now() < until; await sleep(STRIKE_EVERY_MS)) {
        await pool.query(terminate(condition))
      }
    },
  },
  {
    failure: 'the feed’s own sessions are lost while rows are written',
    isShort: true,
    async strike({ server }) {
      await server.query(INSERT)
      await server.query(terminate(`application_name in ('jitasa feed', 'jitasa source')`))
      await server.query(INSERT)
    },
  },
  {
    failure: 'the feed is lost while a transaction that has written stays open for two seconds',
    isShort: true,
    async strike({ pool }) {
      const writer = await pool.connect()
      try {
        await writer.query(`begin; ${INSERT}`)
        await pool.query(terminate(`application_name = 'jitasa feed'`))
        await sleep(2_000)
        await writer.query('commit')
      } finally {
        writer.release()
      }
    },
  },
  {
    failure: 'the walsender is killed with -9, and every session with it',
    async strike({ server }) {
      for (const pid of await walsendersOf(server)) process.kill(pid, 'SIGKILL')
    },
  },
  {
    failure: 'the walsender stands still for three seconds',
    isShort: true,
    async strike({ server }) {
      const pids = await walsendersOf(server)
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      await sleep(FROZEN_MS)
      for (const pid of pids) process.kill(pid, 'SIGCONT')
    },
  },
  {
    failure: 'PostgreSQL stands still for three seconds',
    strike: ({ server }) => freezeServer(server, FROZEN_MS),
  },
  {
    failure: 'PostgreSQL is restarted',
    isShort: true,
    strike: ({ server }) => server.stop(),
    mend: ({ server }) => server.start(),
  },
  {
    failure: 'PostgreSQL crashes',
    isShort: true,
    strike: ({ server }) => server.crash(),
    mend: ({ server }) => server.start(),
  },
  {
    failure: 'PostgreSQL is killed with -9',
    strike: ({ server }) => killServer(server),
    mend: ({ server }) => server.start(),
  },
]
