import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { makeCasePeople, pageOf } from './case-people.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

let chief: Page

type Made = { readonly case: number; readonly need: number }

async function newCase(over: { severity?: string; kind?: string } = {}): Promise<Made> {
  const [made] = await openCases(database, 1, over)
  if (made === undefined) throw new Error('no case was made')
  return made
}
const open = (page: Page, one: Made) => page.goto(`${hub.url}/case/${one.case}?lang=en`)
const tap = (page: Page, action: string) => page.locator(`[data-action="${action}"]`).click()
const event = (page: Page, kind: string) => page.locator(`[data-event="${kind}"]`).first()
const row = async (one: Made) => {
  const { rows } = await database.pool.query('select stage, outcome, severity, care_place from cases where id = $1', [
    one.case,
  ])
  return rows[0]
}

const { database, hub, browser, facility } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    await makeCasePeople(database)
    await makeDeskAccount(database, 'hall', 'screen', ['50'])
    const facility = await makeFacility(database, 'case', '5001')
    return { facility }
  },
})

beforeAll(async () => {
  chief = await pageOf(browser, hub.url, 'chief')
})

it('a mis-tap of triage is taken back, the page does not scroll sideways', async () => {
  const one = await newCase({ severity: 'green' })
  await open(chief, one)
  await chief.locator('[data-triage=red]').click()
  await chief.locator('.case-severity[data-severity=red]').waitFor()
  await chief.locator('.undo-bar .button').click()
  await chief.locator('.case-severity[data-severity=green]').waitFor()
  expect(await row(one)).toMatchObject({ severity: 'green' })
  expect(await chief.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
})

it('the number of a case is given on by what the phone shares with, and is to be copied where it has nothing', async () => {
  const one = await newCase()
  const phone = await pageOf(browser, hub.url, 'chief')
  await phone.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { configurable: true, value: undefined })
  })
  await open(phone, one)
  await phone.getByRole('button', { name: 'Share the number' }).click()
  const link = `${hub.url}/case/${one.case}`
  const dialog = phone.getByRole('dialog', { name: `Case ${one.case}` })
  await dialog.waitFor()
  expect(await dialog.getByRole('textbox').inputValue()).toBe(link)
  await phone.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await phone.evaluate(() => {
    const share = async (data: ShareData) => {
      document.body.dataset.shared = JSON.stringify(data)
    }
    Object.defineProperty(navigator, 'share', { configurable: true, value: share })
  })
  await phone.getByRole('button', { name: 'Share the number' }).click()
  const shared = () => phone.evaluate(() => document.body.dataset.shared)
  await expect.poll(shared, { timeout: 20_000 }).toBe(JSON.stringify({ title: `Case ${one.case}`, url: link }))
  await phone.context().close()
})

it('triage sees what the person said; one tap makes nobody with danger signs milder without a reason', async () => {
  const one = await newCase({ severity: 'red' })
  await database.pool.query(
    `insert into complaints (case_id, district, symptoms, risks, spo2, age, said_by, said_at)
     values ($1, '5001', '{cannot_finish_sentence}', '{age60}', 91, 71, 'requester', now())`,
    [one.case],
  )
  await open(chief, one)
  const said = chief.locator('.case-complaint li[data-danger]')
  await said.waitFor()
  expect(await said.textContent()).toContain('Too breathless to finish a sentence · SpO₂ 91 % · 60 years or older')
  await chief.locator('[data-triage=yellow]').click()
  await chief.getByText('Yellow, although there are signs of danger?').waitFor()
  expect(await row(one)).toMatchObject({ severity: 'red' })
  await chief.locator('[data-reason=measured_again]').click()
  await chief.locator('.case-severity[data-severity=yellow]').waitFor()
  await chief.getByText('Red → Yellow (Measured again: it is normal)').waitFor()
})

it('a place of care takes a bed of a facility of its kind', async () => {
  const one = await newCase()
  await open(chief, one)
  await chief.locator('select[name=place]').selectOption('hospital')
  await chief.locator('select[name=level]').selectOption('3')
  await chief.locator('#case-place ~ form select[name=facility]').selectOption(String(facility))
  await tap(chief, 'place')
  await event(chief, 'case.placed').waitFor()
  expect(await row(one)).toMatchObject({ care_place: 'hospital', stage: 'in_care' })
})

