import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { createTestAccounts, PASSWORD, signInContext } from '../support/accounts.ts'
import { openCases } from '../support/case-hub.ts'
import { productionForFile } from '../support/for-file.ts'
import { fillBoard } from '../support/full-board.ts'

const PHONE = { width: 390, height: 844 }

let first: Page
let second: Page

async function boardOf(username: string, search = ''): Promise<Page> {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, hub.url, username)
  const page = await context.newPage()
  await page.goto(`${hub.url}/board?lang=en${search}`)
  return page
}

const need = (page: Page, id: number | undefined) => page.locator(`[data-need="${id}"]`)
const claims = async (id: number | undefined) => {
  const { rows } = await database.pool.query(`select 1 from case_events where need_id = $1 and kind = 'need.claimed'`, [
    id,
  ])
  return rows.length
}

const { database, hub, browser, made } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(`update operation set kind = 'drill', title_en = 'Drill', title_th = 'ฝึกซ้อม'`)
    await createTestAccounts(database, [
      { username: 'rescue-1', role: 'responder', areas: ['50'], label: 'Rescue 1' },
      { username: 'rescue-2', role: 'responder', areas: ['50'], label: 'Rescue 2' },
      { username: 'rescue-3', role: 'responder', areas: ['50'], label: 'Rescue 3' },
    ])
    const made = await openCases(database, 4)
    await openCases(database, 1, { severity: 'red' })
    return { made }
  },
})

beforeAll(async () => {
  first = await boardOf('rescue-1')
  second = await boardOf('rescue-2')
  for (const page of [first, second]) await need(page, made[0]?.need).waitFor()
})

it('the most urgent case stands first, every screen carries the drill, and a phone does not scroll sideways', async () => {
  expect(await first.locator('[data-case]').first().getAttribute('data-severity')).toBe('red')
  expect(await first.locator('main').getAttribute('data-exercise')).toBe('drill')
  expect(await first.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
})

it('a claim on one board is seen on the other without reload, and a double click makes one claim', async () => {
  const id = made[0]?.need
  await need(first, id).locator('[data-move=claim]').dblclick()
  await need(first, id).locator('[data-move=release]').waitFor()
  await second.locator(`[data-need="${id}"][data-holder="Rescue 1"]`).waitFor()
  expect(await need(second, id).textContent()).toContain('Rescue 1 · since')
  expect(await claims(id)).toBe(1)
})

it('the loser of a race is told who has it and since when', async () => {
  const id = made[1]?.need
  await second.route('**/api/needs/*/claim', async (route) => {
    await need(first, id).locator('[data-move=claim]').click()
    await need(first, id).locator('[data-move=release]').waitFor()
    await route.continue()
  })
  await need(second, id).locator('[data-move=claim]').click()
  const said = need(second, id).locator('.need-refusal')
  await said.waitFor()
  expect(await said.textContent()).toMatch(/Rescue 1 was faster: has it since \d\d:\d\d/)
  await second.unroute('**/api/needs/*/claim')
})

it('on a line that brings the cards before the link stands, a claim is carried out', async () => {
  const id = made[3]?.need
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, hub.url, 'rescue-3')
  const page = await context.newPage()
  const { promise: opened, resolve: open } = Promise.withResolvers<void>()
  await page.routeWebSocket('**/live*', async (socket) => {
    await opened
    socket.connectToServer()
  })
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url().slice(hub.url.length)))
  await page.goto(`${hub.url}/board?lang=en`)
  const claim = need(page, id).locator('[data-move=claim]')
  await claim.waitFor()
  expect(await page.locator('main').getAttribute('data-freshness')).toBe('connecting')
  await claim.click()
  await second.locator(`[data-need="${id}"][data-holder="Rescue 3"]`).waitFor()
  open()
  await need(page, id).locator('[data-move=release]').waitFor()
  await page.locator('main[data-freshness=live]').waitFor()
  for (const path of ['/api/session', '/api/situation?scope=board%3A50', '/api/areas?parent=50'])
    expect(asked, 'it came with the document').not.toContain(path)
  await need(page, id).locator('[data-move=release]').click()
  await second.locator(`[data-need="${id}"][data-status=open]`).waitFor()
  expect(await claims(id)).toBe(1)
  await context.close()
})

