import type pg from 'pg'
import { createRandom } from './random.ts'

/** Requests on the boards of these provinces, so that a responder who signs in has something to take. */
const PROVINCES = ['10', '50', '20', '83', '90']
const REQUESTS_PER_PROVINCE = 24
const NEEDS = ['bed', 'oxygen', 'medicine', 'food', 'transport', 'test'] as const
const SEVERITIES = ['red', 'yellow', 'yellow', 'green', 'green', 'unknown'] as const
const HOURS_OLD_MAX = 30
/** Some of those that have waited longer were somebody's, whose lease ran out. */
const LEASE_MINUTES = 60
const LAPSED_SHARE = 0.15
const SEED = 2021

const INSERT = `
  with made as (
    insert into cases (district, place, report_day, source, severity, risk608, stage, reported_at, severity_at)
    select parent, code, (select day from operation), 'help', $2, $3, case when $2 = 'unknown' then 'reported' else 'triaged' end, at, at
    from (select parent, code from areas where level = 'subdistrict' and code like $1 || '%' order by md5(code || $4::int) limit 1) as somewhere,
      (select now() - make_interval(mins => $4::int)) as since (at)
    returning id, district, reported_at)
  , private as (insert into case_private (case_id) select id from made)
  insert into needs (case_id, district, kind, status, opened_at, freed)
    select id, district, kind, 'open', reported_at, $6 from made, unnest($5::text[]) as kind`

/**
 * Fills the drill's boards with invented requests, without people, unless some are there already.
 * @returns how many it made
 */
export async function fillBoards(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ any: boolean }>(
    `select exists (select from cases where source = 'help' and on_board) as any`,
  )
  if (rows[0]?.any !== false) return 0
  const random = createRandom(SEED)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  await client.query('begin')
  for (const province of PROVINCES) {
    for (let i = 0; i < REQUESTS_PER_PROVINCE; i++) {
      const needs = [...new Set([pick(NEEDS), pick(NEEDS)])]
      const minutesOld = Math.floor(random() ** 2 * HOURS_OLD_MAX * 60)
      const lapsed = minutesOld > LEASE_MINUTES && random() < LAPSED_SHARE ? 'expired' : null
      await client.query(INSERT, [province, pick(SEVERITIES), random() < 0.3, minutesOld, needs, lapsed])
    }
  }
  await client.query('commit')
  return PROVINCES.length * REQUESTS_PER_PROVINCE
}
