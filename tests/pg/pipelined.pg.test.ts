import { Kysely, sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import { isDatabaseAway } from '../../db/away.ts'
import { createPool } from '../../db/client.ts'
import { PipelinedDialect, sendAhead } from '../../db/pipelined.ts'
import { addDatabase, forFile } from '../support/for-file.ts'

/** What the one session was told, and had answered, in this order. */
const heard: string[] = []

const { db, pool } = await forFile(async (add) => {
  const database = await addDatabase(add)
  const pool = createPool(database.url, { connectionsMax: 1, pipeline: true })
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>
    const listening = async (text: string, ...more: unknown[]) => {
      heard.push(`> ${text}`)
      try {
        return await query(text, ...more)
      } finally {
        heard.push(`< ${text}`)
      }
    }
    Object.assign(client, { query: listening })
  })
  const db = new Kysely<{ kept: { n: number } }>({ dialect: new PipelinedDialect({ pool }) })
  add(() => db.destroy())
  await sql`create table kept (n integer primary key)`.execute(db)
  return { db, pool }
})
beforeEach(async () => {
  await sql`delete from kept`.execute(db)
  heard.length = 0
})

const keep = (n: number) => sql`insert into kept values (${sql.lit(n)})`
const kept = async () => (await db.selectFrom('kept').select('n').orderBy('n').execute()).map(({ n }) => n)

it('begin, what is marked and the next statement are written before any of them has an answer; so are the last and the commit', async () => {
  await db.transaction().execute(async (trx) => {
    await sendAhead(trx, keep(1))
    await keep(2).execute(trx)
    await sendAhead(trx, keep(3))
  })
  const insert = (n: number) => `insert into kept values (${n})`
  const sent = (...all: string[]) => [...all.map((one) => `> ${one}`), ...all.map((one) => `< ${one}`)]
  expect(heard).toEqual([...sent('begin', insert(1), insert(2)), ...sent(insert(3), 'commit')])
  expect(await kept()).toEqual([1, 2, 3])
})

it('what fails in a statement that is not waited for fails the next, with its own error, and nothing is kept', async () => {
  const done = db.transaction().execute(async (trx) => {
    await keep(1).execute(trx)
    await sendAhead(trx, keep(1))
    await keep(2).execute(trx)
  })
  await expect(done).rejects.toMatchObject({ code: '23505' })
  expect(heard.at(-1)).toBe('< rollback')
  expect(await kept()).toEqual([])
})

it('what fails beside the commit fails the transaction: it is not said to be committed', async () => {
  const done = db.transaction().execute(async (trx) => {
    await keep(1).execute(trx)
    await sendAhead(trx, keep(1))
  })
  await expect(done).rejects.toMatchObject({ code: '23505' })
  expect(await kept()).toEqual([])
})

it('a savepoint that was not waited for holds what follows it', async () => {
  await db.transaction().execute(async (trx) => {
    await keep(1).execute(trx)
    await sendAhead(trx, sql`savepoint here`)
    await expect(keep(1).execute(trx)).rejects.toMatchObject({ code: '23505' })
    await sql`rollback to savepoint here`.execute(trx)
    await sendAhead(trx, keep(2))
  })
  expect(await kept()).toEqual([1, 2])
})

it('a transaction that is given up before it has asked anything sends nothing', async () => {
  const done = db.transaction().execute(async (trx) => {
    await sendAhead(trx, keep(1))
    throw new RangeError('refused')
  })
  await expect(done).rejects.toThrow('refused')
  expect(heard).toEqual([])
  expect(await kept()).toEqual([])
})

it('a transaction with nothing but what is not waited for is committed', async () => {
  await db.transaction().execute(async (trx) => void (await sendAhead(trx, keep(1))))
  expect(await kept()).toEqual([1])
})

it('outside a transaction there is nothing to wait with: it is sent at once', async () => {
  await sendAhead(db, keep(1))
  expect(heard).toEqual(['> insert into kept values (1)', '< insert into kept values (1)'])
})

it('a session that is lost under statements on their way fails all of them, and the next has another', async () => {
  const done = db.transaction().execute(async (trx) => {
    await keep(1).execute(trx)
    await sendAhead(trx, sql`select pg_terminate_backend(pg_backend_pid())`)
    await keep(2).execute(trx)
  })
  expect(isDatabaseAway(await done.catch((error: unknown) => error))).toBe(true)
  expect(await kept()).toEqual([])
  expect(pool.totalCount).toBe(1)
})