it('asked for, handed over, accepted', async () => {
  const id = made[0]?.need
  await need(second, id).locator('[data-move=ask]').click()
  // The name of who asks comes without a reload.
  await need(first, id).locator('.need-asked', { hasText: 'Rescue 2 asks for it Hand over to Rescue 2' }).waitFor()
  await need(first, id).locator('[data-move=offer]').click()
  await need(second, id).locator('[data-move=accept]').click()
  await first.locator(`[data-need="${id}"][data-holder="Rescue 2"]`).waitFor()
  await need(second, id).locator('[data-move=release]').waitFor()
})

it('who looks at a case is seen on the other board, and no longer when the page is left', async () => {
  const page = await first.context().newPage()
  await page.goto(`${hub.url}/case/${made[3]?.case}?lang=en`)
  const looking = second.locator(`[data-case="${made[3]?.case}"] .board-card-looking`)
  await looking.waitFor()
  expect(await looking.textContent()).toBe('Rescue 1 is looking')
  await page.locator('.case-back').click()
  await looking.waitFor({ state: 'detached' })
  await page.close()
})

it('a mis-tap is taken back', async () => {
  const id = made[2]?.need
  await need(first, id).locator('[data-move=claim]').click()
  await need(first, id).locator('[data-move=release]').waitFor()
  await first.locator('.undo-bar .button').click()
  await need(second, id).locator('[data-move=claim]').waitFor()
  await need(first, id).locator('[data-move=claim]').waitFor()
  expect(await need(second, id).textContent()).not.toContain('taken back')
})

it('filters and order survive a reload and the way to a case and back', async () => {
  const page = await boardOf('rescue-3')
  const more = page.locator('.board-more')
  await more.click()
  await page.locator('select[name=sort]').selectOption('waiting')
  await page.locator('#board-search').fill('50')
  await page.waitForURL(/sort=waiting.*q=50|q=50.*sort=waiting/)
  await page.reload()
  const chosen = async () => [
    await page.locator('select[name=sort]').inputValue(),
    await page.locator('#board-search').inputValue(),
  ]
  expect(await chosen()).toEqual(['waiting', '50'])
  await more.click()
  await page.locator('#board-search').fill('')
  await page.locator('.board-card-head').first().click()
  await page.locator('.case-back').click()
  await page.locator('[data-case]').first().waitFor()
  expect(await chosen()).toEqual(['waiting', ''])
  await page.context().close()
})

it('another province is refused', async () => {
  const page = await boardOf('rescue-3', '&province=51')
  await page.getByText('This board is closed to you').waitFor()
  // The link stands: no word of it, and nothing to filter.
  expect(await page.locator('.freshness-state, .board-tabs, .board-filters').count()).toBe(0)
  await page.getByRole('link', { name: 'My own board' }).click()
  await page.locator('[data-case]').first().waitFor()
  expect(await page.locator('.freshness-state').textContent()).toContain('LIVE')
  await page.context().close()
})

it('wrong password says what to do; the right one leads back to where one was going', async () => {
  const context = await browser.newContext({ viewport: PHONE })
  const page = await context.newPage()
  await page.goto(`${hub.url}/board?lang=en`)
  await page.getByLabel('User name or e-mail').fill('rescue-3')
  await page.getByLabel('Password').fill('not the password')
  await page.locator('button[type=submit]').click()
  await page.getByText('User name or password is wrong').waitFor()
  await page.getByLabel('Password').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.locator('[data-case]').first().waitFor()
  expect(new URL(page.url()).pathname).toBe('/board')
  await context.close()
})

it('name and phone appear on request, and are gone as soon as the claim is given back', async () => {
  const one = made[3]
  await need(first, one?.need).locator('[data-move=claim]').click()
  await need(first, one?.need).locator('[data-move=release]').waitFor()
  await first.goto(`${hub.url}/case/${one?.case}?lang=en`)
  await first.locator('[data-action=reveal]').click()
  await first.locator('[data-revealed=yes]').waitFor()
  await first.locator('[data-move=release]').click()
  await first.locator('[data-revealed=no]').waitFor()
  await first.getByText('Claim a need of this case to see').waitFor()
})

