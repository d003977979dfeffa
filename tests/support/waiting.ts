import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect } from 'vitest'
import { expectedFromSql } from '../../db/verify/expected.ts'
import { applyDelta, emptyScope } from '../../hub/contract/live/apply.ts'
import { NEED_KINDS } from '../../hub/contract/vocabulary/needs.ts'
import { SEVERITIES } from '../../hub/contract/vocabulary/severity.ts'
import { systemClock } from '../../hub/runtime/clock.ts'
import { createLogger } from '../../hub/runtime/logger.ts'
import { Situation } from '../../hub/situation/situation.ts'
import { startSource } from '../../hub/source/index.ts'
import { type CaseHub, startCaseHub, type Worker } from './case-hub.ts'
import type { TestDatabase } from './pg.ts'

const CASES_MAX = 6
const PROVINCE = '50'
const one = fc.nat(CASES_MAX - 1)
const kind = fc.constantFrom(...NEED_KINDS, 'bed' as const, 'bed' as const)
const severity = fc.constantFrom(...SEVERITIES)

/** What somebody does to the n-th case, or to the newest need of a kind that it has. */
type Step =
  | { readonly do: 'report'; readonly severity: string; readonly kinds: readonly string[]; readonly waiting: boolean }
  | { readonly do: 'case'; readonly one: number; readonly name: string; readonly body: object }
  | { readonly do: 'need'; readonly one: number; readonly kind: string; readonly name: string; readonly body: object }
  | { readonly do: 'merge'; readonly one: number; readonly into: number }
  | { readonly do: 'transfer'; readonly one: number; readonly arrives: boolean }
  | { readonly do: 'undo' }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'sql'; readonly one: number; readonly text: string }

const onCase = (name: string, body: fc.Arbitrary<object>): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('case' as const), one, name: fc.constant(name), body })
const onNeed = (name: string, body: object = {}): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant('need' as const), one, kind, name: fc.constant(name), body: fc.constant(body) })

const LIVE = `('open', 'claimed', 'in_progress')`
/** Writers beside the API: a replay, an import, somebody at psql; `$1` is the case. */
const BY_SQL = [
  `update cases set care_place = 'waiting', care_place_at = now() where id = $1`,
  `update cases set care_place = 'hospital' where id = $1`,
  `update cases set care_place = 'discharged' where id = $1`,
  `update cases set care_place = 'unknown' where id = $1`,
  `update cases set stage = 'closed', closed_reason = 'unreachable' where id = $1 and merged_into is null`,
  `update cases set stage = 'verified', merged_into = null, closed_reason = null, outcome = 'none', outcome_day = 'infinity' where id = $1`,
  `update cases set outcome = 'died', outcome_day = report_day where id = $1`,
  `update cases set waiting = not waiting where id = $1`,
  `insert into needs (case_id, district, kind) select id, district, 'bed' from cases where id = $1 on conflict do nothing`,
  `update needs set status = 'closed', closed_reason = 'cancelled', ended_at = now(), claimed_by = null, holder_label = null,
     claimed_at = null, lease_until = null, offered_to = null where case_id = $1 and status in ${LIVE}`,
  `delete from needs where case_id = $1 and status = 'open' and not exists (select from transfers where need_id = needs.id)`,
  `delete from cases where id = $1 and not exists (select from cases other where other.merged_into = $1)
     and not exists (select from transfers where case_id = $1)`,
] as const

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('report' as const),
    severity,
    kinds: fc.uniqueArray(kind, { maxLength: 3 }),
    waiting: fc.boolean(),
  }),
  onCase('triage', fc.record({ severity: fc.constantFrom('green', 'yellow', 'red') })),
  onCase(
    'place',
    fc.record({ place: fc.constantFrom('waiting', 'hi', 'ci', 'discharged'), override: fc.constant('ER') }),
  ),
  onCase('place', fc.constant({ place: 'hospital', facility: 'hospital', level: '3' })),
  onCase('outcome', fc.record({ outcome: fc.constantFrom('none', 'recovered', 'died', 'lost') })),
  onCase('close', fc.record({ reason: fc.constantFrom('helped', 'unreachable', 'died', 'invalid') })),
  onCase('reopen', fc.record({ reason: fc.constant('worse_again'), needs: fc.uniqueArray(kind, { maxLength: 2 }) })),
  onCase('needs', fc.record({ needs: fc.uniqueArray(kind, { minLength: 1, maxLength: 2 }) })),
  onCase('escalate', fc.constant({ reason: 'worse' })),
  onNeed('claim'),
  onNeed('fulfil'),
  onNeed('release'),
  onNeed('close', { reason: 'done_by_others' }),
  onNeed('reopen'),
  fc.record({ do: fc.constant('merge' as const), one, into: one }),
  fc.record({ do: fc.constant('transfer' as const), one, arrives: fc.boolean() }),
  fc.constant<Step>({ do: 'undo' }),
  fc.constant<Step>({ do: 'undo' }),
  fc.constant<Step>({ do: 'wait', ms: 20 * 60_000 }),
  fc.record({ do: fc.constant('sql' as const), one, text: fc.constantFrom(...BY_SQL) }),
)

