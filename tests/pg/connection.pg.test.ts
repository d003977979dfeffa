import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { parseEnv, promisify } from 'node:util'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openDatabase, openForHub, prepareDatabase } from '../../db/connection.ts'
import { freePort, HOST } from '../../db/postgres/cluster.ts'
import { makeDataDir } from '../support/data-dir.ts'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()

function changed(change: (url: URL) => void): string {
  const url = new URL(database.url)
  change(url)
  return url.href
}

async function whoAmI(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query('select current_user as me')).rows[0].me
  } finally {
    await client.end()
  }
}

test('DATABASE_URL: its database, with the roles’ derived passwords', async () => {
  const { DATA_KEY } = process.env
  const connections = await openDatabase({ DATABASE_URL: database.url, DATA_KEY })
  expect(connections).toMatchObject({ ownerUrl: database.url, embedded: false })
  expect(await whoAmI(connections.hubUrl)).toBe('jitasa_hub')
  expect(await whoAmI(connections.apiUrl)).toBe('jitasa_api')
  expect(await prepareDatabase(connections)).toEqual({ migrations: [], seeded: false })
})

test('HUB_DATABASE_URL and its like replace the derived passwords', async () => {
  const HUB_DATABASE_URL = changed((url) => {
    url.username = 'own_hub'
    url.password = 'own'
  })
  const connections = await openDatabase({ DATABASE_URL: database.url, HUB_DATABASE_URL })
  expect(connections.hubUrl).toBe(HUB_DATABASE_URL)
  expect(connections.derivedRoles).toEqual(['jitasa_api', 'jitasa_auth', 'jitasa_jobs'])
})

const urls = () => ({
  HUB_DATABASE_URL: database.hubUrl,
  API_DATABASE_URL: database.apiUrl,
  AUTH_DATABASE_URL: database.authUrl,
  JOBS_DATABASE_URL: database.jobsUrl,
})

test('the URLs of the four roles are enough for a hub, and `migrate --urls` prints them', async () => {
  const connections = await openForHub(urls())
  expect(connections).toMatchObject({ ownerUrl: undefined, embedded: false, jobsUrl: database.jobsUrl })
  const migrate = promisify(execFile)(process.execPath, ['db/migrate-main.ts', '--urls'], {
    env: { ...process.env, DATABASE_URL: database.url },
  })
  const { stdout, stderr } = await migrate
  expect(parseEnv(stdout)).toEqual(urls())
  expect(stdout.trim().split('\n')).toHaveLength(4)
  expect(stderr).toContain('Nothing to migrate.')
})

test('some of the roles’ URLs without the owner’s: a sentence says which are missing', async () => {
  const { JOBS_DATABASE_URL: _, AUTH_DATABASE_URL: __, ...some } = urls()
  await expect(openForHub(some)).rejects.toThrow(/set AUTH_DATABASE_URL, JOBS_DATABASE_URL too/)
})

test('a command that works as the owner starts no embedded database beside the roles’ URLs', async () => {
  await expect(openDatabase(urls())).rejects.toThrow(/^HUB_DATABASE_URL is set and DATABASE_URL is not/)
})

test('a role that cannot sign in: the sentence names its variable', async () => {
  const JOBS_DATABASE_URL = database.jobsUrl.replace(/:[0-9a-f]+@/, ':wrong@')
  await expect(openForHub({ ...urls(), JOBS_DATABASE_URL })).rejects.toThrow(
    /^JOBS_DATABASE_URL: .* refuses the password of jitasa_jobs/,
  )
})

test.each([
  [
    'an address where nobody answers',
    async () => changed((url) => (url.port = '1')),
    /no PostgreSQL answers at .*:1\./,
  ],
  ['a wrong password', async () => changed((url) => (url.password = 'wrong')), /refuses the password of postgres/],
  ['a database that is not there', async () => changed((url) => (url.pathname = '/nowhere')), /no database "nowhere"/],
  ['something else', async () => 'localhost:5432', /^DATABASE_URL is not the URL of a database/],
])('DATABASE_URL with %s: a sentence that names it and says what to do', async (_, url, sentence) => {
  await expect(openDatabase({ DATABASE_URL: await url() })).rejects.toThrow(sentence)
})

test('DATABASE_URL of a server that hangs up', async () => {
  const server = createServer((socket) => socket.destroy())
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, HOST, resolve))
  try {
    await expect(openDatabase({ DATABASE_URL: `postgres://a:b@${HOST}:${port}/c` })).rejects.toThrow(/cannot be used/)
  } finally {
    server.close()
  }
})

test('DATABASE_URL without a password: the roles’ URLs have to be given', async () => {
  const DATABASE_URL = changed((url) => (url.password = ''))
  await expect(openDatabase({ DATABASE_URL })).rejects.toThrow(/DATABASE_URL/)
})

test('no DATABASE_URL: the embedded server of DATA_DIR, prepared; a second user joins it', async () => {
  const { dataDir, remove } = await makeDataDir()
  const env = { DATA_DIR: dataDir }
  const hub = await openDatabase(env)
  try {
    expect(await prepareDatabase(hub)).toMatchObject({ seeded: true })
    const importer = await openDatabase(env)
    expect(importer).toMatchObject({ ownerUrl: hub.ownerUrl, embedded: true })
    expect(await prepareDatabase(importer)).toEqual({ migrations: [], seeded: false })
    await importer.stop()
    expect(await whoAmI(hub.apiUrl)).toBe('jitasa_api')
  } finally {
    await hub.stop()
    await remove()
  }
})
