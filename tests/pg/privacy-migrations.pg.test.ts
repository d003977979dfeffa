import { expect, it } from 'vitest'
import * as corrections from '../../db/migrations/0092_corrections.ts'
import * as retentionAnnounced from '../../db/migrations/0093_retention_announced.ts'
import { createTestAccounts } from '../support/accounts.ts'
import { databaseForFile } from '../support/for-file.ts'
import { typedOver } from '../support/people.ts'

const database = await databaseForFile()
const rows = async (sql: string, values: unknown[] = []) => (await database.pool.query(sql, values)).rows
const migrate = (up: typeof corrections.up) => up(typedOver(database.pool) as never)

it('0092: a correction that was asked for before is open, and ended of who was erased since; an erasure stays as it was', async () => {
  await rows(`alter table data_requests drop column refused_because, drop column closed_by, drop column closed_label`)
  await rows('drop index data_requests_corrections')
  const of = async (erased: string | null) => {
    const [{ id }] = await rows(
      `with made as (insert into cases (district, report_day, source) values ('5001', '2021-11-11', 'help') returning id)
       insert into case_private (case_id, erased_at) select id, $1 from made returning case_id as id`,
      [erased],
    )
    return Number(id)
  }
  const kept = await of(null)
  const erased = await of('2021-11-12T00:00:00Z')
  const again = await of('2021-11-10T00:00:00Z')
  for (const id of [kept, erased, again]) {
    await rows(`insert into data_requests (case_id, kind, asked_at) values ($1, 'correct', '2021-11-11')`, [id])
  }
  await rows(
    `insert into data_requests (case_id, kind, asked_at, due_at) values ($1, 'erase', '2021-11-11', '2021-11-12')`,
    [erased],
  )
  await migrate(corrections.up)
  const standing = await rows(
    `select case_id::int as id, kind, done_at is not null as done, refused_because as because from data_requests order by data_requests.id`,
  )
  expect(standing).toEqual([
    { id: kept, kind: 'correct', done: false, because: null },
    { id: erased, kind: 'correct', done: true, because: 'erased' },
    { id: again, kind: 'correct', done: false, because: null },
    { id: erased, kind: 'erase', done: false, because: null },
  ])
})

it('0093: administrators who are told of alerts are told of what goes too; nobody else, and nobody who has switched all off', async () => {
  await rows('drop table retention_announcements')
  await createTestAccounts(database, [
    { username: 'listens', role: 'administrator', areas: ['TH'], label: 'A' },
    { username: 'silent', role: 'administrator', areas: ['TH'], label: 'B' },
    { username: 'governs', role: 'governor', areas: ['50'], label: 'C' },
  ])
  await rows(
    `insert into notification_settings (account, kinds)
     select id, case username when 'silent' then '{}'::text[] else '{alert}' end from accounts`,
  )
  await migrate(retentionAnnounced.up)
  const kinds = await rows(
    `select username, kinds from notification_settings join accounts on accounts.id = account order by username`,
  )
  expect(kinds).toEqual([
    { username: 'governs', kinds: ['alert'] },
    { username: 'listens', kinds: ['alert', 'retention'] },
    { username: 'silent', kinds: [] },
  ])
})
