import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createPool } from '../../db/client.ts'
import { clusterUrl } from '../../db/postgres/cluster.ts'
import { type Role, roleUrl } from '../../db/roles.ts'
import { TEMPLATE, type TestServer } from './pg-global.ts'

export type TestDatabase = {
  readonly name: string
  /** the owner's, who bypasses row-level security */
  readonly url: string
  /** jitasa_hub's */
  readonly hubUrl: string
  /** jitasa_api's */
  readonly apiUrl: string
  /** jitasa_auth's */
  readonly authUrl: string
  /** jitasa_jobs's */
  readonly jobsUrl: string
  readonly pool: pg.Pool
  /** as jitasa_jobs, for what its tasks do */
  readonly jobs: pg.Pool
  /** ends the pool, drops the database's replication slots and the database */
  drop(): Promise<void>
}

async function asOwner<T>(server: TestServer, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: clusterUrl(server.port, server.password) })
  await owner.connect()
  try {
    return await work(owner)
  } finally {
    await owner.end()
  }
}

function ownServer(): TestServer {
  const servers = inject('pg')
  const server = servers[(Number(process.env.VITEST_POOL_ID) - 1) % servers.length]
  if (server === undefined) throw new Error(`no PostgreSQL for worker ${process.env.VITEST_POOL_ID}`)
  return server
}

const DROP_TRIES_MAX = 100

async function dropDatabase(owner: pg.Client, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name])
    try {
      await owner.query(
        'select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = $1 and not temporary',
        [name],
      )
      await owner.query(`drop database ${name} with (force)`)
      return
    } catch (error) {
      if (tries === DROP_TRIES_MAX) throw error
      await owner.query('select pg_sleep(0.02)')
    }
  }
}

/** A database of its own for one test file: migrated, with its areas and operation. Call `drop()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = ownServer()
  const name = `test_${randomBytes(6).toString('hex')}`
  await asOwner(server, (owner) => owner.query(`create database ${name} template ${TEMPLATE}`))
  const url = clusterUrl(server.port, server.password, name)
  const urlOf = (role: Role) => {
    const found = roleUrl(url, role)
    if (found === undefined) throw new Error('the test server has a password')
    return found
  }
  const pool = createPool(url)
  const jobs = createPool(urlOf('jitasa_jobs'))
  // Whatever is written "on the operation's day" would be of yesterday as soon as a hub starts: the template may be.
  await pool.query(`update operation set day = (now() at time zone 'Asia/Bangkok')::date`)
  return {
    name,
    url,
    hubUrl: urlOf('jitasa_hub'),
    apiUrl: urlOf('jitasa_api'),
    authUrl: urlOf('jitasa_auth'),
    jobsUrl: urlOf('jitasa_jobs'),
    pool,
    jobs,
    async drop() {
      await Promise.all([pool.end(), jobs.end()])
      await asOwner(server, (owner) => dropDatabase(owner, name))
    },
  }
}
