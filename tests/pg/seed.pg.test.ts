import { expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { seed } from '../../db/seed.ts'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()

async function levels(): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ level: string; n: number }>(
    'select level, count(*) as n from areas group by level',
  )
  return Object.fromEntries(rows.map(({ level, n }) => [level, n]))
}

const ALL = { nation: 1, province: 77, district: 928, subdistrict: 7436, unspecified: 79 }

test('the nation, 77 provinces, 928 districts, 7,436 sub-districts, and "not specified" of each province', async () => {
  expect(await levels()).toEqual(ALL)
  const { rows } = await database.pool.query(`
    select child.code from areas as child left join areas as parent on parent.code = child.parent
    where child.code <> 'TH' and parent.code is distinct from
      case length(child.code) when 2 then 'TH' else left(child.code, length(child.code) - 2) end`)
  expect(rows).toEqual([])
})

test('the operation is live, on today’s Bangkok day', async () => {
  const { rows } = await database.pool.query(
    `select day, kind, (now() at time zone 'Asia/Bangkok')::date as today from operation`,
  )
  expect(rows).toEqual([{ day: rows[0].today, kind: 'live', today: rows[0].today }])
})

test('a second start migrates and seeds nothing', async () => {
  expect(await migrate(database.url)).toEqual([])
  expect(await seed(database.url)).toBe(false)
})

test('a name that was changed and a place that is missing are mended when the areas’ fingerprint differs; the operation stays', async () => {
  await database.pool.query(`
    update areas set name_en = 'Elsewhere' where code = '50';
    delete from areas where code = '100101';
    update operation set day = '2021-11-01', kind = 'drill';
    comment on table areas is 'of an older version'`)
  expect(await seed(database.url)).toBe(true)
  expect(await levels()).toEqual(ALL)
  const { rows } = await database.pool.query(`select name_en, day, kind from areas, operation where code = '50'`)
  expect(rows).toEqual([{ name_en: 'Chiang Mai', day: '2021-11-01', kind: 'drill' }])
})

test('four starters at once on an empty database prepare it once', async () => {
  const name = `${database.name}_four`
  await database.pool.query(`create database ${name}`)
  const url = database.url.replace(database.name, name)
  try {
    const prepare = async () => ({ migrations: await migrate(url), seeded: await seed(url) })
    const results = await Promise.all([prepare(), prepare(), prepare(), prepare()])
    expect(results.filter(({ migrations }) => migrations.length > 0)).toHaveLength(1)
    expect(results.filter(({ seeded }) => seeded)).toHaveLength(1)
  } finally {
    await database.pool.query(`drop database ${name} with (force)`)
  }
})
