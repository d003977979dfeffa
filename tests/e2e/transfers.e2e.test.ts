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
    await makeDeskAccount(database, 'health', 'provincial_health', ['50'])
    await makeDeskAccount(database, 'rescue', 'responder', ['50'])
    await makeDeskAccount(database, 'governor', 'governor', ['50'])
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

it('a bed coordinator places a patient in four taps from the list, the hospital does the rest, with a sound', async () => {
  const [one] = (
    await database.pool.query<{ case_id: number }>(`select case_id from transfers where status = 'requested'`)
  ).rows
  const card = `.beds-card[data-case="${one?.case_id}"]`
  await staff.goto(`${hub.url}/facility/${near}?lang=en`)
  await staff.getByText('Nobody is being sent here now').waitFor()
  await staff.locator('.incoming-sound input').check()
  await expect.poll(notes).toBe(2)

  await coordinator.goto(`${hub.url}/beds?lang=en&tab=asked`)
  const asked = coordinator.locator(`[data-stage=asked] ${card}`)
  await expect.poll(() => asked.locator('select[name=facility]').inputValue(), PAINTED).toBe(String(near))
  await shot(coordinator, 'beds-asked-1280')
  const hand = counted(coordinator)
  await hand.tap(`[data-stage=asked] ${card} [data-step=approve]`)
  await coordinator.locator('[data-tab=toAccept][data-count="1"]').waitFor()

  const comer = staff.locator(`.incoming-one[data-case="${one?.case_id}"]`)
  await comer.locator('[data-step=accept]').waitFor()
  await expect.poll(notes).toBe(4)
  await shot(staff, 'incoming-390')
  expect(await staff.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await comer.locator('[data-step=accept]').click()
  await comer.locator('[data-held-until]').waitFor()
  await coordinator.locator('[data-tab=held][data-count="1"]').waitFor()
  await hand.tap('[data-tab=held]')
  await coordinator.locator(`[data-stage=held] ${card} [data-held-until]`).waitFor()
  await shot(coordinator, 'beds-held-1280')
  await hand.tap(`[data-stage=held] ${card} [data-step=transport]`)
  await hand.tap(`[data-stage=held] ${card} [data-step=depart]`)
  await coordinator.locator('[data-tab=onTheRoad][data-count="1"]').waitFor()
  await comer.locator('[data-step=arrive]').click()
  await staff.locator('[data-action=confirm-step]').click()
  await staff.getByText('Nobody is being sent here now').waitFor()
  await coordinator.locator('[data-tab=onTheRoad][data-count="0"]').waitFor()
  const { rows } = await database.pool.query('select care_place, facility_id, bed_level from cases where id = $1', [
    one?.case_id,
  ])
  expect(rows).toEqual([{ care_place: 'hospital', facility_id: near, bed_level: '3' }])
  // Thirteen before: through the board and the case page, for both sides.
  expect(hand.taps).toBe(4)
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
  await coordinator.locator('[data-tab=toAccept][data-count="0"]').waitFor()
  await coordinator.locator('[data-tab=waiting]').click()
  const card = coordinator.locator(`[data-stage=waiting] [data-case="${one.case}"]`)
  await card.getByText(/Hospital Near refused at \d\d:\d\d: No staff/).waitFor()
  // Who has refused is offered last.
  expect(await card.locator('[data-ask]').first().getAttribute('data-ask')).not.toBe(String(near))
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

it('who waits is placed from the list of those who wait, in at most five taps in all, second person and hospital counted', async () => {
  const one = await redCase()
  const second = await signedInPage(browser, hub.url, 'health')
  await coordinator.goto(`${hub.url}/beds?lang=en`)
  const card = `[data-case="${one.case}"]`
  const hand = counted(coordinator)
  await coordinator.locator(`[data-stage=waiting] ${card} [data-ask="${near}"]`).waitFor(PAINTED)
  await database.pool.query(
    `insert into complaints (case_id, district, symptoms, risks, spo2, said_by, said_at)
     values ($1, '5001', '{drowsy}', '{}', 89, 'requester', now())`,
    [one.case],
  )
  await database.pool.query(
    `insert into care_units (facility_id, kind, district, total, in_use, reported_at) values ($1, 'ventilator', '5001', 5, 3, now())`,
    [near],
  )
  await coordinator.locator(`[data-stage=waiting] ${card}`).getByText('Ventilators: 2 free').waitFor(PAINTED)
  await coordinator.locator(`[data-stage=waiting] ${card} [data-action=said]`).click()
  await coordinator.locator(`[data-stage=waiting] ${card} [data-danger]`).getByText('SpO₂ 89 %').waitFor(PAINTED)
  await shot(coordinator, 'beds-waiting-1280')
  await hand.tap(`[data-stage=waiting] ${card} [data-ask="${near}"]`)
  await coordinator.locator(`[data-stage=waiting] ${card}`).waitFor({ state: 'detached' })
  await second.goto(`${hub.url}/beds?lang=en&tab=asked`)
  const other = counted(second)
  await expect
    .poll(() => second.locator(`[data-stage=asked] ${card} select[name=facility]`).inputValue(), PAINTED)
    .toBe(String(near))
  await other.tap(`[data-stage=asked] ${card} [data-step=approve]`)
  await staff.goto(`${hub.url}/facility/${near}?lang=en`)
  const hospital = counted(staff)
  await hospital.tap(`.incoming-one${card} [data-step=accept]`)
  await staff.locator(`.incoming-one${card} [data-step=extend]`).waitFor(PAINTED)
  await second.goto(`${hub.url}/beds?lang=en&tab=held`)
  await other.tap(`[data-stage=held] ${card} [data-step=transport]`)
  await other.tap(`[data-stage=held] ${card} [data-step=depart]`)
  await second.locator(`[data-stage=held] ${card}`).waitFor({ state: 'detached' })
  expect(hand.taps + other.taps + hospital.taps).toBeLessThanOrEqual(5)
  await second.context().close()
})

it('a hold whose time is over ends before the eyes of both sides, and the hospital may hold longer', async () => {
  const one = await redCase()
  const {
    rows: [made],
  } = await database.pool.query<{ id: number }>(
    `insert into transfers (case_id, district, status, level, to_facility, bed_held, held_until, requested_label, requested_at, updated_at)
     values ($1, '5001', 'accepted', '3', $2, true, now() + interval '1 hour', 'Rescue 1', now(), now()) returning id`,
    [one.case, near],
  )
  await database.pool.query(
    `update beds set held = held + 1, available = available - 1 where facility_id = $1 and level = '3'`,
    [near],
  )
  await coordinator.goto(`${hub.url}/beds?lang=en&tab=held`)
  const held = coordinator.locator(`[data-stage=held] [data-case="${one.case}"] [data-held-until]`)
  await held.getByText(/Bed held until \d\d:\d\d, \d+:\d\d left/).waitFor(PAINTED)
  const before = Number(await held.getAttribute('data-held-until'))
  await staff.locator(`.incoming-one[data-case="${one.case}"] [data-step=extend]`).click()
  await expect.poll(async () => Number(await held.getAttribute('data-held-until')), PAINTED).toBeGreaterThan(before)
  await database.pool.query(`update transfers set held_until = now() where id = $1`, [made?.id])
  await staff.locator(`.incoming-one[data-case="${one.case}"] [data-step=accept]`).waitFor(PAINTED)
  await held.waitFor({ state: 'detached' })
})

it('for whom there is no bed, the page names what blocks it', async () => {
  await database.pool.query(
    `update beds set cleaning = available, available = 0 where level = '2.1' or (level = '3' and available > 0)`,
  )
  const one = await redCase()
  await coordinator.goto(`${hub.url}/beds?lang=en`)
  const card = coordinator.locator(`[data-stage=waiting] [data-case="${one.case}"]`)
  await card.getByText(/No level-3 bed is free within 60 km: of \d+, \d+ occupied, \d+ being cleaned/).waitFor(PAINTED)
  expect(await card.locator('[data-ask]').count()).toBe(0)
  await shot(coordinator, 'beds-blocker-1280')
  // More than are asked for there by now: a free bed that is asked for is not offered once more.
  await database.pool.query(
    `update beds set available = staffed - held, occupied = 0, cleaning = 0 where facility_id = $1 and level = '3'`,
    [near],
  )
  await card.locator(`[data-ask="${near}"]`).waitFor(PAINTED)
  expect(await card.locator('[data-blocker]').count()).toBe(0)
})

it('proposes for all who wait at once, and asks for all of them when a person says so', async () => {
  await redCase()
  await coordinator.goto(`${hub.url}/beds?lang=en`)
  await coordinator.locator('[data-action=propose]').click()
  // All but the one whom the only hospital near has refused.
  await coordinator.getByText(/^2 of 3 who wait could be placed now$/).waitFor(PAINTED)
  const proposals = 2
  await expect.poll(() => coordinator.locator('[data-proposal]').count(), PAINTED).toBe(proposals)
  await shot(coordinator, 'beds-proposals-1280')
  const asked = Number(await coordinator.locator('[data-tab=asked]').getAttribute('data-count'))
  await coordinator.locator('[data-action=ask-all]').click()
  await coordinator.locator(`[data-tab=asked][data-count="${asked + proposals}"]`).waitFor(PAINTED)
  await coordinator.getByText(`${proposals} of ${proposals} are asked for`).waitFor(PAINTED)
  await expect.poll(() => coordinator.locator('[data-proposal]').count(), PAINTED).toBe(0)
  const second = await redCase()
  await coordinator.locator(`[data-stage=waiting] [data-case="${second.case}"]`).waitFor(PAINTED)
})

it('the tabs are worked by keyboard and kept in the address, on a phone and in Thai as well', async () => {
  await coordinator.setViewportSize({ width: 1920, height: 1080 })
  await coordinator.goto(`${hub.url}/beds?lang=th&tab=asked`)
  await coordinator.locator('[data-tab=asked][aria-selected=true]').focus()
  await coordinator.keyboard.press('ArrowRight')
  await coordinator.locator('[data-tab=toAccept][aria-selected=true]').waitFor(PAINTED)
  await expect.poll(() => new URL(coordinator.url()).searchParams.get('tab'), PAINTED).toBe('toAccept')
  await coordinator.locator('[data-stage=toAccept] .beds-card').first().waitFor()
  await shot(coordinator, 'beds-1920-th')
  await coordinator.keyboard.press('Home')
  await coordinator.locator('[data-stage=waiting] .beds-card').first().waitFor(PAINTED)
  await shot(coordinator, 'beds-waiting-1920-th')
  await coordinator.setViewportSize(PHONE)
  expect(await coordinator.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await shot(coordinator, 'beds-390-th')
  await shot(staff, 'incoming-two-390')
})

it('a count that contradicts what is known waits for the coordinator; a governor reads the same without a button', async () => {
  await database.pool.query(
    `insert into reconciliations (facility_id, level, district, staffed, available, held, occupied, cleaning, blocked, known,
       source_at, opened_at, actor_label, key)
     values ($1, '1', '5001', 20, 19, 0, 1, 0, 0, 4, now(), now(), 'Hospital Near', 'a report')`,
    [near],
  )
  const count = (page: Page) => page.locator(`[data-count="${near}.1"]`)
  const governor = await signedInPage(browser, hub.url, 'governor', undefined, PHONE)
  await governor.goto(`${hub.url}/beds?lang=en`)
  await count(governor).getByText('counted 1 occupied').waitFor(PAINTED)
  expect(await governor.locator('main').getByRole('button').count()).toBe(0)
  await staff.goto(`${hub.url}/facility/${near}?lang=en`)
  await staff.getByText('Level 1: 1 occupied was counted, 4 people are known to lie there').waitFor(PAINTED)

  await coordinator.goto(`${hub.url}/beds?lang=en`)
  await count(coordinator).waitFor(PAINTED)
  await shot(coordinator, 'beds-count-1280')
  await count(coordinator).getByRole('button', { name: 'Take the count: 1' }).click()
  for (const page of [coordinator, governor]) await count(page).waitFor({ state: 'detached', ...PAINTED })
  const { rows } = await database.pool.query(`select occupied from beds where facility_id = $1 and level = '1'`, [near])
  expect(rows).toEqual([{ occupied: 1 }])
  await governor.context().close()
})
