import { expect, it } from 'vitest'
import { fillBoards } from '../../db/replay/drill-board.ts'
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
