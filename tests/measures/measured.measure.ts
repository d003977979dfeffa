import { deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startDrill } from '../../db/replay/drill.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { TASKS } from '../../hub/jobs/index.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import { quantile, record } from '../support/measures.ts'
import { createTestDatabase, type TestDatabase } from '../support/pg.ts'

const STATEMENTS = 3_000
/** Statements of one turn. */
const TURN = 50

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const ms = (value: number) => Math.round(value * 10) / 10

it('a drill of the whole country is made', { timeout: 300_000 }, async () => {
  const stop = new AbortController()
  const began = performance.now()
  const drill = await startDrill(database.url, { signal: stop.signal, onLine: () => undefined })
  const seconds = (performance.now() - began) / 1000
  stop.abort()
  await drill.ended
  await record({
    name: 'a drill of two weeks and the country’s beds, until there is something to see',
    value: ms(seconds),
    unit: 's',
    how: 'startDrill on an empty database, at full scale, until the first morning is committed',
  })
})

it('the tasks of the leading worker, on it', { timeout: 120_000 }, async () => {
  for (const task of TASKS) {
    const client = await database.jobs.connect()
    const times: number[] = []
    let changed = 0
    for (let i = 0; i < 5; i++) {
      const began = performance.now()
      changed += await task.run(client, systemClock.now())
      times.push(performance.now() - began)
    }
    client.release()
    await record({
      name: `task: ${task.name}`,
      value: ms(quantile(times.slice(1), 0.5)),
      unit: 'ms',
      how: `five runs on the drill's database, the first of ${ms(times[0] ?? 0)} ms not counted, ${changed} rows changed in all; due each ${task.everyMs / 1000} s`,
    })
  }
})

it('what a snapshot costs, and a screen is sent', { timeout: 120_000 }, async () => {
  const situation = new Situation()
  const began = performance.now()
  let snapshotMs = 0
  const source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot(snapshot) {
      situation.reset(snapshot)
      snapshotMs = performance.now() - began
    },
    onTransaction: () => undefined,
    onState: () => undefined,
  })
  while (snapshotMs === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await source.stop()
  const { cells, rows } = situation.size()
  await record({
    name: 'snapshot of the drill, from the start of the source to the fold',
    value: Math.round(snapshotMs),
    unit: 'ms',
    how: `startSource on the drill's database: ${cells} cells, ${rows} rows`,
  })
  for (const scope of ['nation', 'province:50', 'alerts'] as readonly Scope[]) {
    const times: number[] = []
    let text = ''
    for (let i = 0; i < 30; i++) {
      const from = performance.now()
      text = JSON.stringify(situation.since(scope, 0))
      times.push(performance.now() - from)
    }
    const packed = deflateRawSync(text).length
    await record({
      name: `snapshot frame of ${scope}`,
      value: Buffer.byteLength(text),
      unit: 'bytes',
      how: `${packed} bytes packed, made in ${ms(quantile(times, 0.5))} ms (median of 30)`,
    })
  }
})

type Write = {
  readonly name: string
  readonly keys: string
  readonly sql: string
  /** of migration 0021, that this write may fire */
  readonly triggers: readonly (readonly [table: string, trigger: string])[]
}
const BEDS = `select facility_id, level from beds where available > 20 and occupied > 20 order by md5(facility_id || level)`
const WRITES: readonly Write[] = [
  {
    name: 'an update of beds that changes the occupied ones',
    keys: BEDS,
    sql: `update beds set occupied = occupied + 1, available = available - 1, reported_at = now() where facility_id = $1 and level = $2`,
    triggers: [
      ['beds', 'census_moved'],
      ['beds', 'reported'],
    ],
  },
  {
    name: 'an update of beds that holds one',
    keys: BEDS,
    sql: `update beds set held = held + 1, available = available - 1 where facility_id = $1 and level = $2`,
    triggers: [
      ['beds', 'census_moved'],
      ['beds', 'reported'],
    ],
  },
  {
    name: 'a claim',
    keys: `select id from needs where status = 'open' order by md5(id::text)`,
    sql: `update needs set status = 'claimed', claimed_by = '00000000-0000-4000-8000-000000000001', holder_label = 'R 1',
      claimed_at = now(), lease_until = now() + interval '1 hour', fence = fence + 1 where id = $1`,
    triggers: [
      ['needs', 'taken'],
      ['cases', 'contacted'],
      ['cases', 'revised'],
    ],
  },
  {
    name: 'a triage',
    keys: `select id from cases where severity = 'green' and outcome = 'none' order by md5(id::text)`,
    sql: `update cases set severity = 'yellow', severity_at = now() where id = $1`,
    triggers: [
      ['cases', 'contacted'],
      ['cases', 'revised'],
    ],
  },
]

it('what a write costs, with the triggers of migration 0021 and without them, in turns', {
  timeout: 300_000,
}, async () => {
  const client = await database.pool.connect()
  for (const { name, keys: found, sql, triggers } of WRITES) {
    const { rows: keys } = await client.query<unknown[]>({ text: found, rowMode: 'array' })
    expect(keys.length).toBeGreaterThan(100)
    const times = { enable: [] as number[], disable: [] as number[] }
    for (let i = 0; i < STATEMENTS; ) {
      const how = (i / TURN) % 2 === 0 ? 'enable' : 'disable'
      for (const [table, trigger] of triggers) await client.query(`alter table ${table} ${how} trigger ${trigger}`)
      for (const end = i + TURN; i < end; i++) {
        const began = performance.now()
        await client.query(sql, keys[i % keys.length])
        times[how].push(performance.now() - began)
      }
    }
    for (const [table, trigger] of triggers) await client.query(`alter table ${table} enable trigger ${trigger}`)
    const [on, off] = [quantile(times.enable, 0.5), quantile(times.disable, 0.5)]
    await record({
      name: `${name}, with the triggers against without`,
      value: Math.round((on / off) * 100) / 100,
      unit: '×',
      how: `${STATEMENTS} committed statements in turns of ${TURN}, medians ${Math.round(on * 1000)} and ${Math.round(off * 1000)} µs`,
    })
  }
  client.release()
})
