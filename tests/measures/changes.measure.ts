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

const wrongChecksums = async (url: string): Promise<number> => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return Number(/^\S*checksum_mismatches_total\S* (\d+)/m.exec(text)?.[1] ?? Number.NaN)
}

/** The number on a tile, without its separators. */
const shown = async (page: Page): Promise<string> =>
  ((await page.locator('main').textContent()) ?? '').replace(/,/g, '')

it(`${CHANGES} changes while a wall follows`, async () => {
  const { database, hub, page } = wall
  const screen = new FoldingClient(`${hub.url.replace('http', 'ws')}/live?v=${PROTOCOL_VERSION}`, SCOPES)
  try {
    const began = performance.now()
    await database.pool.query(
      `do $$ declare n int; today date := (select day from operation); severities text[] := array['green', 'yellow', 'red', 'unknown'];
         codes text[] := (select array_agg(code order by code) from areas where level = 'district'); begin
       for n in 1..${CHANGES / ROWS} loop ${COMMIT} commit; end loop; end $$`,
    )
    const seconds = (performance.now() - began) / 1000
    const ask = {
      ownerUrl: database.url,
      hubUrl: hub.url,
      scopes: [],
      lock: 'when-needed',
      now: () => performance.now(),
    } as const
    const verified = await verify(ask)
    const held = await heldBy(database, screen, SCOPES)
    const { rows } = await database.pool.query<{ n: number }>(
      `select count(*)::int as n from cases, operation where report_day = day and classification = 'confirmed'`,
    )
    await expect.poll(() => shown(page), { timeout: 30_000 }).toContain(String(rows[0]?.n))
    const wrong = await wrongChecksums(hub.url)
    const value = verified.differences.length + held.differences.length + screen.mismatches + wrong
    await record({
      name: `differences after ${CHANGES} changes while a wall follows`,
      value,
      unit: 'cells, rows and wrong checksums',
      goal: '0',
      met: value === 0,
      how: `${CHANGES / ROWS} commits of ${ROWS} inserts, updates and deletes in ${Math.round(seconds)} s, the wall in a browser and a client of ${SCOPES.join(', ')}; the hub’s ${verified.cells} cells and the client’s ${held.cells} against SQL, every checksum of both screens`,
    })
    expect(value).toBe(0)
  } finally {
    screen.stop()
  }
})
