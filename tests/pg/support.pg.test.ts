import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

async function whoAmI(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query('select current_user as me, current_database() as here')).rows[0]
  } finally {
    await client.end()
  }
}

test('each role logs in with the password derived from the owner’s', async () => {
  expect(await whoAmI(database.url)).toEqual({ me: 'postgres', here: database.name })
  expect(await whoAmI(database.hubUrl)).toEqual({ me: 'jitasa_hub', here: database.name })
  expect(await whoAmI(database.apiUrl)).toEqual({ me: 'jitasa_api', here: database.name })
})

test('a wrong password is refused', async () => {
  const url = new URL(database.apiUrl)
  url.password = 'wrong'
  await expect(whoAmI(url.href)).rejects.toThrow(/password authentication failed/)
})

test('a database with a replication slot left in it is dropped', async () => {
  const other = await createTestDatabase()
  await other.pool.query(`select pg_create_logical_replication_slot('${other.name}', 'pgoutput')`)
  await other.drop()
  const { rows } = await database.pool.query('select 1 from pg_database where datname = $1', [other.name])
  expect(rows).toEqual([])
})

test('a run over midnight in Bangkok: a database made after it is on the new day, though its template is of the day before', async () => {
  const { rows } = await database.pool.query(
    `select day = (now() at time zone 'Asia/Bangkok')::date as today from operation`,
  )
  expect(rows).toEqual([{ today: true }])
})
