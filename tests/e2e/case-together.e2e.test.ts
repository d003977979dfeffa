import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { givePerson, makeCasePeople, pageOf } from './case-people.ts'

let first: Page
let second: Page

const need = (page: Page, i: number) => page.locator(`[data-need="${made[i]?.need}"]`)
const open = (page: Page, i: number) => page.goto(`${hub.url}/case/${made[i]?.case}?lang=en`)

/** Claims, and offers it to somebody by call-sign. */
async function offer(i: number, text: string): Promise<void> {
  await need(first, i).locator('[data-opens=colleague]').click()
  await first.locator('input[name=colleague]').fill(text)
  await first.locator('[data-colleague]', { hasText: text }).click()
  await need(first, i).locator('[data-move=withdraw]').waitFor()
}

const { database, hub, browser, made } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    await makeCasePeople(database)
    const made = await openCases(database, 6)
    return { made }
  },
})

beforeAll(async () => {
  first = await pageOf(browser, hub.url, 'rescue-1')
  second = await pageOf(browser, hub.url, 'rescue-2')
})

it('offered to a colleague, declined, offered again, accepted: each sees it without reload', async () => {
  await open(first, 0)
  await second.goto(`${hub.url}/board?lang=en`)
  await need(first, 0).locator('[data-move=claim]').click()
  await need(first, 0).locator('[data-move=release]').waitFor()
  await offer(0, 'Rescue 2')
  await need(second, 0).locator('[data-move=reject]').click()
  await first.getByText('Rescue 2 declined').waitFor()
  await offer(0, 'Rescue 2')
  await need(second, 0).locator('[data-move=accept]').click()
  await first.getByText('Rescue 2 has taken over').waitFor()
  await need(first, 0).locator('[data-move=ask]').waitFor()
  await need(second, 0).locator('[data-move=release]').waitFor()
})

it('an offer is taken back before it is answered', async () => {
  await open(first, 1)
  await need(first, 1).locator('[data-move=claim]').click()
  await need(first, 1).locator('[data-move=release]').waitFor()
  await offer(1, 'Rescue 2')
  await need(second, 1).locator('[data-move=accept]').waitFor()
  await need(first, 1).locator('[data-move=withdraw]').click()
  await need(second, 1).locator('[data-move=ask]').waitFor()
})

it('two accounts with one call-sign: what one holds is not the other’s', async () => {
  const namesake = await pageOf(browser, hub.url, 'namesake')
  await open(namesake, 1)
  await need(namesake, 1).locator('[data-move=ask]').waitFor()
  expect(await need(namesake, 1).getAttribute('data-holder')).toBe('Rescue 1')
  expect(await need(namesake, 1).locator('[data-move=release]').count()).toBe(0)
  await namesake.goto(`${hub.url}/board?lang=en`)
  await need(namesake, 1).waitFor()
  expect(await need(namesake, 1).getAttribute('data-mine')).toBeNull()
  await namesake.context().close()
})

it('begun, kept, given back; a supervisor gives back what another holds', async () => {
  const chief = await pageOf(browser, hub.url, 'chief')
  await open(first, 2)
  await need(first, 2).locator('[data-move=claim]').click()
  await need(first, 2).locator('[data-move=start]').click()
  await first.locator(`[data-need="${made[2]?.need}"][data-status=in_progress]`).waitFor()
  await need(first, 2).locator('[data-move=heartbeat]').click()
  await first.getByText('You keep it.').waitFor()
  await open(chief, 2)
  await need(chief, 2).locator('[data-move=release]').click()
  await first.locator(`[data-need="${made[2]?.need}"][data-status=open]`).waitFor()
  await need(chief, 2).locator('[data-opens=close]').click()
  await chief.locator('[data-reason=done_by_others]').click()
  const over = chief.locator(`[data-ended="${made[2]?.need}"]`)
  await over.locator('[data-move=reopen]').click()
  await first.locator(`[data-need="${made[2]?.need}"][data-status=open]`).waitFor()
  await chief.context().close()
})

it('likely duplicates are compared, merged, and separated again', async () => {
  for (const i of [3, 4]) await givePerson(database, made[i]?.case ?? 0, '+66000000001')
  const nurse = await pageOf(browser, hub.url, 'nurse')
  await open(nurse, 3)
  await nurse.locator(`[data-likely="${made[4]?.case}"]`, { hasText: 'phone' }).waitFor()
  await nurse.context().close()
  const chief = await pageOf(browser, hub.url, 'chief')
  await open(chief, 3)
  await chief.locator(`[data-compare="${made[4]?.case}"]`).click()
  await chief.locator('[data-action=reveal-both]').click()
  await chief.locator('.case-compare', { hasText: '+66000000001' }).waitFor()
  await chief.locator('[data-stays=other]').click()
  await chief.locator('.case-merged').waitFor()
  await chief.locator('.undo-bar .button').click()
  await chief.locator('.case-merged').waitFor({ state: 'detached' })
  await need(chief, 3).waitFor()
  const { rows } = await database.pool.query(
    `select action, count(*)::int as n from audit_log where action = 'case.reveal' group by 1`,
  )
  expect(rows).toEqual([{ action: 'case.reveal', n: 2 }])
  await chief.context().close()
})

it('who may not see the person of both is shown no match', async () => {
  await open(first, 3)
  await need(first, 3).waitFor()
  expect(await first.locator('[data-likely]').count()).toBe(0)
  const answer = await first.context().request.get(`${hub.url}/api/cases/${made[3]?.case}/duplicates`)
  expect(answer.status()).toBe(403)
})