it('escalated with a reason, and a need added', async () => {
  const one = await newCase({ kind: 'food' })
  await open(chief, one)
  await tap(chief, 'escalate')
  await chief.locator('[data-reason=worse]').click()
  await event(chief, 'case.escalated').waitFor()
  await tap(chief, 'add')
  await chief.locator('[data-kind=oxygen]').click()
  await chief.locator('.case-needs .case-form .button-primary').click()
  await chief.locator('.need-line', { hasText: 'Oxygen' }).waitFor()
  await event(chief, 'case.needs_added').waitFor()
})

it('a transfer is refused with a reason, asked for anew, and the patient arrives', async () => {
  const one = await newCase()
  const beds = await pageOf(browser, hub.url, 'beds')
  const step = (page: Page, name: string) => page.locator(`[data-step="${name}"]`).click()
  const ask = async () => {
    await chief.locator('select[name=transfer-level]').selectOption('3')
    await chief.locator('#case-transfer ~ form select[name=facility]').selectOption(String(facility))
    await tap(chief, 'ask-transfer')
    await chief.locator('[data-transfer=requested]').waitFor()
  }
  await open(chief, one)
  await ask()
  expect(await chief.locator('[data-step=accept]').count()).toBe(0)
  await open(beds, one)
  await step(beds, 'refuse')
  await beds.locator('[data-reason=no_bed]').click()
  await beds.getByText('Last transfer: Refused (No bed)').waitFor()
  await chief.getByText('Last transfer: Refused (No bed)').waitFor()
  await ask()
  expect(await chief.locator('[data-step=approve]').count()).toBe(0)
  await step(beds, 'approve')
  await step(beds, 'accept')
  await step(beds, 'transport')
  await step(beds, 'depart')
  await beds.locator('[data-transfer=en_route]').waitFor()
  await step(beds, 'arrive')
  await tap(beds, 'confirm-step')
  await beds.getByText('Last transfer: Arrived').waitFor()
  await chief.getByText('Last transfer: Arrived').waitFor()
  expect(await row(one)).toMatchObject({ care_place: 'hospital', stage: 'in_care' })
  await beds.context().close()
})

it('wrongly closed as a death: the outcome is corrected, then the case is opened again', async () => {
  const one = await newCase()
  await open(chief, one)
  await tap(chief, 'close')
  await chief.locator('[data-reason=died]').click()
  await tap(chief, 'confirm-died')
  await chief.locator('.case-facts [data-outcome=died]').waitFor()
  expect(await row(one)).toMatchObject({ stage: 'closed', outcome: 'died' })
  await tap(chief, 'reopen')
  await chief.getByText('correct the outcome first').waitFor()
  await chief.keyboard.press('Escape')
  await tap(chief, 'outcome')
  await chief.locator('[role=dialog] [data-outcome=none]').click()
  await tap(chief, 'save-outcome')
  await chief.locator('.case-facts [data-outcome=died]').waitFor({ state: 'detached' })
  await tap(chief, 'reopen')
  await chief.locator('[role=dialog] [data-kind=bed]').click()
  await chief.locator('[data-reason=closed_by_mistake]').click()
  await event(chief, 'case.reopened').waitFor()
  expect(await row(one)).toMatchObject({ stage: 'verified', outcome: 'none' })
})

it('a death found late is recorded on its day, before the report', async () => {
  const one = await newCase()
  await open(chief, one)
  await tap(chief, 'close')
  await chief.locator('[data-reason=died]').click()
  await chief.locator('[role=dialog] input[name=outcomeDay]').fill('2021-11-08')
  await tap(chief, 'confirm-died')
  await chief.locator('.case-facts [data-outcome=died]').waitFor()
  const { rows } = await database.pool.query('select stage, outcome, outcome_day from cases where id = $1', [one.case])
  expect(rows).toEqual([{ stage: 'closed', outcome: 'died', outcome_day: '2021-11-08' }])
})

