import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { EXPIRE_BATCH } from '../../db/queries/claims-expiry.ts'
import { openCases } from '../../tests/support/case-hub.ts'
import { databaseForFile } from '../../tests/support/for-file.ts'
import { createLogger } from '../runtime/logger.ts'
import { auditJob } from './audit-chain.ts'
import { type Jobs, startJobs, TASKS } from './index.ts'

const clock = { at: Date.parse('2021-11-10T16:59:59Z'), now: () => clock.at }
const logger = createLogger('silent')
const running: Jobs[] = []
const database = await databaseForFile()

afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()))
})
function start(): Jobs {
  const jobs = startJobs({ url: database.jobsUrl, clock, logger, tickMs: 20 })
  running.push(jobs)
  return jobs
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await what())) {
    if (Date.now() > deadline) throw new Error('it did not happen in time')
    await sleep(20)
  }
}

async function count(sql: string): Promise<number> {
  return Number((await database.pool.query(sql)).rows[0].n)
}

const held = () => count(`select count(*) as n from needs where status = 'claimed'`)
async function hold(n: number): Promise<void> {
  await openCases(database, n)
  await database.pool.query(
    `update needs set status = 'claimed', claimed_by = gen_random_uuid(), holder_label = 'Rescue 1', claimed_at = $1,
       lease_until = $1::timestamptz + interval '15 minutes', fence = 1 where status = 'open'`,
    [new Date(clock.at)],
  )
}

describe('the role jitasa_jobs', () => {
  it.each([...TASKS, ...(auditJob({ auditHeadFile: undefined, auditHeadWebhook: undefined }, logger).tasks ?? [])])(
    'may do what this does: $name',
    async (task) => {
      const client = await database.jobs.connect()
      try {
        expect(await task.run(client, clock.at)).toBeGreaterThanOrEqual(0)
      } finally {
        client.release()
      }
    },
  )
})

describe('of several hubs', () => {
  it('one leads; when it dies, another takes over', async () => {
    const jobs = [start(), start(), start()]
    await until(() => jobs.some((job) => job.leads()))
    await sleep(100)
    expect(jobs.filter((job) => job.leads())).toHaveLength(1)
    const first = jobs.find((job) => job.leads())
    await first?.stop()
    await until(() => jobs.some((job) => job !== first && job.leads()))
  })

  it('the leader whose connection is cut leads again, or another does', async () => {
    const jobs = [start(), start()]
    await until(() => jobs.some((job) => job.leads()))
    const { rows: cut } = await database.pool.query(
      `select pid, pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jitasa jobs' and datname = current_database()`,
    )
    // By the lock itself: nobody leading may last too short to be seen.
    const led = () =>
      database.pool.query(
        `select from pg_locks join pg_stat_activity using (pid)
         where locktype = 'advisory' and granted and application_name = 'jitasa jobs' and datname = current_database() and pid <> all($1)`,
        [cut.map(({ pid }) => pid)],
      )
    await until(async () => (await led()).rowCount === 1)
    await until(() => jobs.filter((job) => job.leads()).length === 1)
  })
})

describe('the leader', () => {
  it('frees every lease that has run out, more than one batch too, each with its history', async () => {
    const many = EXPIRE_BATCH + 50
    await hold(many)
    start()
    await sleep(200)
    expect(await held()).toBe(many)
    clock.at += 15 * 60_000
    await until(async () => (await held()) === 0)
    expect(await count(`select count(*) as n from case_events where kind = 'need.expired'`)).toBe(many)
    expect(await count(`select count(*) as n from needs where freed = 'expired' and fence = 1`)).toBe(many)
  })

  it('turns the day at Bangkok’s midnight when the operation is live, and never back', async () => {
    await database.pool.query(`update operation set day = '2021-11-10', kind = 'drill'`)
    clock.at = Date.parse('2021-11-10T17:00:00Z')
    start()
    const day = async () => (await database.pool.query('select day::text from operation')).rows[0].day
    await sleep(300)
    expect(await day()).toBe('2021-11-10')
    await database.pool.query(`update operation set kind = 'live'`)
    clock.at += 2_000
    await until(async () => (await day()) === '2021-11-11')
    clock.at -= 86_400_000
    await sleep(200)
    expect(await day()).toBe('2021-11-11')
  })

  it('forgets old idempotency keys and one-time codes', async () => {
    await database.pool.query(
      `insert into idempotency (owner, key, request_hash, status, body, at)
       select 'test', 'old-key-' || i, '', 200, '{}', $1::timestamptz - i * interval '1 day' from generate_series(1, 10) as i`,
      [new Date(clock.at)],
    )
    const forget = TASKS.filter((task) => task.name.startsWith('forget'))
    for (const task of forget) await task.run(database.jobs, clock.at)
    expect(await count('select count(*) as n from idempotency')).toBe(7)
  })
})
