import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort, HOST } from '../../db/postgres/cluster.ts'
import { buildDashboard } from '../../hub/process/build.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const ROOT = path.dirname(path.dirname(import.meta.dirname))
/** `npm start` from a folder that is a link: it then takes the folder, and not what the link leads to, for its own. */
const KEEP_LINKS = ['--preserve-symlinks', '--preserve-symlinks-main']

let db: TestDatabase
let folder = ''

beforeAll(async () => {
  await buildDashboard(ROOT)
  db = await createTestDatabase()
  folder = await mkdtemp(path.join(tmpdir(), 'jitasa-refusals-'))
}, 240_000)
afterAll(async () => {
  await db.drop()
  await rm(folder, { recursive: true })
})

/** What `npm start` says when it does not start. */
async function refusal(env: Readonly<Record<string, string>>, root = ROOT): Promise<string> {
  const child = spawn(
    process.execPath,
    [...(root === ROOT ? [] : KEEP_LINKS), path.join(root, 'hub/process/main.ts')],
    {
      env: {
        ...process.env,
        HOST,
        PORT: String(await freePort()),
        LOG_LEVEL: 'fatal',
        ALLOW_PLAIN_HTTP: '1',
        AUTH_SECRET: 'the secret of the refusals test, long enough',
        HUB_DATABASE_URL: db.hubUrl,
        API_DATABASE_URL: db.apiUrl,
        AUTH_DATABASE_URL: db.authUrl,
        JOBS_DATABASE_URL: db.jobsUrl,
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (data) => {
    said += data
  })
  const [code] = await once(child, 'close')
  expect([code, said]).toEqual([1, expect.stringMatching(/^Jitasa does not start: /)])
  expect(said).not.toMatch(/^ {4}at /m)
  return said
}

test('the database lacks migrations', async () => {
  const { rows } = await db.pool.query<{ name: string; timestamp: string }>(
    'delete from kysely_migration where name = (select max(name) from kysely_migration) returning *',
  )
  try {
    expect(await refusal({})).toMatch(/the database lacks 1 migrations \(\d{4}_\w+\): run `npm run migrate` first/)
  } finally {
    await db.pool.query('insert into kysely_migration (name, timestamp) values ($1, $2)', [
      rows[0]?.name,
      rows[0]?.timestamp,
    ])
  }
})

test('the dashboard is not built', async () => {
  for (const name of ['hub', 'db', 'node_modules', 'package.json']) {
    await symlink(path.join(ROOT, name), path.join(folder, name))
  }
  expect(await refusal({}, folder)).toContain('the dashboard is not built: run `npm run build` first')
})

test.each(['1', '2'])('the port is taken, with HUB_WORKERS=%s', async (HUB_WORKERS) => {
  const squatter = createServer().listen(0, HOST)
  await once(squatter, 'listening')
  const address = squatter.address()
  const PORT = String(typeof address === 'object' ? address?.port : address)
  try {
    expect(await refusal({ PORT, HUB_WORKERS })).toContain(`port ${PORT} of ${HOST} is taken by another program`)
  } finally {
    squatter.close()
  }
})

test('a drill is asked for', async () => {
  expect(await refusal({ DRILL: '1' })).toContain('`npm start` runs no drill')
})

test('the database is not there, or has not the right name', async () => {
  const port = await freePort()
  expect(await refusal({ DATABASE_URL: `postgres://a:b@${HOST}:${port}/c` })).toContain('no PostgreSQL answers')
  expect(await refusal({ DATABASE_URL: 'localhost' })).toContain('DATABASE_URL takes a URL like')
})

test('a production start without https says what to set, and how to start all the same', async () => {
  expect(await refusal({ ALLOW_PLAIN_HTTP: '0' })).toMatch(/PUBLIC_URL.*TLS_CERT.*ALLOW_PLAIN_HTTP=1/)
})

test('a start without DATA_KEY says what to set, and makes no key', async () => {
  expect(await refusal({ DATA_KEY: '' })).toMatch(/DATA_KEY is not set.*openssl rand -hex 32/)
})

test('a start with another DATA_KEY than the database was sealed under says so', async () => {
  const said = await refusal({ DATA_KEY: 'another key of the tests, long enough for one' })
  expect(said).toContain('DATA_KEY')
  expect(said).not.toContain('another key of the tests')
})
