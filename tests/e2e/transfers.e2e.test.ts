import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
/** For somebody to look at; nothing is compared. */
const SHOTS = process.env.SHOTS

let staff: Page
let coordinator: Page

const { database, hub, browser, near, full } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    const near = await makeFacility(database, 'Near', '5001')
    await makeFacility(database, 'Far', '5009')
    const full = await makeFacility(database, 'Full', '5001')
    await database.pool.query(`update beds set available = 0, occupied = staffed where facility_id = $1`, [full])
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], near)
    await makeDeskAccount(database, 'beds', 'bed_coordinator', ['50'])
    await makeDeskAccount(database, 'rescue', 'responder', ['50'])
    return { near, full }
  },
})

beforeAll(async () => {
  staff = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
  coordinator = await signedInPage(browser, hub.url, 'beds')
  await staff.addInitScript(() => {
    const counts = { notes: 0 }
    Object.assign(window, { counts })
    const create = AudioContext.prototype.createOscillator
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      counts.notes++
      return create.call(this)
    }
  })
})

const notes = () => staff.evaluate(() => (window as unknown as { counts: { notes: number } }).counts.notes)
const shot = async (page: Page, name: string) => {
  if (SHOTS) await page.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
}
async function redCase(): Promise<{ case: number; need: number }> {
  const [one] = await openCases(database, 1, { severity: 'red' })
  if (one === undefined) throw new Error('no case was made')
  return one
}

/** Counts what a person presses: taps, and choices in a list. */
function counted(page: Page) {
  const hand = {
    taps: 0,
    async tap(selector: string) {
      hand.taps++
      await page.locator(selector).click()
    },
  }
  return hand
}

it('a red asks for an ICU bed at the nearest facility that has one free, in two taps; nobody approves their own', async () => {
  const one = await redCase()
  const responder = await signedInPage(browser, hub.url, 'rescue', undefined, PHONE)
  await responder.goto(`${hub.url}/case/${one.case}?lang=en`)
  await responder.locator('[data-move=claim]').click()
  const form = responder.locator('#case-transfer ~ form')
  await expect.poll(() => form.locator('select[name=transfer-level]').inputValue(), PAINTED).toBe('3')
  await expect.poll(() => form.locator('select[name=facility]').inputValue(), PAINTED).toBe(String(near))
  const options = await form.locator('select[name=facility] option').allTextContents()
  expect(options.map((text) => text.replace(/ · .*/, ''))).toEqual([
    'Choose…',
    'Hospital Near',
    'Hospital Far',
    'Hospital Full',
  ])
  await form.locator('select[name=facility]').selectOption(String(full))
  await form.page().getByText('No bed of this level is free there now').waitFor()
  await form.locator('select[name=facility]').selectOption(String(near))
  await responder.locator('[data-action=ask-transfer]').click()
  await responder.getByText('a second person approves it').waitFor()
  expect(await responder.locator('[data-step=approve]').count()).toBe(0)
  await shot(responder, 'case-asked-390')
  await responder.context().close()
})

it('a bed coordinator places a patient in three taps from the list, the hospital does the rest, with a sound', async () => {
  const [one] = (
    await database.pool.query<{ case_id: number }>(`select case_id from transfers where status = 'requested'`)
  ).rows
  const card = `.beds-card[data-case="${one?.case_id}"]`
  await staff.goto(`${hub.url}/facility/${near}?lang=en`)
  await staff.getByText('Nobody is being sent here now').waitFor()
  await staff.locator('.incoming-sound input').check()
  await expect.poll(notes).toBe(2)

  await coordinator.goto(`${hub.url}/beds?lang=en`)
  const asked = coordinator.locator(`[data-stage=asked] ${card}`)
  await expect.poll(() => asked.locator('select[name=facility]').inputValue(), PAINTED).toBe(String(near))
  await shot(coordinator, 'beds-asked-1280')
  const hand = counted(coordinator)
  await hand.tap(`[data-stage=asked] ${card} [data-step=approve]`)
  await coordinator.locator(`[data-stage=toAccept] ${card}`).waitFor()

  const comer = staff.locator(`.incoming-one[data-case="${one?.case_id}"]`)
  await comer.locator('[data-step=accept]').waitFor()
  await expect.poll(notes).toBe(4)
  await shot(staff, 'incoming-390')
  expect(await staff.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await comer.locator('[data-step=accept]').click()
  await hand.tap(`[data-stage=onTheRoad] ${card} [data-step=transport]`)
  await hand.tap(`[data-stage=onTheRoad] ${card} [data-step=depart]`)
  await comer.locator('[data-step=arrive]').click()
  await staff.locator('[data-action=confirm-step]').click()
  await staff.getByText('Nobody is being sent here now').waitFor()
  await coordinator.getByText('Nobody is on the road').waitFor()
  const { rows } = await database.pool.query('select care_place, facility_id, bed_level from cases where id = $1', [
    one?.case_id,
  ])
  expect(rows).toEqual([{ care_place: 'hospital', facility_id: near, bed_level: '3' }])
  // Thirteen before: through the board and the case page, for both sides.
  expect(hand.taps).toBe(3)
})

it('a hospital that cannot says why, and the coordinator sees it leave the list', async () => {
  const one = await redCase()
  await database.pool.query(
    `insert into transfers (case_id, district, status, level, to_facility, requested_label, requested_at, updated_at)
     values ($1, '5001', 'approved', '3', $2, 'Rescue 1', now(), now())`,
    [one.case, near],
  )
  const comer = staff.locator(`.incoming-one[data-case="${one.case}"]`)
  await comer.locator('[data-step=reject]').click()
  await staff.locator('[data-reason=no_staff]').click()
  await comer.waitFor({ state: 'detached' })
  await coordinator.getByText('No facility has to answer').waitFor()
  const { rows } = await database.pool.query('select status, rejected_reason from transfers where case_id = $1', [
    one.case,
  ])
  expect(rows).toEqual([{ status: 'rejected', rejected_reason: 'no_staff' }])
})

it('an open reason stays open while another patient is announced', async () => {
  const send = async (id: number) =>
    database.pool.query(
      `insert into transfers (case_id, district, status, level, to_facility, requested_label, requested_at, updated_at)
       values ($1, '5001', 'approved', '3', $2, 'Rescue 1', now(), now())`,
      [id, near],
    )
  const [first, second] = [await redCase(), await redCase()]
  await send(first.case)
  await staff.locator(`.incoming-one[data-case="${first.case}"] [data-step=reject]`).click()
  await staff.locator('[data-reason=no_bed]').waitFor()
  await send(second.case)
  await expect.poll(() => staff.locator('[data-incoming]').getAttribute('data-incoming'), PAINTED).toBe('2')
  expect(await staff.locator('[data-reason=no_bed]').count()).toBe(1)
  await staff.keyboard.press('Escape')
})

it('a wide screen shows the three stages side by side, in Thai as well', async () => {
  await coordinator.setViewportSize({ width: 1920, height: 1080 })
  await coordinator.goto(`${hub.url}/beds?lang=th`)
  await coordinator.locator('[data-stage=toAccept] .beds-card').first().waitFor()
  const tops = await coordinator
    .locator('.beds-stage')
    .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top)))
  expect(new Set(tops).size).toBe(1)
  await shot(coordinator, 'beds-1920-th')
  await coordinator.setViewportSize(PHONE)
  expect(await coordinator.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await shot(coordinator, 'beds-390-th')
  await shot(staff, 'incoming-two-390')
})