it('the map counts by area; a press, by keyboard too, filters the list, and way back shows all', async () => {
  const page = await boardOf('rescue-2')
  await page.locator('[data-case]').first().waitFor()
  const count = page.locator('.board-count')
  const all = Number((await count.textContent())?.match(/\d+/)?.[0])
  await page.getByRole('button', { name: 'Map', exact: true }).click()
  const bubble = page.locator('.board-bubble[data-area="5001"]')
  await bubble.waitFor()
  expect(await bubble.getAttribute('aria-label')).toMatch(/^Mueang Chiang Mai: \d+ · R 1/)
  await page.locator('.board-more').click()
  await page.getByLabel('Severity').selectOption('red')
  await bubble.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Only Mueang Chiang Mai – show all' }).waitFor()
  await page.getByText('1 without an exact area, in the list only').waitFor()
  expect(await count.textContent()).toBe(`1 of ${all} cases`)
  await page.getByRole('button', { name: 'List', exact: true }).click()
  expect(await page.locator('[data-case]').count()).toBe(1)
  await page.getByRole('button', { name: 'Only Mueang Chiang Mai – show all' }).click()
  await page.getByLabel('Severity').selectOption('')
  expect(await count.textContent()).toBe(`${all} cases`)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.locator('.board-list').waitFor()
  await bubble.waitFor()
  await page.context().close()
})

it('of hundreds of cases a phone holds a screenful, and only the list scrolls', async () => {
  await fillBoard(database, '50', 400)
  const page = await boardOf('rescue-3')
  await page.locator('[data-case]').first().waitFor()
  await expect.poll(() => page.locator('.board-count').textContent(), { timeout: 20_000 }).toMatch(/4\d\d cases/)
  expect(await page.locator('[data-case]').count()).toBeLessThan(40)
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
})

it('where the part that places the cards does not come, all stand one below the other', async () => {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, hub.url, 'rescue-3')
  const page = await context.newPage()
  await page.route('**/assets/virtualCards-*', (route) => route.abort())
  await page.goto(`${hub.url}/board?lang=en`)
  const cards = page.locator('[data-case]')
  await expect.poll(() => cards.count(), { timeout: 20_000 }).toBeGreaterThan(400)
  await page.locator('main[data-freshness=live]').waitFor()
  const tops = await cards.evaluateAll((all) => all.map((card) => card.getBoundingClientRect().top))
  expect(tops).toEqual([...tops].sort((a, b) => a - b))
  expect(new Set(tops).size).toBe(tops.length)
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  await context.close()
})

it('what a person adds to their request marks it on boards and on its open page, without reload and without what was said', async () => {
  const post = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await fetch(`${hub.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID(), ...headers },
      body: JSON.stringify(body),
    })
    return (await response.json()) as { code: string }
  }
  const { code } = await post('/api/help', {
    language: 'en',
    consent: { given: true, version: '2026-11' },
    needs: ['medicine'],
    place: { area: '5001' },
  })
  const { rows } = await database.pool.query<{ id: number }>(
    `select max(id)::int as id from cases where source = 'help'`,
  )
  const id = rows[0]?.id
  const board = await boardOf('rescue-2')
  await board.locator('.board-more').click()
  await board.locator('input[type=search]').fill(`#${id}`)
  const card = board.locator(`[data-case="${id}"]`)
  await card.waitFor()
  const page = await boardOf('rescue-3')
  await page.goto(`${hub.url}/case/${id}?lang=en`)
  await page.locator('.case-title').waitFor()
  expect(await card.getByText('New word from the person').count()).toBe(0)
  await post('/api/help/more', { note: 'we moved to the temple', symptoms: ['cough'] }, { 'tracking-code': code })
  await card.getByText('New word from the person').waitFor()
  await page.locator('.case-title').getByText('New word from the person').waitFor()
  // What a person feels is for those who triage or hold: whoever only looks sees that something was said.
  await page.locator('[data-event="case.more"]').getByText('a note').waitFor()
  expect(await page.locator('main').textContent()).not.toMatch(/temple|Cough/)
  await page.locator('[data-move=claim]').click()
  await page.locator('.case-complaint', { hasText: 'Cough' }).waitFor()
  await page.locator('[data-event="case.more"]').getByText('Cough, a note').waitFor()
})

it('without a link claims wait and say so; the note ends with its cause, and the claim then goes out once', async () => {
  const [own] = await openCases(database, 1)
  const id = own?.need
  const board = await boardOf('rescue-3')
  await board.locator('.board-more').click()
  await board.locator('input[type=search]').fill(`#${own?.case}`)
  const claim = need(board, id).locator('[data-move=claim]')
  await claim.waitFor()
  hub.child.kill('SIGSTOP')
  await board.getByText('claims and steps wait').waitFor()
  expect(await claim.isDisabled()).toBe(true)
  hub.child.kill('SIGCONT')
  await board.getByText('claims and steps wait').waitFor({ state: 'detached' })
  expect(await board.locator('.toast').count()).toBe(0)
  await claim.click()
  await need(board, id).locator('[data-move=release]').waitFor()
  expect(await claims(id)).toBe(1)
})
