import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildDashboard } from '../../hub/process/build.ts'
import { openCases } from '../support/case-hub.ts'
import { databaseForFile } from '../support/for-file.ts'
import { startProduction } from '../support/production.ts'

const database = await databaseForFile()
const POLL = { timeout: 60_000, interval: 50 }
const ROLES_OF_A_HUB = ['jitasa_api', 'jitasa_auth', 'jitasa_hub', 'jitasa_jobs']

beforeAll(() => buildDashboard(path.dirname(path.dirname(import.meta.dirname))), 240_000)

const rows = async <T>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await database.pool.query(sql, values)).rows

/** Of all sessions but the one that asks, whose pool has no other: it waits for each answer. */
const sessions = () =>
  rows<{ role: string; name: string }>(
    `select distinct usename as role, application_name as name from pg_stat_activity
     where datname = current_database() and backend_type in ('client backend', 'walsender') and pid <> pg_backend_pid()`,
  )
const strangers = async () => (await sessions()).filter(({ role }) => !ROLES_OF_A_HUB.includes(role))
const leads = async () =>
  (
    await rows(`select from pg_locks join pg_stat_activity using (pid)
    where locktype = 'advisory' and granted and usename = 'jitasa_jobs' and datname = current_database()`)
  ).length > 0

/** A lease that is over is the job's to end. */
async function aJobRuns(): Promise<void> {
  await openCases(database, 1)
  await rows(`update needs set status = 'claimed', claimed_by = gen_random_uuid(), holder_label = 'Rescue 1',
    claimed_at = now() - interval '1 hour', lease_until = now() - interval '1 minute', fence = 1 where status = 'open'`)
  await expect.poll(() => rows(`select from needs where status = 'claimed'`), POLL).toEqual([])
}

test.each([
  ['the roles’ URLs alone', {}],
  ['the owner’s URL too, which it is told to do without', { DATABASE_URL: database.url }],
  ['several workers', { HUB_WORKERS: '2', DATABASE_URL: database.url }],
])(
  'no session of a hub is the owner’s, at its start, after a job, when its sessions are lost: %s',
  async (_, env) => {
    const hub = await startProduction(database, env)
    try {
      expect(await strangers()).toEqual([])
      await expect.poll(leads, POLL).toBe(true)
      await aJobRuns()
      expect(await strangers()).toEqual([])
      const roles = new Set((await sessions()).map(({ role }) => role))
      expect([...roles].sort()).toEqual(expect.arrayContaining(['jitasa_hub', 'jitasa_jobs']))

      await rows(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = any ($1) and datname = current_database()`,
        [ROLES_OF_A_HUB],
      )
      await aJobRuns()
      expect(await leads()).toBe(true)
      expect(await strangers()).toEqual([])
      const told = hub.said().some((line) => line.includes('npm run migrate -- --urls'))
      expect(told).toBe('DATABASE_URL' in env)
    } finally {
      await hub.kill('SIGKILL')
    }
  },
  120_000,
)
