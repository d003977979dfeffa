import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'

const PHONE = { width: 390, height: 844 }
const PAINTED = { timeout: 20_000 }
/** Of the board of an inhabited database reds have waited for years: it rings at once, and goes on. */
const RED = 'A red patient has waited for an hour'

const { hub, browser } = await productionForFile({
  fill: async (database) => {
    await inhabit(database)
    await createTestAccounts(database, [
      { username: 'hall', role: 'screen', areas: ['50'], label: 'Hall 5' },
      { username: 'health', role: 'provincial_health', areas: ['50'], label: 'Health office 50' },
    ])
  },
})

async function opened(login: string | null, address: string, language = 'en'): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce' })
  await context.addInitScript((lang) => localStorage.setItem('jitasa.language', lang), language)
  if (login !== null) await signInContext(context, hub.url, login)
  const page = await context.newPage()
  await page.goto(`${hub.url}${address}`)
  return page
}

const redCard = (page: Page) => page.locator('.alert-group', { hasText: RED }).locator('.alert-card').first()
const isIn = (page: Page, state: string) =>
  redCard(page)
    .and(page.locator(`[data-state=${state}]`))
    .waitFor(PAINTED)
const scrollsSideways = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth)

it('an alert is taken, put aside with a word and taken up again, and everybody sees each at once', async () => {
  const mine = await opened('governor', '/alerts')
  const theirs = await opened('beds', '/alerts')
  await isIn(mine, 'raised')
  await isIn(theirs, 'raised')
  expect(await scrollsSideways(mine)).toBe(false)

  await redCard(mine).locator('[data-move=acknowledge]').click()
  await isIn(theirs, 'acknowledged')
  await redCard(theirs).getByText('Governor 50 has it since').waitFor(PAINTED)
  await redCard(mine).getByText('You have it since').waitFor(PAINTED)
  expect(await redCard(theirs).locator('[data-move=acknowledge]').count()).toBe(0)

  await redCard(mine)
    .getByRole('button', { name: /^Comment/ })
    .click()
  const say = mine.getByRole('dialog').getByRole('button', { name: 'Put it into the history' })
  expect(await say.isDisabled()).toBe(true)
  await mine.getByRole('dialog').locator('textarea').fill('I have called the hospital')
  await say.click()
  await mine.getByRole('dialog').waitFor({ state: 'hidden', ...PAINTED })
  await redCard(mine)
    .getByRole('button', { name: /^History/ })
    .click()
  await redCard(mine).locator('[data-event=acknowledged]', { hasText: 'I have called the hospital' }).waitFor(PAINTED)
  await isIn(mine, 'acknowledged')

  await redCard(mine)
    .getByRole('button', { name: /^Comment/ })
    .click()
  await mine.getByRole('dialog').locator('textarea').fill('Two beds come free at noon')
  await mine.getByRole('dialog').locator('[data-minutes="30"]').click()
  await mine.getByRole('dialog').waitFor({ state: 'hidden', ...PAINTED })
  await isIn(theirs, 'shelved')
  await redCard(theirs)
    .getByRole('button', { name: /^History/ })
    .click()
  await redCard(theirs).locator('[data-event=shelved]', { hasText: 'Two beds come free at noon' }).waitFor(PAINTED)

  await redCard(mine).locator('[data-move=unshelve]').click()
  await redCard(theirs).locator('[data-event=unshelved]').waitFor(PAINTED)
  await Promise.all([mine.context().close(), theirs.context().close()])
})

it('an answer is taken back for half a minute; who stands above takes an alert over with a word', async () => {
  const theirs = await opened('beds', '/alerts')
  const mine = await opened('governor', '/alerts')
  await isIn(mine, 'raised')
  await redCard(theirs).locator('[data-move=acknowledge]').click()
  await isIn(mine, 'acknowledged')
  await theirs.getByRole('button', { name: /^Undo/ }).click()
  await isIn(mine, 'raised')

  await redCard(theirs).locator('[data-move=acknowledge]').click()
  await redCard(mine).getByText('Beds 50 has it since').waitFor(PAINTED)
  expect(await redCard(mine).locator('[data-move=acknowledge]').count()).toBe(0)
  await redCard(mine)
    .getByRole('button', { name: /^Take over/ })
    .click()
  const dialog = mine.getByRole('dialog', { name: 'Beds 50 has it. Take it over?' })
  await dialog.locator('textarea').fill('I am at the hospital')
  await dialog.locator('[data-move=take_over]').click()
  await dialog.waitFor({ state: 'hidden', ...PAINTED })
  await redCard(theirs).getByText('Governor 50 has it since').waitFor(PAINTED)
  await redCard(theirs)
    .getByRole('button', { name: /^History/ })
    .click()
  await redCard(theirs).locator('[data-event=taken_over]', { hasText: 'I am at the hospital' }).waitFor(PAINTED)
  await redCard(theirs).locator('[data-event=undone]').waitFor(PAINTED)

  // As it was for the next test.
  await redCard(mine)
    .getByRole('button', { name: /^Comment/ })
    .click()
  await mine.getByRole('dialog').locator('[data-minutes="30"]').click()
  await redCard(mine).locator('[data-move=unshelve]').click()
  await isIn(theirs, 'raised')
  await Promise.all([mine.context().close(), theirs.context().close()])
})