export type WaitingWorld = {
  check(runs: number, seed?: number): Promise<{ done: number; waited: number }>
  stop(): Promise<void>
}

/** A hub's API and its fold over one database, on which histories are played and compared. */
export async function startWaitingWorld(database: TestDatabase): Promise<WaitingWorld> {
  await database.pool.query(`update operation set day = '2021-11-11', kind = 'drill'`)
  const { rows } = await database.pool.query<{ id: number }>(
    `with made as (insert into facilities (code, district, kind, name_th, name_en)
       values ('w1', '5001', 'hospital', 'รพ.', 'Hospital') returning id)
     insert into beds (facility_id, level, district, staffed, available, occupied)
     select id, '3', '5001', 5000, 5000, 0 from made returning facility_id as id`,
  )
  const hospital = rows[0]!.id
  const hub = startCaseHub(database)
  const situation = new Situation()
  const source = startSource({
    url: database.hubUrl,
    publication: 'jitasa',
    limits: { steadyMs: 0 },
    clock: systemClock,
    logger: createLogger('silent'),
    onSnapshot: (snapshot) => void situation.reset(snapshot),
    onTransaction(tx) {
      if (situation.apply(tx) === 'resnapshot') source.resnapshot('test')
    },
    onState: () => undefined,
  })

  /** Waits until the fold has what is committed now. */
  async function level(): Promise<void> {
    await database.pool.query(`update operation set title_en = gen_random_uuid()`)
    const { rows: title } = await database.pool.query<{ title_en: string }>('select title_en from operation')
    const shown = () => situation.epoch !== '' && situation.since('nation', 0).r.find(([is]) => is === 'operation')?.[5]
    for (let i = 0; shown() !== title[0]?.title_en; i++) {
      if (i > 2000) throw new Error(`the fold does not catch up: ${JSON.stringify(source.state())}`)
      await sleep(5)
    }
  }

  async function history(steps: readonly Step[]): Promise<{ done: number; waited: number }> {
    const run = new History(database, hub, hospital)
    await run.begin()
    for (const each of steps) await run.take(each)
    await level()
    return { done: run.done, waited: await compare(database, situation, run.governor) }
  }

  return {
    async check(runs, seed) {
      const sum = { done: 0, waited: 0 }
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24, size: 'max' }), async (steps) => {
          const { done, waited } = await history(steps)
          sum.done += done
          sum.waited += waited
        }),
        { numRuns: runs, ...(seed === undefined ? {} : { seed }) },
      )
      return sum
    },
    async stop() {
      await source.stop()
      await hub.stop()
    },
  }
}

/** One history: workers of its own, since an account may ask so often in a minute. */
class History {
  done = 0
  governor!: Worker
  #responder!: Worker
  #last: { readonly id: number; readonly event: number; readonly by: Worker } | undefined
  readonly #database: TestDatabase
  readonly #hub: CaseHub
  readonly #hospital: number
  #cases: number[] = []

  constructor(database: TestDatabase, hub: CaseHub, hospital: number) {
    this.#database = database
    this.#hub = hub
    this.#hospital = hospital
  }

  async begin(): Promise<void> {
    this.governor = await this.#hub.worker('provincial_health', [PROVINCE], 'Health')
    this.#responder = await this.#hub.worker('responder', [PROVINCE], 'Rescue')
    for (const waiting of [true, false]) await this.take({ do: 'report', severity: 'red', kinds: ['food'], waiting })
  }

