import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { createClient, createPool } from '../../db/client.ts'
import { MIGRATIONS } from '../../db/migrations/index.ts'
import { checkDataKeys } from '../../db/personal/check.ts'
import { SEALED_TABLES } from '../../db/personal/columns.ts'
import { readWrappers, useKeySource } from '../../db/personal/key-source.ts'
import { rotateDataKey, sealedRows } from '../../db/personal/rotate.ts'
import { addPhone, addToNotes, casesOfPhone, insertPerson, readPerson, readPhone } from '../../db/queries/people.ts'
import { databaseForFile } from '../support/for-file.ts'
import { keepPerson, openTable, peopleIn, typedOver } from '../support/people.ts'

const database = await databaseForFile()
const { pool } = database
const db = createClient(database.url)
afterAll(async () => {
  useKeySource(process.env, undefined)
  await db.destroy()
})

async function makeCase(): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `insert into cases (district, report_day, source) values ('5001', '2021-11-11', 'api') returning id`,
  )
  return rows[0]?.id ?? 0
}

const PHONE = '+66812345678'
const PERSON = { name: 'สมหญิง ทดสอบ', phone: PHONE, secondPhone: '+66898765432', idNumber: 'AB123' }
const PLACE = { lat: 18.7913, lon: 98.9824, address: 'บ้านไม้', notes: 'ติดเตียง' }

describe('a person', () => {
  test('is read as they were written, found by either phone, and given another', async () => {
    const id = await makeCase()
    await keepPerson(pool, id, PERSON, PLACE)
    expect(await readPerson(db, id)).toMatchObject({
      full_name: PERSON.name,
      second_phone: PERSON.secondPhone,
      id_number: PERSON.idNumber,
      ...PLACE,
    })
    for (const phone of [PHONE, PERSON.secondPhone]) expect(await casesOfPhone(db, phone, 10)).toEqual([id])
    await addPhone(db, id, PHONE)
    expect(await readPerson(db, id)).toMatchObject({ phone: PHONE, second_phone: PERSON.secondPhone })
    await addPhone(db, id, '+66811111111')
    expect(await readPerson(db, id)).toMatchObject({ phone: PHONE, second_phone: '+66811111111' })
    expect(await casesOfPhone(db, PERSON.secondPhone, 10)).toEqual([])
    expect(await readPhone(db, id)).toBe(PHONE)
  })

  test('of whom nothing was known gets a phone, and notes whose end stays', async () => {
    const id = await makeCase()
    await addPhone(db, id, '+66822222222')
    expect(await readPhone(db, id)).toBe('+66822222222')
    await addToNotes(db, id, 'first', 100)
    await addToNotes(db, id, '😀 more', 8)
    expect((await readPerson(db, id))?.notes).toBe('t\n😀 more')
  })

  test('a value that was copied to another row does not open there', async () => {
    const [one, two] = [await makeCase(), await makeCase()]
    await keepPerson(pool, one, PERSON, PLACE)
    await keepPerson(pool, two, { name: 'B' }, { notes: 'of B' })
    await pool.query(
      'update case_private set notes = (select notes from case_private where case_id = $1) where case_id = $2',
      [one, two],
    )
    await expect(readPerson(db, two)).rejects.toThrow(`case_private.notes ${two} does not open`)
    await pool.query('delete from case_private where case_id = $1', [two])
  })
})

test('somebody new is written under the key in use, and never in clear', async () => {
  const id = await insertPerson(db, { name: 'Plain Canary' })
  const { rows } = await pool.query<{ row: string }>('select people::text as row from people where id = $1', [id])
  expect(rows[0]?.row).not.toContain('Plain')
  expect(rows[0]?.row).not.toContain(Buffer.from('Plain').toString('hex'))
})

