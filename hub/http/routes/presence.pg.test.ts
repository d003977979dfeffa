import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../../tests/support/pg.ts'
import { TASKS } from '../../jobs/tasks.ts'
import { systemClock } from '../../runtime/clock.ts'
import { createLogger } from '../../runtime/logger.ts'
import { accountKey } from '../../situation/account-key.ts'
import { Situation } from '../../situation/situation.ts'
import { startSource } from '../../source/index.ts'
import type { Source } from '../../source/source.ts'

/** What is waited for here is that it comes, not when. */
const POLL_MS_MAX = 20_000
const ACCOUNT = '00000000-0000-4000-8000-000000000001'
let database: TestDatabase
let source: Source
const situation = new Situation()

beforeAll(async () => {
  database = await createTestDatabase()
  await database.pool.query(
    `insert into cases (district, report_day, source, on_board, severity) values ('5001', '2021-11-11', 'api', true, 'red')`,
  )
  const { promise: streaming, resolve } = Promise.withResolvers<void>()
  source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => void situation.reset(snapshot),
    onTransaction: (tx) => void situation.apply(tx),
    onState: ({ kind }) => (kind === 'streaming' ? resolve() : undefined),
  })
  await streaming
})

afterAll(async () => {
  await source.stop()
  await database.drop()
})

const seen = (scope: 'board:50' | 'presence:1') =>
  situation
    .since(scope, 0)
    .r.filter(([kind]) => kind === 'presence')
    .map((row) => row[4])

it('shows who looks at a case, to its board and to its own scope, and forgets them in time', async () => {
  await database.pool.query(`select jitasa_look_at(1, $1, 'Team 7', 45)`, [ACCOUNT])
  await expect.poll(() => seen('board:50'), { timeout: POLL_MS_MAX }).toEqual(['Team 7'])
  expect(seen('presence:1')).toEqual(['Team 7'])
  expect(situation.row('case/1')?.[2]).toBe('5001')
  const task = TASKS.find(({ name }) => name === 'forget who has looked away')!
  const client = await database.jobs.connect()
  expect(await task.run(client, Date.now())).toBe(0)
  expect(await task.run(client, Date.now() + 60_000)).toBe(1)
  client.release()
  await expect.poll(() => seen('board:50'), { timeout: POLL_MS_MAX }).toEqual([])
  expect(situation.flush().find(({ s }) => s === 'presence:1')?.x).toEqual([`presence/1.${accountKey(ACCOUNT)}`])
  expect(situation.since('presence:1', 0).r.map(([kind]) => kind)).toEqual(['operation'])
})

it('keeps no view of a case that nobody looks at, however often it is asked for', () => {
  const { scopes } = situation.size()
  for (let i = 0; i < 1000; i++) situation.since(`presence:${i}`, 0)
  expect(situation.size().scopes).toBe(scopes)
})
