import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
import { makeDeskAccount, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const WALL = { width: 1920, height: 1080 }
const SHIFT_MAX = 0.02

const { hub, browser } = await productionForFile({
  fill: async (database) => {
    await makeDeskAccount(database, 'governor', 'governor', ['50'])
    await makeDeskAccount(database, 'pho', 'provincial_health', ['50'])
    await makeDeskAccount(database, 'rescue', 'responder', ['5001'])
    await makeDeskAccount(database, 'screen', 'screen', ['50'])
    await makeDeskAccount(database, 'lamphun', 'screen', ['51'])
  },
})

let governor: Page
let pho: Page
let rescue: Page
let wall: Page
let foreign: Page
let anyone: Page
beforeAll(async () => {
  governor = await signedInPage(browser, hub.url, 'governor', undefined, PHONE)
  pho = await signedInPage(browser, hub.url, 'pho', undefined, PHONE)
  rescue = await signedInPage(browser, hub.url, 'rescue', undefined, PHONE)
  wall = await signedInPage(browser, hub.url, 'screen', undefined, WALL)
  foreign = await signedInPage(browser, hub.url, 'lamphun', undefined, WALL)
  anyone = await (await browser.newContext({ viewport: WALL })).newPage()
})

/** For somebody to look at; nothing is compared. */
const shot = async (name: string, on: Page) => {
  const { SHOTS } = process.env
  if (SHOTS) await on.screenshot({ path: path.join(SHOTS, `${name}.png`), fullPage: true })
}
const sideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
const strip = (page: Page) => page.locator('.command-strip')
const live = (page: Page) => page.locator('.wall[data-freshness=live]').waitFor(PAINTED)
const section = (page: Page, name: string) => page.getByRole('region', { name })

it('a shift begins on a phone; what command says stands on the walls of its area and on no other', async () => {
  await wall.goto(`${hub.url}/wall/50?lang=en`)
  await foreign.goto(`${hub.url}/wall/51?lang=en`)
  await anyone.goto(`${hub.url}/wall/50?lang=en`)
  for (const page of [wall, foreign, anyone]) await live(page)

  await watchShifts(governor)
  await governor.goto(`${hub.url}/period?lang=th`)
  const shift = section(governor, 'เวร')
  await shift.getByText('ยังไม่มีเวรในพื้นที่นี้').waitFor(PAINTED)
  await shift.getByLabel('ชื่อเวร').fill('เวรกลางวัน')
  await shift.getByRole('button', { name: 'เริ่มเวร' }).click(PAINTED)
  await shift.locator('[data-shift=running]').getByText('เวรกลางวัน').waitFor(PAINTED)

  const messages = section(governor, 'ข้อความ')
  await messages.getByRole('textbox').fill('โทรหาคุณสมชาย 081 234 5678')
  await messages.getByRole('button', { name: 'ส่ง', exact: true }).click(PAINTED)
  await governor.getByRole('alert').getByText('เบอร์โทรหรือเลขประจำตัว').waitFor(PAINTED)
  await messages.getByRole('textbox').fill('ประชุมครั้งต่อไป 18:00 ห้อง 2')
  await messages.getByLabel('ด่วน').check()
  await messages.getByRole('button', { name: 'ส่ง', exact: true }).click(PAINTED)
  await strip(wall).getByText('ประชุมครั้งต่อไป 18:00').waitFor(PAINTED)
  expect(await strip(foreign).count()).toBe(0)
  expect(await strip(anyone).count()).toBe(0)
  expect(await sideways(governor)).toBe(false)
  expect(await graveFaults(governor)).toEqual([])
  const shifted = await shiftOf(governor)
  expect(shifted.sum, shifted.moved.join('\n')).toBeLessThanOrEqual(SHIFT_MAX)
  await shot('period-390', governor)
})

it('objectives with their tasks are set and moved; the wall says what is due next', async () => {
  await governor.goto(`${hub.url}/period?lang=en`)
  const objectives = section(governor, 'Objectives and tasks')
  await objectives.getByRole('button', { name: 'Add' }).click(PAINTED)
  await objectives.locator('form').getByRole('button', { name: 'Add' }).click(PAINTED)
  await objectives.locator('[name=objective][aria-invalid=true]').waitFor(PAINTED)
  await objectives.locator('[name=label][aria-invalid=true]').waitFor(PAINTED)
  await objectives.getByLabel('What is to be reached or done').fill('No red waits over 2 h')
  await objectives.locator('select[name=owner]').selectOption('bed_coordinator')
  await objectives.locator('select[name=due]').selectOption('4')
  await objectives.locator('form').getByRole('button', { name: 'Add' }).click(PAINTED)
  await objectives.locator('[data-objective]').getByText('No red waits over 2 h').waitFor(PAINTED)
  await strip(wall).getByText('No red waits over 2 h').waitFor(PAINTED)
  await objectives.locator('select[name=kind]').selectOption('task')
  await objectives.getByLabel('What is to be reached or done').fill('Open ward 4')
  await objectives.locator('select[name=serves]').selectOption({ index: 1 })
  await objectives.locator('form').getByRole('button', { name: 'Add' }).click(PAINTED)
  const task = objectives.locator('[data-objective]').filter({ hasText: 'Open ward 4' })
  await task.getByLabel('State of “Open ward 4”').selectOption('done')
  await objectives.locator('[data-state=done]').getByText('Open ward 4').waitFor(PAINTED)
  expect(await graveFaults(wall)).toEqual([])
  await shot('wall-command-1920', wall)
})

it('decisions are corrected by another entry, and stay; whoever looks at the log elsewhere reads each as it is made', async () => {
  await pho.goto(`${hub.url}/period?lang=en`)
  const theirs = section(pho, 'Log')
  await theirs.locator('[data-entry=objective]').first().waitFor(PAINTED)
  const log = section(governor, 'Log')
  await log.getByLabel('Decision', { exact: false }).first().fill('Close the market')
  await log.getByRole('button', { name: 'Put into the log' }).click(PAINTED)
  await log.locator('[data-entry=decision]').getByText('Close the market').waitFor(PAINTED)
  await theirs.locator('[data-entry=decision]').getByText('Close the market').waitFor(PAINTED)
  await log.getByRole('button', { name: 'Correct: Close the market' }).click(PAINTED)
  await log.locator('textarea').fill('Close two halls of the market')
  await log.getByRole('button', { name: 'Put into the log' }).click(PAINTED)
  await log.locator('[data-entry=correction]').getByText('Close two halls of the market').waitFor(PAINTED)
  await theirs.locator('[data-entry=correction]').getByText('Close two halls of the market').waitFor(PAINTED)
  expect(await log.locator('[data-entry=decision]').count()).toBe(1)
})

it('a shift is handed over with a summary of what has changed, and accepted by the next on another phone', async () => {
  const shift = section(governor, 'Shift')
  await shift.getByRole('button', { name: 'Hand over' }).click(PAINTED)
  const summary = await shift.locator('textarea[name=summary]').inputValue()
  expect(summary).toContain('Done:\n- Open ward 4')
  expect(summary).toContain('- Close two halls of the market')
  expect(summary).not.toContain('- Close the market\n')
  await pho.goto(`${hub.url}/period?lang=en`)
  await section(pho, 'Shift').locator('[data-shift=running]').waitFor(PAINTED)
  await shift.getByRole('button', { name: 'Hand over with this summary' }).click(PAINTED)
  await section(pho, 'Shift').locator('[data-shift=handed_over]').waitFor(PAINTED)
  await section(pho, 'Shift').getByText('No red waits over 2 h').waitFor(PAINTED)
  await section(pho, 'Shift').getByLabel('Title of the shift').fill('Night shift')
  await section(pho, 'Shift').getByRole('button', { name: 'Accept and begin the next shift' }).click(PAINTED)
  await shift.locator('[data-shift=running]').getByText('Night shift').waitFor(PAINTED)
  expect(await graveFaults(pho)).toEqual([])
})

it('the briefing comes by one tap, on the page of the province; a refusal is said', async () => {
  await pho.goto(`${hub.url}/province/50?lang=th`)
  const tapped = pho.waitForEvent('download', PAINTED)
  await pho.getByRole('button', { name: 'สรุปสถานการณ์ (PDF)' }).click(PAINTED)
  const file = await tapped
  expect(file.suggestedFilename()).toBe('jitasa-briefing-50.pdf')
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-')
  expect(await sideways(pho)).toBe(false)
  await pho.route('**/api/briefing/**', (route) => route.abort())
  await pho.getByRole('button', { name: 'CSV' }).click(PAINTED)
  await pho.locator('.briefing-buttons').getByRole('alert').waitFor(PAINTED)
  await pho.unroute('**/api/briefing/**')
  expect(await graveFaults(pho)).toEqual([])
  await shot('province-briefing-390', pho)
  await pho.goto(`${hub.url}/period?lang=en`)
  await pho.getByRole('button', { name: 'Briefing (PDF)' }).waitFor(PAINTED)
})

it('a responder of a district reads it and changes nothing; a withdrawn message leaves every screen', async () => {
  await rescue.goto(`${hub.url}/board?province=50&lang=en`)
  await strip(rescue).getByText('ประชุมครั้งต่อไป 18:00').waitFor(PAINTED)
  expect(await sideways(rescue)).toBe(false)
  expect(await graveFaults(rescue)).toEqual([])
  await shot('board-command-390', rescue)
  await pho.locator('[data-message]').getByRole('button', { name: 'Withdraw' }).click(PAINTED)
  await strip(wall)
    .locator('[data-message]')
    .waitFor({ state: 'detached', ...PAINTED })
  await strip(rescue)
    .locator('[data-message]')
    .waitFor({ state: 'detached', ...PAINTED })
  await rescue.goto(`${hub.url}/period?area=50&lang=en`)
  await rescue.getByText('Night shift').first().waitFor(PAINTED)
  expect(await rescue.locator('.period form').count()).toBe(0)
  expect(await rescue.locator('.briefing-buttons').count()).toBe(0)
})