describe('a rotation', () => {
  test('while people read, search and write, leaves every value readable, and nothing of the key before', async () => {
    const ids: number[] = []
    for (let i = 0; i < 60; i++) {
      const id = await makeCase()
      ids.push(id)
      await keepPerson(pool, id, { name: `Person ${i}`, phone: `+6683000${1000 + i}` }, { notes: `note ${i}` })
    }
    const stop = new AbortController()
    const wrong: string[] = []
    let [reads, writes] = [0, 0]
    const reader = (async () => {
      while (!stop.signal.aborted) {
        const i = reads++ % ids.length
        const found = await casesOfPhone(db, `+6683000${1000 + i}`, 5)
        const person = await readPerson(db, ids[i] ?? 0)
        if (found[0] !== ids[i] || person?.full_name !== `Person ${i}`)
          wrong.push(`${i}: ${found} ${person?.full_name}`)
      }
    })()
    const writer = (async () => {
      while (!stop.signal.aborted) {
        // Held open for longer than a batch takes: the key that it has begun with is not yet gone.
        await db.transaction().execute(async (trx) => {
          await addToNotes(trx, ids[writes % ids.length] ?? 0, `more ${writes}`, 200)
          await sleep(5)
        })
        writes++
      }
    })()
    const rotation = await rotateDataKey(db, { batch: 7 })
    stop.abort()
    await Promise.all([reader, writer])
    expect(wrong).toEqual([])
    expect(Math.min(reads, writes)).toBeGreaterThan(5)
    expect(rotation).toMatchObject({ key: 2, ended: [1], stopped: false })
    // Somebody who writes a row meanwhile seals it under the new key: it is not sealed again.
    expect(rotation.rows).toBeGreaterThanOrEqual(ids.length)
    expect([...new Set((await sealedRows(db)).map(({ key }) => key))]).toEqual([2])
    for (const [i, id] of ids.entries()) {
      const person = await readPerson(db, id)
      expect(person).toMatchObject({ full_name: `Person ${i}` })
      expect(person?.notes).toMatch(new RegExp(`^note ${i}($|\n)`))
    }
  })

  test('that was stopped goes on where it was, with the same key; both open until it has ended', async () => {
    const stop = new AbortController()
    const first = await rotateDataKey(db, { batch: 10, signal: stop.signal, onProgress: () => stop.abort() })
    expect(first).toMatchObject({ key: 3, rows: 10, ended: [], stopped: true })
    expect([...new Set((await sealedRows(db)).map(({ key }) => key))].sort()).toEqual([2, 3])
    for (const person of await peopleIn(pool)) expect(person.phone ?? '+66').toMatch(/^\+66/)
    const second = await rotateDataKey(db, { batch: 50 })
    expect(second).toMatchObject({ key: 3, ended: [2], stopped: false })
    const all = (await sealedRows(db)).reduce((sum, { rows }) => sum + rows, 0)
    expect(first.rows + second.rows).toBe(all)
  })

  test('to another DATA_KEY: refused without the one before, then everything opens with the new one alone', async () => {
    const next = { DATA_KEY: 'another key of the tests, from now on the one in use' }
    useKeySource(next, undefined)
    await expect(checkDataKeys(database.apiUrl)).rejects.toThrow(
      /sealed under the key [0-9a-f]{16}, and this process has the key [0-9a-f]{16}/,
    )
    useKeySource({ ...next, DATA_KEY_BEFORE: process.env.DATA_KEY }, undefined)
    await checkDataKeys(database.apiUrl)
    expect(await rotateDataKey(db)).toMatchObject({ key: 4, ended: [3] })
    useKeySource(next, undefined)
    const fresh = createClient(database.apiUrl)
    try {
      await checkDataKeys(database.apiUrl)
      const { now } = await readWrappers(next, undefined)
      const { rows } = await sql`select wrapped_by from data_keys`.execute(fresh)
      expect(rows).toEqual([{ wrapped_by: now.id }])
      expect((await peopleIn(pool)).length).toBeGreaterThan(60)
    } finally {
      await fresh.destroy()
      useKeySource(process.env, undefined)
    }
  })
})

