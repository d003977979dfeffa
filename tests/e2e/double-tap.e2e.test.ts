import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { productionForFile } from '../support/for-file.ts'
import { chooseChiangMai } from '../support/help-form.ts'
import { inhabit } from '../support/inhabited.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
/** ms between the taps of a double: a hub nearby has answered the first by then, and another button may stand there. */
const GAP_MS = 150
/** ms in which what the second tap did would have been sent. */
const SETTLED_MS = 700

const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await inhabit(database)
    await createTestAccounts(database, [
      { username: 'health', role: 'provincial_health', areas: ['50'], label: 'Health office 50' },
    ])
  },
})

type Opened = { readonly page: Page; readonly sent: string[] }

/** A page, and the commands that it sends. */
async function opened(login: string | null, address: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: PHONE, reducedMotion: 'reduce' })
  await context.addInitScript(() => localStorage.setItem('jitasa.language', 'en'))
  if (login !== null) await signInContext(context, hub.url, login)
  const page = await context.newPage()
  const sent: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    // That somebody is at the page, what is like what is typed, and what the person said (on the case that its last need, done, leads to) are no commands.
    const isAside = /\/(?:here|presence|duplicates|complaint)$/.test(pathname)
    if (request.method() !== 'GET' && !isAside)
      sent.push(`${request.method()} ${pathname.replace(/[\da-f-]{36}|\d+/g, '*')}`)
  })
  await page.goto(`${hub.url}${address}`)
  return { page, sent }
}

/** Two taps where the button is now. @returns the commands that they sent */
async function doubleTap({ page, sent }: Opened, button: Locator): Promise<readonly string[]> {
  // Where it is when nothing moves any more.
  await button.click({ trial: true, ...PAINTED })
  const box = (await button.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  sent.length = 0
  await page.mouse.click(x, y, { clickCount: 1 })
  await page.waitForTimeout(GAP_MS)
  await page.mouse.down({ clickCount: 2 })
  await page.mouse.up({ clickCount: 2 })
  await expect.poll(() => sent.length, PAINTED).toBeGreaterThan(0)
  await page.waitForTimeout(SETTLED_MS)
  return [...sent]
}

it('/board: a need is taken, given back, taken again and done, each once', async () => {
  const board = await opened('rescue', '/board?sort=waiting')
  const id = await board.page.locator('.need-line[data-status=open]').first().getAttribute('data-need', PAINTED)
  const need = board.page.locator(`[data-need="${id}"]`)
  expect(await doubleTap(board, need.locator('[data-move=claim]'))).toEqual(['POST /api/needs/*/claim'])
  expect(await doubleTap(board, need.locator('[data-move=release]'))).toEqual(['POST /api/needs/*/release'])
  expect(await doubleTap(board, need.locator('[data-move=claim]'))).toEqual(['POST /api/needs/*/claim'])
  expect(await doubleTap(board, need.locator('[data-move=fulfil]'))).toEqual(['POST /api/needs/*/fulfil'])
  const { rows } = await database.pool.query<{ kind: string }>(
    'select kind from case_events where need_id = $1 order by id',
    [id],
  )
  expect(rows.map(({ kind }) => kind).slice(-4)).toEqual([
    'need.claimed',
    'need.released',
    'need.claimed',
    'need.fulfilled',
  ])
  await board.page.context().close()
})

it('/alerts: an alert is taken, put aside and taken up again, each once', async () => {
  const alerts = await opened('governor', '/alerts')
  const card = alerts.page.locator('.alert-card[data-state=raised]').first()
  const id = await card.getAttribute('data-alert', PAINTED)
  const same = alerts.page.locator(`.alert-card[data-alert="${id}"]`)
  expect(await doubleTap(alerts, same.locator('[data-move=acknowledge]'))).toEqual(['POST /api/alerts/*/acknowledge'])
  await same.getByRole('button', { name: /^Comment/ }).click()
  const dialog = alerts.page.getByRole('dialog')
  await dialog.locator('textarea').fill('Two beds come free at noon')
  expect(await doubleTap(alerts, dialog.locator('[data-minutes="30"]'))).toEqual(['POST /api/alerts/*/shelve'])
  expect(await doubleTap(alerts, same.locator('[data-move=unshelve]'))).toEqual(['POST /api/alerts/*/unshelve'])
  await alerts.page.context().close()
})

it('/desk: a lost call is noted, taken, given back and ended, a request saved, each once', async () => {
  const desk = await opened('hotline', '/desk')
  await desk.page.getByText('Note a call that was lost').click(PAINTED)
  await desk.page.locator('[name=lost-phone]').fill('081 234 5678')
  const lost = desk.page.locator('form:has([name=lost-phone]) button[type=submit]')
  expect(await doubleTap(desk, lost)).toEqual(['POST /api/calls'])
  const call = desk.page.locator('[data-call]')
  expect(await doubleTap(desk, call.getByRole('button', { name: /^Take call/ }))).toEqual(['POST /api/calls/*/claim'])
  expect(await doubleTap(desk, call.getByRole('button', { name: 'Give back' }))).toEqual(['POST /api/calls/*/release'])
  expect(await doubleTap(desk, call.getByRole('button', { name: /^Take call/ }))).toEqual(['POST /api/calls/*/claim'])
  expect(await doubleTap(desk, call.locator('[data-result]').first())).toEqual(['POST /api/calls/*/end'])
  const form = desk.page.locator('.hotline-request')
  await form.getByLabel('Phone', { exact: true }).fill('081 234 5679')
  await form.getByText('Oxygen', { exact: true }).click(PAINTED)
  await form
    .getByLabel('District')
    .locator('option[value="5001"]')
    .waitFor({ state: 'attached', ...PAINTED })
  await form.getByLabel('District').selectOption('5001')
  expect(await doubleTap(desk, form.getByRole('button', { name: 'Save the request' }))).toEqual(['POST /api/record'])
  await desk.page.context().close()
})

it('/period: a shift begins, and an objective, a decision and a message are written, each once', async () => {
  const period = await opened('health', '/period')
  const section = (name: string) => period.page.getByRole('region', { name })
  const shift = section('Shift')
  await shift.locator('input').first().fill('Day shift')
  expect(await doubleTap(period, shift.locator('button[type=submit]'))).toEqual(['POST /api/periods'])
  const objectives = section('Objectives and tasks')
  await objectives.getByRole('button', { name: 'Add' }).click(PAINTED)
  await objectives.getByLabel('What is to be reached or done').fill('No red waits over 2 h')
  await objectives.locator('select[name=owner]').selectOption('bed_coordinator')
  await objectives.locator('select[name=due]').selectOption('4')
  expect(await doubleTap(period, objectives.locator('form button[type=submit]'))).toEqual(['POST /api/objectives'])
  const messages = section('Messages')
  await messages.getByRole('textbox').fill('Next briefing 18:00')
  expect(await doubleTap(period, messages.locator('form button[type=submit]'))).toEqual(['POST /api/command-messages'])
  const log = section('Log')
  await log.getByRole('textbox').first().fill('The stadium opens as a field hospital')
  expect(await doubleTap(period, log.locator('form button[type=submit]'))).toEqual(['POST /api/decisions'])
  for (const [table, count] of [
    ['objectives', 1],
    [`command_log where kind = 'decision'`, 1],
    ['command_messages', 1],
  ] as const) {
    const { rows } = await database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)
    expect([table, rows[0]?.n]).toEqual([table, count])
  }
  await period.page.context().close()
})

