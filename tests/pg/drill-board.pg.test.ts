import { expect, it } from 'vitest'
import { fillBoards } from '../../db/replay/drill-board.ts'
import { fillSupplies } from '../../db/replay/drill-supplies.ts'
import { databaseForFile } from '../support/for-file.ts'

const database = await databaseForFile()

it('fills the boards of a drill once, with open requests and no people', async () => {
  const client = await database.pool.connect()
  const made = await fillBoards(client)
  expect(await fillBoards(client)).toBe(0)
  const { rows } = await client.query(
    `select count(*)::int as cases, (select count(*)::int from people) as people,
       (select count(distinct case_id)::int from needs where status = 'open') as wanting,
       count(distinct severity)::int as severities from cases where on_board`,
  )
  client.release()
  expect(rows[0]).toEqual({ cases: made, people: 0, wanting: made, severities: 4 })
})

it('gives a drill residents, plans, a register and requests for resources once, of nobody', async () => {
  const client = await database.pool.connect()
  expect([await fillSupplies(client), await fillSupplies(client)]).toEqual([true, false])
  const { rows } = await client.query(
    `select (select count(distinct left(district, 2))::int from residents) as settled,
       (select count(distinct day)::int from dose_plans) as days,
       (select count(distinct kind)::int from resources where status = 'open') as kinds,
       (select count(*)::int from resources) = (select count(*)::int from resource_events) as told,
       (select count(*)::int from vulnerable) as register,
       (select count(*)::int from people where full_name is not null or phone is not null or id_number is not null) as known`,
  )
  client.release()
  expect(rows[0]).toEqual({ settled: 77, days: 44, kinds: 6, told: true, register: 200, known: 0 })
})