describe('a database of before', () => {
  const ROWS = 2_500

  test('is sealed by the migration, every row of it, and its clear text is in no file of a table any more', async () => {
    const name = `before_${randomUUID().slice(0, 8)}`
    await pool.query(`create database ${name}`)
    const url = new URL(database.url)
    url.pathname = `/${name}`
    const { migrate } = await import('../../db/migrate.ts')
    const before = Object.fromEntries(Object.entries(MIGRATIONS).filter(([migration]) => migration < '0063'))
    await migrate(url.href, [], before)
    const old = createPool(url.href, { connectionsMax: 2 })
    try {
      await old.query(
        `insert into areas (code, level, name_th, name_en) values ('TH', 'nation', 'ไทย', 'Thailand'), ('50', 'province', 'ก', 'P');
         insert into areas (code, level, parent, name_th, name_en) values ('5001', 'district', '50', 'ก', 'D'), ('500101', 'subdistrict', '5001', 'ก', 'S')`,
      )
      await old.query(
        `insert into cases (district, report_day, source) select '5001', '2021-11-11', 'api' from generate_series(1, ${ROWS})`,
      )
      await old.query(
        `insert into people (full_name, phone, id_number) select 'Clearname ' || n, '+66' || (800000000 + n), 'ID' || n from generate_series(1, ${ROWS}) n;
         insert into people (full_name) values (null)`,
      )
      await old.query(
        `insert into case_private (case_id, person_id, lat, lon, address, notes)
         select cases.id, people.id, 18.5, 98.25, 'Clearstreet ' || cases.id, null
         from (select id, row_number() over (order by id) as n from cases) as cases
         join (select id, row_number() over (order by full_name) as n from people where full_name is not null) as people using (n)`,
      )
      await old.query(
        `insert into vulnerable (person_id, district, place, reasons, notes, recorded_label, source_at, recorded_at)
         select id, '5001', '500101', '{age60}', 'Clearnote', 'T', now(), now() from people where full_name = 'Clearname 7'`,
      )
      const link = `select full_name, address from people join case_private on person_id = people.id order by 1`
      const { rows: was } = await old.query<{ full_name: string; address: string }>(link)
      expect(was).toHaveLength(ROWS)

      const ran = await migrate(url.href, [])
      expect(ran).toContain('0063_sealed')
      const people = (await peopleIn(old as never)).filter(({ full_name }) => full_name !== null)
      const places = await openTable(old as never, 'case_private')
      const nameOf = new Map(people.map(({ id, full_name }) => [id, full_name]))
      const now = places.map((row) => ({ full_name: nameOf.get(row.person_id as string), address: row.address }))
      expect(now.sort((a, b) => String(a.full_name).localeCompare(String(b.full_name)))).toEqual(
        was.sort((a, b) => a.full_name.localeCompare(b.full_name)),
      )
      expect(new Set(places.map(({ lat, lon }) => `${lat} ${lon}`))).toEqual(new Set(['18.5 98.25']))
      const seventh = people.find(({ full_name }) => full_name === 'Clearname 7')
      expect(seventh).toMatchObject({ phone: '+66800000007', id_number: 'ID7' })
      expect(await casesOfPhone(typedOver(old), '+66800000007', 5)).toHaveLength(1)
      expect(await openTable(old as never, 'vulnerable')).toMatchObject([{ notes: 'Clearnote' }])

      for (const table of SEALED_TABLES) {
        const { rows: held } = await old.query(
          `select count(*)::int as n from generate_series(0, greatest(pg_relation_size('${table}') / 8192 - 1, 0)) as page
           where pg_relation_size('${table}') > 0 and position('Clear'::bytea in pg_read_binary_file(pg_relation_filepath('${table}'), page * 8192, 8192)) > 0`,
        )
        expect(held, table).toEqual([{ n: 0 }])
      }
    } finally {
      await old.end()
      await pool.query(`drop database ${name} with (force)`)
    }
  })
})