it('a role is offered only what it may do', async () => {
  const one = await newCase()
  const page = await pageOf(browser, hub.url, 'rescue-1')
  await open(page, one)
  await page.locator('[data-move=claim]').waitFor()
  for (const action of ['close', 'escalate', 'outcome', 'reveal', 'compare', 'ask-transfer', 'place'])
    expect(await page.locator(`[data-action="${action}"]`).count()).toBe(0)
  expect(await page.locator('[data-triage]').count()).toBe(0)
  await page.locator('[data-move=claim]').click()
  await page.locator('[data-action=close]').waitFor()
  await page.locator('[data-action=escalate]').waitFor()
  expect(await page.locator('[data-triage]').count()).toBe(0)
  await page.context().close()
})

it('who claims is told for some seconds on how many screens of the area it stands', async () => {
  const wall = await signedInPage(browser, hub.url, 'hall', undefined, { width: 1920, height: 1080 })
  await wall.goto(`${hub.url}/wall/50`)
  await wall.locator('.wall[data-freshness=live]').waitFor({ timeout: 20_000 })
  const one = await newCase()
  const rescue = await pageOf(browser, hub.url, 'rescue-1')
  await open(rescue, one)
  await rescue.locator('[data-move=claim]').click()
  await rescue.locator('.case-looking [data-receipt="1/1"]').waitFor({ timeout: 20_000 })
  await rescue.locator('.case-looking [data-receipt]').waitFor({ state: 'detached', timeout: 30_000 })
  for (const page of [rescue, wall]) await page.context().close()
})

it('a contact logged by a mis-tap is taken back, and the clock runs on', async () => {
  const one = await newCase()
  await open(chief, one)
  await chief.locator('[data-result=reached]').click()
  const log = chief.locator('#case-contacts ~ ul b', { hasText: 'Reached' })
  await log.waitFor()
  expect(await row(one)).toMatchObject({ stage: 'contacted' })
  await chief.locator('.undo-bar .button').click()
  await log.waitFor({ state: 'detached' })
  expect(await row(one)).toMatchObject({ stage: 'reported' })
})

it('the result of a test and the 608 make a request a case, with the severity or alone', async () => {
  const one = await newCase({ severity: 'green' })
  const nurse = await pageOf(browser, hub.url, 'nurse')
  await open(nurse, one)
  await nurse.locator('select[name=classification]').selectOption('probable')
  await nurse.locator('input[name=risk608]').check()
  await nurse.locator('[data-triage=yellow]').click()
  await nurse.locator('.case-severity[data-severity=yellow]').waitFor()
  await nurse.locator('.case-title', { hasText: '608' }).waitFor()
  const known = async () => {
    const { rows } = await database.pool.query('select classification, risk608, severity from cases where id = $1', [
      one.case,
    ])
    return rows[0]
  }
  expect(await known()).toEqual({ classification: 'probable', risk608: true, severity: 'yellow' })
  await nurse.locator('select[name=classification]').selectOption('confirmed')
  await tap(nurse, 'save-triage')
  await nurse.locator('[data-action=save-triage]').waitFor({ state: 'detached' })
  expect(await known()).toEqual({ classification: 'confirmed', risk608: true, severity: 'yellow' })
  await nurse.context().close()
})

it('who holds one need is told who has the other, and does not close the case', async () => {
  const one = await newCase({ kind: 'food' })
  await open(chief, one)
  await tap(chief, 'add')
  await chief.locator('[data-kind=bed]').click()
  await chief.locator('.case-needs .case-form .button-primary').click()
  const beds = await pageOf(browser, hub.url, 'beds')
  await open(beds, one)
  await beds.locator('.need-line', { hasText: 'Hospital bed' }).locator('[data-move=claim]').click()
  await chief.locator('[data-holder="Beds 50"]').waitFor()
  const rescue = await pageOf(browser, hub.url, 'rescue-1')
  await open(rescue, one)
  await rescue.locator(`[data-need="${one.need}"] [data-move=claim]`).click()
  await tap(rescue, 'close')
  await rescue.locator('[data-reason=helped]').click()
  await rescue.getByText(/Beds 50 has this since .*: Hospital bed/).waitFor()
  expect(await row(one)).toMatchObject({ stage: 'reported' })
  for (const page of [beds, rescue]) await page.context().close()
})