it('/province/50: a double tap on an answer opens its list and presses nothing there', async () => {
  const province = await opened('governor', '/province/50')
  const line = province.page.locator('[data-question=onIt] a.brief-line').first()
  await line.waitFor(PAINTED)
  await line.dblclick({ delay: 20 })
  await province.page.locator('[data-case]').first().waitFor(PAINTED)
  await province.page.waitForTimeout(SETTLED_MS)
  expect(province.sent).toEqual([])
  expect(new URL(province.page.url()).pathname).toBe('/board')
  await province.page.context().close()
})

it('/help: a step is not passed unseen, and a request is sent once', async () => {
  const help = await opened(null, '/help')
  const { page } = help
  const next = page.locator('.form-actions button[type=submit]')
  const step = () => new URL(page.url()).searchParams.get('step')
  const twice = async (button: Locator) => {
    await button.dblclick({ delay: 20 })
    await page.waitForTimeout(SETTLED_MS)
  }
  await twice(page.locator('.form-actions .button-primary').first())
  expect(step()).toBe('needs')
  await page.locator('input[value=oxygen]').check()
  await twice(next)
  expect(step()).toBe('condition')
  await twice(next)
  expect(step()).toBe('place')
  await chooseChiangMai(page)
  await twice(next)
  expect(step()).toBe('person')
  await page.locator('[data-field=phone] input[type=tel]').fill('081 555 0101')
  await twice(next)
  expect(step()).toBe('check')
  await page.locator('.help-consent input').check()
  expect(await doubleTap(help, page.locator('.form-actions .button-primary'))).toEqual(['POST /api/help'])
  await page.locator('.help-code-text').waitFor(PAINTED)
  await page.context().close()
})
