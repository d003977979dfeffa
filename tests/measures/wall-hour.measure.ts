import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { makeDeskAccount, signedInPage } from '../e2e/desk-accounts.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
import { record } from '../support/measures.ts'

/** One a second for an hour. */
const COMMITS = 3_600
const PER_SECOND = 30
const SHIFT_MAX = 0.001

const { hub, browser, database } = await productionForFile({
  fill: async (db) => {
    await inhabit(db)
    await makeDeskAccount(db, 'wall', 'screen', ['TH'])
  },
})

/** What happens in an emergency, each second something else: numbers grow by digits, rankings turn, alerts ring and end. */
const HAPPENS = [
  `insert into cases (district, report_day, classification, severity, care_place, source)
   select code, (select day from operation), 'confirmed', (array['green', 'yellow', 'red'])[1 + $1::int % 3], 'waiting', 'api'
   from areas where level = 'district' and code like '__01' order by hashtext(code || $1::text) limit 5`,
  `update beds set occupied = moved, available = staffed - moved
   from (select facility_id as f, level as l, (abs(hashtext(facility_id || level || $1::text)) % 101)::int as moved from beds) as of
   where facility_id = f and level = l and facility_id % 40 = $1::int % 40`,
  `insert into vaccinations (district, day, dose, kind, doses, facility_id)
   select district, (select day from operation), 1, 'report', 1 + $1::int % 500, id from facilities where id % 40 = $1::int % 40`,
  `insert into tests (district, day, kind, tested, positive)
   select code, (select day from operation), 'pcr', 40, $1::int % 40 from areas where level = 'district' and code like '__01'
   order by hashtext(code || $1::text) limit 10`,
] as const

it('what happens in an hour moves nothing of a wall', { timeout: 600_000 }, async () => {
  const page = await signedInPage(browser, hub.url, 'wall', undefined, { width: 1920, height: 1080 })
  await watchShifts(page)
  await page.goto(`${hub.url}/wall?lang=th`)
  await page.locator('.wall[data-freshness=live] .map-panel').waitFor({ timeout: 60_000 })
  await page.locator('[data-drawn-by]').first().waitFor({ timeout: 60_000 })
  const before = await shiftOf(page)
  const begunAt = performance.now()
  for (let i = 0; i < COMMITS; i++) {
    await database.pool.query(HAPPENS[i % HAPPENS.length]!, [i])
    const aheadMs = (i / PER_SECOND) * 1_000 - (performance.now() - begunAt)
    if (aheadMs > 0) await sleep(aheadMs)
  }
  const seconds = Math.round((performance.now() - begunAt) / 1_000)
  await page.locator('.wall[data-freshness=live]').waitFor({ timeout: 60_000 })
  const after = await shiftOf(page)
  const shifted = after.sum - before.sum
  await record({
    name: 'a wall over an hour: layout shift',
    value: Number(shifted.toFixed(4)),
    unit: '',
    goal: `≤ ${SHIFT_MAX}`,
    met: shifted <= SHIFT_MAX,
    how: `${COMMITS} commits (cases, beds, doses, tests, the alerts that follow) as of one a second, in ${seconds} s, on a screen of the nation with an account at 1920 × 1080, from its first live numbers on`,
  })
  expect(after.moved.slice(before.moved.length), String(shifted)).toSatisfy(() => shifted <= SHIFT_MAX)
})
