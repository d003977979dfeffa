import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { endedByQuery } from '../../../db/queries/my-work.ts'
import { withAccount } from '../../../db/queries/rls.ts'
import { openCases } from '../../../tests/support/case-hub.ts'
import { caseHubForFile } from '../../../tests/support/for-file.ts'
import { myWorkAnswer } from '../../contract/api/my-work.ts'

const { database, hub } = await caseHubForFile()
const DAY_MS = 86_400_000
const chief = await hub.worker('district_chief', ['5001'], 'District 5001')
/** An hour before midnight in Bangkok. */
hub.clock.at = Date.parse('2026-07-10T23:00:00+07:00')

async function worker(label: string) {
  const one = await hub.worker('responder', ['50'], label)
  const today = async () => myWorkAnswer.parse((await one.get('/api/my-work')).body)
  const claim = async () => {
    const [made] = await openCases(database, 1)
    if (made === undefined) throw new Error('no case was made')
    const { body } = await one.post(`/api/needs/${made.need}/claim`)
    return { ...made, fence: body.need.fence }
  }
  return { ...one, today, claim }
}

it('what was met and what was closed, the newest first, with its outcome and time; what others ended is not among it', async () => {
  const [ann, bob] = [await worker('Rescue 1'), await worker('Rescue 2')]
  const met = await ann.claim()
  const fulfilled = await ann.post(`/api/needs/${met.need}/fulfil`, { fence: met.fence })
  hub.clock.at += 60_000
  const useless = await ann.claim()
  await ann.post(`/api/needs/${useless.need}/close`, { fence: useless.fence, reason: 'unreachable' })
  const held = await ann.claim()
  const theirs = await bob.claim()
  await bob.post(`/api/needs/${theirs.need}/fulfil`, { fence: theirs.fence })

  const day = await ann.today()
  expect(day).toMatchObject({ day: '2026-07-10', total: 2 })
  expect(day.held.map(({ id }) => id)).toEqual([held.need])
  expect(day.ended).toMatchObject([
    { what: 'need', caseId: useless.case, at: hub.clock.at, how: 'closed', reason: 'unreachable' },
    {
      what: 'need',
      caseId: met.case,
      at: hub.clock.at - 60_000,
      how: 'fulfilled',
      reason: null,
      event: fulfilled.body.event,
    },
  ])
})

it('a case that was closed is one line, without the needs that went with it', async () => {
  const ann = await worker('Rescue 3')
  const { case: id } = await ann.claim()
  await ann.post(`/api/cases/${id}/close`, { reason: 'no_help_wanted' })
  expect(await ann.today()).toMatchObject({
    held: [],
    ended: [{ what: 'case', caseId: id, reason: 'no_help_wanted' }],
    total: 1,
  })
  await chief.post(`/api/cases/${id}/reopen`, { reason: 'closed_by_mistake', needs: ['food'] })
  expect((await ann.today()).ended).toEqual([])
})

it('what was undone, or opened again by somebody else, was not ended', async () => {
  const ann = await worker('Rescue 4')
  const undone = await ann.claim()
  const { body } = await ann.post(`/api/needs/${undone.need}/fulfil`, { fence: undone.fence })
  await ann.post(`/api/cases/${undone.case}/undo`, { event: body.event })
  const reopened = await ann.claim()
  await ann.post(`/api/needs/${reopened.need}/fulfil`, { fence: reopened.fence })
  expect((await ann.today()).ended).toHaveLength(1)
  await chief.post(`/api/needs/${reopened.need}/reopen`)
  const day = await ann.today()
  expect(day.ended).toEqual([])
  expect(day.held.map(({ id }) => id)).toEqual([undone.need])
})

it('midnight in Bangkok begins the day', async () => {
  const ann = await worker('Rescue 5')
  const { need, fence } = await ann.claim()
  await ann.post(`/api/needs/${need}/fulfil`, { fence })
  const before = await ann.today()
  hub.clock.at = Date.parse(`${before.day}T00:00:00+07:00`) + DAY_MS
  expect(await ann.today()).toEqual({ day: '2026-07-11', held: [], ended: [], total: 0 })
  expect(before.total).toBe(1)
})

/** Of a plan of PostgreSQL: what is read, how, and how many rows came of it. */
type Node = {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

it('among 300,000 events of others it looks up one account’s by index, under row-level security', async () => {
  const ann = await worker('Rescue 6')
  const { need, fence } = await ann.claim()
  await ann.post(`/api/needs/${need}/fulfil`, { fence })
  await openCases(database, 500)
  await database.pool.query(
    `insert into case_events (case_id, district, kind, actor, actor_label, source_at, recorded_at)
     select few.id, few.district, 'need.claimed', gen_random_uuid(), 'Somebody', $1, $1
     from (select id, district from cases order by id desc limit 500) few, generate_series(1, 600)`,
    [new Date(hub.clock.at)],
  )
  await database.pool.query('analyze case_events, idempotency, cases, needs')
  const { account, role, areas, facility } = ann.grant!
  const since = new Date(hub.clock.at - DAY_MS)
  const plan = await withAccount(hub.hub.deps.db, { account, role, areas, facility }, async (trx) => {
    const query = endedByQuery(account, { since, limit: 50 })
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Node }] }>`explain (analyze, format json) ${query}`.execute(trx)
    return nodesOf(rows[0]!['QUERY PLAN'][0].Plan)
  })
  const reads = plan.filter((node) => node['Relation Name'] === 'case_events')
  expect(reads.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([])
  const carriedOut = reads.filter((node) => node['Actual Loops'] > 0)
  expect(carriedOut.map((node) => node['Index Name']).sort()).toEqual(['case_events_case', 'case_events_pkey'])
  const read = (node: Node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
  expect(Math.max(...reads.map(read))).toBeLessThan(50)
  expect((await ann.today()).total).toBe(1)
}, 120_000)