it('an answer says on how many screens it stands, and the history which screen is dark', async () => {
  const wall = await opened('hall', '/wall/50')
  await wall.locator('.wall[data-freshness=live]').waitFor(PAINTED)
  const mine = await opened('governor', '/alerts')
  await isIn(mine, 'raised')
  await redCard(mine).locator('[data-move=acknowledge]').click()
  await redCard(mine).locator('[data-receipt="1/1"]', { hasText: 'On 1 of 1 screens' }).waitFor(PAINTED)
  await wall.context().close()
  await redCard(mine)
    .getByRole('button', { name: /^History/ })
    .click()
  await redCard(mine).locator('[data-receipt="0/1"]', { hasText: 'Not on: Test, dark since' }).waitFor(PAINTED)
  expect(await scrollsSideways(mine)).toBe(false)
  // As it was for the next test.
  await mine.getByRole('button', { name: /^Undo/ }).click()
  await isIn(mine, 'raised')
  await mine.context().close()
})

it.each([
  ['governor', '/'],
  ['governor', '/board'],
  ['governor', '/beds'],
  ['governor', '/care'],
  ['governor', '/late'],
  ['hotline', '/desk'],
])('%s reads the worst alert on %s, and comes to it', async (login, address) => {
  const page = await opened(login, address)
  await page.locator('.alert-strip', { hasText: RED }).getByRole('link').click()
  await page.waitForURL(/\/alerts\?area=50$/, PAINTED)
  await redCard(page).waitFor(PAINTED)
  await page.context().close()
})

it('an alert opens the list of what it counts, and the map of where', async () => {
  const page = await opened('governor', '/alerts')
  const card = redCard(page)
  expect(await card.getByRole('link', { name: /^Map/ }).getAttribute('href', PAINTED)).toBe('/province/50')
  await card.getByRole('link', { name: /^List/ }).click()
  await page.waitForURL(/\/list\?area=50&metric=waiting\.red$/, PAINTED)
  await page.context().close()
})

it('the filters stand in the address, and a reload keeps them', async () => {
  const page = await opened('governor', '/alerts?severity=extreme')
  await redCard(page).waitFor(PAINTED)
  await page.locator('select[name=show]').selectOption('mine')
  await page.waitForURL(/show=mine/, PAINTED)
  await page.reload()
  await page.locator('select[name=show]').waitFor(PAINTED)
  expect(await page.locator('select[name=show]').inputValue()).toBe('mine')
  expect(await page.locator('select[name=severity]').inputValue()).toBe('extreme')
  await page.context().close()
})

it('the page of a province says its worst alert in a line that leads to it; a wall without an account is silent', async () => {
  const page = await opened('governor', '/province/50')
  await page.locator('.alert-strip', { hasText: RED }).getByRole('link').click()
  await page.waitForURL(/\/alerts\?area=50$/, PAINTED)
  await redCard(page).waitFor(PAINTED)
  await page.goto(`${hub.url}/wall/50`)
  await page.locator('.wall-head .alert-strip', { hasText: RED }).waitFor(PAINTED)
  await page.context().close()
  const everybody = await opened(null, '/wall/50')
  await everybody.locator('main[data-freshness=live]').waitFor(PAINTED)
  expect(await everybody.locator('.alert-strip').count()).toBe(0)
  await everybody.context().close()
})

it('national command tries a rule on the last 30 days, and then keeps it', async () => {
  const page = await opened('command', '/alerts?tab=rules')
  const rule = page.locator('[data-rule]', { hasText: 'ICU (level 3) above 85 %' })
  await rule.getByRole('button', { name: /^Change/ }).click()
  const form = page.locator('.alert-rule-form')
  await form.locator('input[name=nameEn]').fill('ICU nearly full')
  await form.locator('input[name=bound]').fill('ninety')
  await form.getByText('Write numbers with digits').waitFor(PAINTED)
  await form.locator('input[name=bound]').fill('90')
  await form.getByRole('button', { name: 'Try on the last 30 days' }).click()
  await form.locator('.alert-backtest [role=status]', { hasText: /Would have rung|cannot be tried/ }).waitFor(PAINTED)
  await form.getByRole('button', { name: 'Save' }).click()
  await page.locator('[data-rule]', { hasText: 'ICU nearly full' }).getByText('at 90 % or more').waitFor(PAINTED)
  await page.context().close()
})