  async take(step: Step): Promise<void> {
    const id = 'one' in step ? this.#cases[step.one % this.#cases.length] : undefined
    switch (step.do) {
      case 'report':
        return this.#report(step)
      case 'case': {
        const body = 'facility' in step.body ? { ...step.body, facility: this.#hospital } : step.body
        return this.#post(this.governor, id, `/api/cases/${id}/${step.name}`, body)
      }
      case 'need':
        return this.#need(step, id)
      case 'merge':
        return this.#post(this.governor, id, `/api/cases/${id}/merge`, {
          into: this.#cases[step.into % this.#cases.length],
        })
      case 'transfer':
        return this.#transfer(id, step.arrives)
      case 'undo': {
        const last = this.#last
        this.#last = undefined
        if (last) await this.#post(last.by, last.id, `/api/cases/${last.id}/undo`, { event: last.event })
        return
      }
      case 'wait':
        this.#hub.clock.at += step.ms
        return
      case 'sql':
        await this.#database.pool.query(step.text, [id])
        this.done++
    }
  }

  async #report({ severity: is, kinds, waiting }: Extract<Step, { do: 'report' }>): Promise<void> {
    if (this.#cases.length === CASES_MAX) return
    const { rows } = await this.#database.pool.query<{ id: number }>(
      `with made as (insert into cases (district, place, report_day, severity, source, care_place)
         values ('5001', '5001', '2021-11-11', $1, 'volunteer', $2) returning id, district),
       asked as (insert into needs (case_id, district, kind) select id, district, unnest($3::text[]) from made)
       select id from made`,
      [is, waiting ? 'waiting' : 'unknown', kinds],
    )
    this.#cases.push(rows[0]!.id)
    this.done++
  }

  async #need({ kind: of, name, body }: Extract<Step, { do: 'need' }>, id: number | undefined): Promise<void> {
    const { rows } = await this.#database.pool.query<{ id: number }>(
      'select id from needs where case_id = $1 and kind = $2 order by id desc limit 1',
      [id, of],
    )
    const by = name === 'close' || name === 'reopen' ? this.governor : this.#responder
    if (rows[0]) await this.#post(by, id, `/api/needs/${rows[0].id}/${name}`, body)
  }

  async #transfer(id: number | undefined, arrives: boolean): Promise<void> {
    const asked = await this.governor.post(`/api/cases/${id}/transfers`, { level: '3', facility: this.#hospital })
    if (asked.status !== 200) return
    const steps = arrives ? ['approve', 'accept', 'transport', 'depart', 'arrive'] : ['approve', 'cancel']
    for (const name of steps) {
      await this.#post(this.governor, id, `/api/transfers/${asked.body.transfer.id}/${name}`, {})
    }
  }

  async #post(by: Worker, id: number | undefined, path: string, body: object): Promise<void> {
    const { status, body: answer } = await by.post(path, body)
    expect(status, `${path} ${JSON.stringify(body)} → ${JSON.stringify(answer)}`).toBeLessThan(500)
    if (status !== 200) return
    this.done++
    this.#last = id !== undefined && answer.event ? { id, event: answer.event, by } : undefined
  }
}

/** The number on a wall, its list, the board and SQL, by severity. @returns how many wait */
async function compare(database: TestDatabase, situation: Situation, reader: Worker): Promise<number> {
  const scope = emptyScope(`board:${PROVINCE}`)
  applyDelta(scope, situation.since(scope.scope, 0))
  const onBoard = [...scope.rows.values()].map((row) => row as readonly unknown[])
  const forBed = new Set(onBoard.filter(([is, , , of]) => is === 'need' && of === 'bed').map(([, , of]) => of))
  const province = emptyScope(`province:${PROVINCE}`)
  applyDelta(province, situation.since(province.scope, 0))
  const expected = (await expectedFromSql(database.pool, [province.scope])).get(province.scope)!.cells
  let all = 0
  for (const is of SEVERITIES) {
    const key = `waiting.${is}|${PROVINCE}`
    const number = province.cells.get(key) ?? 0
    const board = onBoard.filter((row) => row[0] === 'case' && forBed.has(row[1]) && row[4] === is).length
    const list = await listed(reader, `waiting.${is}`)
    expect({ number, board, list }, is).toEqual({ number, board: number, list: number })
    expect(number, `${is} by SQL`).toBe(expected.get(key) ?? 0)
    all += number
  }
  const { rows } = await database.pool.query<{ broken: string }>(BROKEN)
  expect(rows).toEqual([])
  return all
}

async function listed(reader: Worker, metric: string): Promise<number> {
  let n = 0
  let cursor: string | number | null = ''
  while (cursor !== null) {
    const page = await reader.get(
      `/api/cases?area=${PROVINCE}&metric=${metric}&limit=200${cursor && `&cursor=${cursor}`}`,
    )
    expect(page.status).toBe(200)
    n += page.body.cases.length
    cursor = page.body.cursor
  }
  return n
}

/** What the database itself holds to, whoever writes (migration 0014). */
const BROKEN = `
  with held as (select cases.*, stage in ('closed', 'duplicate', 'invalid') as over,
      exists (select from needs where case_id = cases.id and status in ${LIVE}) as asks,
      exists (select from needs where case_id = cases.id and kind = 'bed' and status in ${LIVE}) as asks_bed from cases)
  select 'waiting without its need, or a need without it' as broken, id from held where waiting <> asks_bed
  union all select 'not on the board, or without a need', id from held where on_board <> asks
  union all select 'waits for a place that nobody looks for', id from held
    where care_place = 'waiting' and not over and outcome = 'none' and not asks_bed
  union all select 'asks for a place and is said to be nowhere', id from held
    where care_place in ('unknown', 'discharged') and asks_bed
  union all select 'has ended and is asked for', id from held where over and asks or outcome <> 'none' and asks_bed`
