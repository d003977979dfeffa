import { expect, test } from 'vitest'
import { databaseForFile } from '../support/for-file.ts'
import { KEYS, lookUp } from './ledger.ts'

const { pool } = await databaseForFile()

const store = (owner: string, ...keys: string[]) =>
  pool.query(
    `insert into tests (district, day, kind, tested, positive, idempotency_key)
     select '1001', day, 'atk', 1, 0, $1 || ':${KEYS}' || key from operation, unnest($2::text[]) as key`,
    [owner, keys],
  )
const keys = (...names: string[]) => names.map((name) => KEYS + name)

test('every acknowledged write is there once: nothing is lost or doubled', async () => {
  await store('a', '1', '2')
  expect(await lookUp(pool, keys('1', '2'), 2)).toEqual({ lost: 0, doubled: 0 })
})

test('one that was acknowledged and is not there is lost', async () => {
  await store('a', '3')
  expect(await lookUp(pool, keys('3', '4'), 4)).toEqual({ lost: 1, doubled: 0 })
})

test('one that is there twice is doubled', async () => {
  await store('a', '4')
  await store('b', '4')
  expect(await lookUp(pool, keys('4'), 4)).toEqual({ lost: 0, doubled: 1 })
  await pool.query(`delete from tests where idempotency_key like 'b:%'`)
})

test('one that was found at a look before, and has gone since, is lost', async () => {
  await pool.query(`delete from tests where idempotency_key = 'a:${KEYS}1'`)
  expect(await lookUp(pool, [], 4)).toEqual({ lost: 1, doubled: 0 })
})