it('a province’s health office writes a rule of its own in place of the nation’s, and reads whose it stands in for', async () => {
  const page = await opened('health', '/alerts?tab=rules')
  const nation = page.locator('[data-rule][data-area=TH]', { hasText: 'New cases grew by half in a week' })
  await nation.getByRole('button', { name: /^Own rule here/ }).click()
  const form = page.locator('.alert-rule-form')
  await form.getByText('In place of the nation’s: grows by +50 % or more.').waitFor(PAINTED)
  await form.locator('input[name=nameEn]').fill('Growth here')
  await form.locator('input[name=bound]').fill('30')
  await form.locator('input[name=clearBound]').fill('10')
  await form.getByRole('button', { name: 'Save' }).click()
  const own = page.locator('[data-rule][data-area="50"]', { hasText: 'Growth here' })
  await own.getByText('In place of the nation’s: grows by +50 % or more.').waitFor(PAINTED)
  await nation.getByText('Here the province’s own rule stands in its place.').waitFor(PAINTED)
  expect(await nation.getByRole('button').count()).toBe(0)
  expect(await scrollsSideways(page)).toBe(false)
  expect(await graveFaults(page)).toEqual([])
  await page.context().close()
  const command = await opened('command', '/alerts?tab=rules')
  await command
    .locator('[data-rule][data-area=TH]')
    .getByText('In 1 province an own rule stands in its place.')
    .waitFor(PAINTED)
  await command.context().close()
})

it('alerts of another province are said to be others’, with the way to one’s own; a province that is none is said to be none', async () => {
  const page = await opened('governor', '/alerts?area=10')
  await page.getByRole('heading', { name: 'These alerts are not yours to read' }).waitFor(PAINTED)
  await page.getByRole('link', { name: 'Alerts of your area' }).click(PAINTED)
  await redCard(page).waitFor(PAINTED)
  await page.context().close()
  const command = await opened('command', '/alerts?area=99')
  await command.getByRole('heading', { name: 'There is no such province.' }).waitFor(PAINTED)
  await command.context().close()
})

it('on a phone the first alert stands on the first screen, its strip says which is the worst, and the foot begins where the page does', async () => {
  const page = await opened('governor', '/alerts')
  const box = await redCard(page).locator('[data-move=acknowledge]').boundingBox()
  const band = await page.locator('.form-exercise').boundingBox()
  expect(box && box.y + box.height).toBeLessThanOrEqual(band?.y ?? 0)
  await page.goto(`${hub.url}/late`)
  const worst = page.locator('.alert-strip-worst')
  await worst.waitFor(PAINTED)
  expect((await worst.boundingBox())?.width).toBeGreaterThanOrEqual(PHONE.width / 3)
  await page.setViewportSize({ width: 1920, height: 1080 })
  const left = (selector: string) => page.locator(selector).evaluate((part) => part.getBoundingClientRect().left)
  expect(await left('.form-foot')).toBe(await left('.form-main'))
  await page.context().close()
})

it('with letters twice as large nothing stands beside a phone’s screen', async () => {
  const page = await opened('governor', '/alerts', 'th')
  await page.locator('.alert-card').first().waitFor(PAINTED)
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'))
  await expect.poll(() => scrollsSideways(page), PAINTED).toBe(false)
  await page.context().close()
})

it('what can be taken back does not cover that it is an exercise', async () => {
  const page = await opened('governor', '/alerts')
  await page.locator('.form-exercise').waitFor(PAINTED)
  await isIn(page, 'raised')
  await redCard(page).locator('[data-move=acknowledge]').click()
  const bar = await page.locator('.undo-bar').boundingBox(PAINTED)
  const band = await page.locator('.form-exercise').boundingBox()
  expect(bar && bar.y + bar.height).toBeLessThanOrEqual(band?.y ?? 0)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await isIn(page, 'raised')
  await page.context().close()
})

it('who makes no rules sees none', async () => {
  const page = await opened('governor', '/alerts?tab=rules')
  await page.locator('[data-tab=history]').waitFor(PAINTED)
  expect(await page.locator('[data-tab=rules]').count()).toBe(0)
  await page.context().close()
})

it.each(['th', 'en'])('no tab has a grave fault, nor scrolls sideways on a phone: %s', async (language) => {
  const page = await opened('command', '/alerts', language)
  const SEEN = { live: '.alert-card', history: '.state', rules: '[data-rule]' }
  for (const [tab, seen] of Object.entries(SEEN)) {
    await page.goto(`${hub.url}/alerts?tab=${tab}`)
    await page.locator(seen).first().waitFor(PAINTED)
    expect(await graveFaults(page), tab).toEqual([])
    expect(await scrollsSideways(page), tab).toBe(false)
  }
  await page.context().close()
})
