import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { verify } from '../../db/verify/verify.ts'
import type { Scope } from '../../hub/contract/live/scopes.ts'
import { PROTOCOL_VERSION } from '../../hub/contract/live/version.ts'
import { FoldingClient } from '../fanout/workers-client.ts'
import { record } from '../support/measures.ts'
import { heldBy } from '../support/replay-follow.ts'
import { type OpenWall, openWall } from '../support/wall.ts'

const CHANGES = 200_000
const ROWS = 200
const SCOPES: readonly Scope[] = ['nation', 'public:50']

let wall: OpenWall
beforeAll(async () => {
  wall = await openWall()
})
afterAll(() => wall?.close())

/** One commit: inserts, updates and deletes of what is counted, in districts everywhere, each day of the last month. */
const COMMIT = `
  insert into cases (district, report_day, classification, severity, source)
    select codes[1 + (n * 31 + i * 7) % cardinality(codes)], today - (n + i) % 30, 'confirmed', severities[1 + i % 4], 'api'
    from generate_series(1, ${ROWS / 4}) as i;
  insert into tests (district, day, kind, tested, positive)
    select codes[1 + (n * 37 + i * 9) % cardinality(codes)], today - (n + i) % 30, 'pcr', 4, 1 from generate_series(1, ${ROWS / 4}) as i;
  insert into vaccinations (district, day, dose, target_group, kind, doses)
    select codes[1 + (n * 41 + i * 9) % cardinality(codes)], today - (n + i) % 30, 1 + i % 3, 'general', 'report', 3
    from generate_series(1, ${ROWS / 4}) as i;
  update cases set severity = severities[1 + (id + n) % 4] where id in (select id from cases order by id desc limit ${ROWS / 5});
  delete from tests where id in (select id from tests order by id limit ${ROWS / 4 - ROWS / 5});`

/** Doses of a campaign, one a row. The writers are as fast as this, and wait while the hub is this far behind. */
const DOSES = 1_000_000
const DOSES_PER_SECOND = 5_000
const BEHIND_BYTES_MAX = 4 * 2 ** 20
const DOSES_PER_COMMIT = 250

/** One commit of a nation-wide day of vaccination: doses of today and of the days before, late ones among them. */
const TALLY = `
  insert into vaccinations (district, day, dose, target_group, vaccine, kind, doses)
    select codes.code[1 + (n * 13 + i * 7) % cardinality(codes.code)], operation.day - case when i % 10 = 0 then n % 20 else 0 end,
      1 + (i + n) % 3, (array['age60', 'disease7', 'pregnant', 'general', 'student12'])[1 + (i + n) % 5],
      (array['sinovac', 'astrazeneca', 'pfizer'])[1 + i % 3], case when i % 10 = 0 and n % 20 > 0 then 'late' else 'report' end, 1
    from operation, (select array_agg(code order by code) as code from areas where level = 'district') as codes,
      (select $1::int as n) as commit, generate_series(1, ${DOSES_PER_COMMIT}) as i`

const metric = async (url: string, name: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(new RegExp(`^\\S*${name}\\S* (\\d+)`, 'm').exec(text)?.[1] ?? Number.NaN)
}

/** The number on a tile, without its separators. */
const shown = async (page: Page): Promise<string> =>
  ((await page.locator('main').textContent()) ?? '').replace(/,/g, '')

/** What the hub, a client and the wall in a browser hold, when nobody writes any more, against SQL. `count`: a number on the wall. */
async function compared({ database, hub, page }: OpenWall, screen: FoldingClient, count: string) {
  const verified = await verify({
    ownerUrl: database.url,
    hubUrl: hub.url,
    scopes: [],
    lock: 'when-needed',
    now: () => performance.now(),
  })
  const held = await heldBy(database, screen, SCOPES)
  const { rows } = await database.pool.query<{ n: number }>(count)
  await expect.poll(() => shown(page), { timeout: 30_000 }).toContain(String(rows[0]?.n))
  const wrong = await metric(hub.url, 'checksum_mismatches_total')
  return {
    value: verified.differences.length + held.differences.length + screen.mismatches + wrong,
    how: `the hub’s ${verified.cells} cells and the client’s ${held.cells} against SQL, every checksum of both screens`,
  }
}

const follow = (url: string) => new FoldingClient(`${url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, SCOPES)

it(`${CHANGES} changes while a wall follows`, async () => {
  const { database, hub } = wall
  const screen = follow(hub.url)
  try {
    const began = performance.now()
    await database.pool.query(
      `do $$ declare n int; today date := (select day from operation); severities text[] := array['green', 'yellow', 'red', 'unknown'];
         codes text[] := (select array_agg(code order by code) from areas where level = 'district'); begin
       for n in 1..${CHANGES / ROWS} loop ${COMMIT} commit; end loop; end $$`,
    )
    const seconds = (performance.now() - began) / 1000
    const { value, how } = await compared(
      wall,
      screen,
      `select count(*)::int as n from cases, operation where report_day = day and classification = 'confirmed'`,
    )
    await record({
      name: `differences after ${CHANGES} changes while a wall follows`,
      value,
      unit: 'cells, rows and wrong checksums',
      goal: '0',
      met: value === 0,
      how: `${CHANGES / ROWS} commits of ${ROWS} inserts, updates and deletes in ${Math.round(seconds)} s, the wall in a browser and a client of ${SCOPES.join(', ')}; ${how}`,
    })
    expect(value).toBe(0)
  } finally {
    screen.stop()
  }
})

it(`${DOSES} doses tallied while a wall follows`, async () => {
  const { database, hub } = wall
  const screen = follow(hub.url)
  try {
    const began = performance.now()
    let looked = 0
    const caughtUp = async (bytes: number) => {
      looked = performance.now()
      while ((await metric(hub.url, 'source_lag_bytes')) > bytes) await sleep(100)
    }
    for (let n = 0; n < DOSES / DOSES_PER_COMMIT; n++) {
      await database.pool.query(TALLY, [n])
      const due = began + ((n + 1) * DOSES_PER_COMMIT * 1000) / DOSES_PER_SECOND
      await sleep(Math.max(0, due - performance.now()))
      if (performance.now() - looked > 250) await caughtUp(BEHIND_BYTES_MAX)
    }
    const seconds = (performance.now() - began) / 1000
    await caughtUp(2 ** 16)
    const { value, how } = await compared(
      wall,
      screen,
      'select sum(doses)::int as n from vaccinations join operation using (day)',
    )
    await record({
      name: `differences after ${DOSES} doses tallied while a wall follows`,
      value,
      unit: 'cells, rows and wrong checksums',
      goal: '0',
      met: value === 0,
      how: `a row a dose in commits of ${DOSES_PER_COMMIT}, at most ${DOSES_PER_SECOND}/s and while the hub is less than ${BEHIND_BYTES_MAX / 2 ** 20} MiB of WAL behind: ${Math.round(DOSES / seconds)}/s, ${Math.round(seconds)} s; the wall in a browser and a client of ${SCOPES.join(', ')}; ${how}`,
    })
    expect(value).toBe(0)
  } finally {
    screen.stop()
  }
})
