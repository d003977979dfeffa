import type { BrowserContext, Page } from 'playwright-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestAccounts } from '../support/accounts.ts'
import { systemForFile } from '../support/for-file.ts'
import { enterRecord, keptForOffline, unsent } from '../support/record-page.ts'
import { createThumb } from '../support/thumb.ts'

/** A page that a busy machine has drawn. */
const PAINTED = { timeout: 20_000 }

const { system, browser } = await systemForFile()
let signedIn: Awaited<ReturnType<BrowserContext['storageState']>>
let context: BrowserContext
let page: Page

const one = async (sql: string, values: unknown[] = []) => (await system.database.pool.query(sql, values)).rows[0]

/** Somebody at home whom nobody has called today. */
async function atHome(place: string, severity = 'green'): Promise<number> {
  const { id } = await one(
    `insert into cases (district, place, report_day, severity, source, on_board, stage, care_place, reported_at, severity_at)
     values (left($1, 4), $1, '2021-11-11', $2, 'volunteer', true, 'monitoring', 'hi', now() - interval '26 hours', now() - interval '26 hours')
     returning id::int`,
    [place, severity],
  )
  await system.database.pool.query('insert into case_private (case_id) values ($1)', [id])
  return id
}
const checksOf = async (id: number): Promise<number> =>
  (await one('select count(*)::int as n from checks where case_id = $1', [id])).n

beforeAll(async () => {
  await createTestAccounts(system.database, [
    { username: 'kamnan', role: 'volunteer', areas: ['500101'], label: 'Kamnan 500101' },
  ])
  const first = await browser.newContext()
  await enterRecord(await first.newPage(), system.url, 'kamnan')
  signedIn = await first.storageState()
  await first.close()
})

beforeEach(async () => {
  await system.database.pool.query('delete from cases')
  context = await browser.newContext({ viewport: { width: 390, height: 844 }, storageState: signedIn })
  page = await context.newPage()
})

afterEach(() => context.close())

const open = async (path: string) => {
  await page.goto(`${system.url}${path}`)
  await page.locator('main, .form-page').first().waitFor(PAINTED)
}
const home = async () => {
  await open('/record?lang=en')
  await page.locator('.record-kinds').waitFor(PAINTED)
}
const person = (id: number) => page.locator(`.care-person[data-case="${id}"]`)
const becomes = (state: string) => page.locator(`.queue-line[data-state=${state}]`).first().waitFor(PAINTED)

describe('the daily check', () => {
  it('takes three taps: whom, how they are, save; red then waits for a bed', async () => {
    const id = await atHome('500101')
    await atHome('500102', 'red')
    await home()
    await person(id).waitFor(PAINTED)
    expect(await page.locator('.care-person').count(), 'nobody of the next sub-district').toBe(1)
    const thumb = createThumb(page)
    await thumb.touch(person(id))
    await page.locator('input[name=spo2]:focus').waitFor(PAINTED)
    await page.keyboard.type('93')
    await page.keyboard.press('Enter')
    await page.locator('input[name=temperature]:focus').waitFor(PAINTED)
    await page.keyboard.type('38.2')
    await thumb.touch(page.locator('label.choice', { has: page.locator('input[value=worse]') }))
    await thumb.touch(page.locator('.record-actions button[type=submit]'))
    await becomes('saved')
    const figures = thumb.figures()
    console.info('a daily check on a phone', figures)
    expect(figures.touches).toBeLessThanOrEqual(3)
    expect(await one('select spo2, temperature, feeling from checks where case_id = $1', [id])).toEqual({
      spo2: 93,
      temperature: '38.2',
      feeling: 'worse',
    })
    expect(await one('select severity, care_place from cases where id = $1', [id])).toEqual({
      severity: 'red',
      care_place: 'waiting',
    })
  })

  it('of the wrong person is taken back for half a minute, and who it was is due again', async () => {
    const id = await atHome('500101')
    await home()
    await person(id).click(PAINTED)
    await page.locator('label.choice', { has: page.locator('input[value=worse]') }).click(PAINTED)
    await page.locator('.record-actions button[type=submit]').click()
    await page.locator('[data-action=undo-check]').click(PAINTED)
    await page.locator('.queue-line').waitFor({ state: 'detached', ...PAINTED })
    await page.reload()
    await person(id).waitFor(PAINTED)
    await page.locator('.care-today [data-due="1"]').waitFor(PAINTED)
    expect(await one('select contacted_at, escalated_at from cases where id = $1', [id])).toEqual({
      contacted_at: null,
      escalated_at: null,
    })
  })

  it('waits on the phone without a network, with the list as it was, and goes out when it is back', async () => {
    const id = await atHome('500101')
    await home()
    await keptForOffline(page)
    await person(id).waitFor(PAINTED)
    await context.setOffline(true)
    await page.reload()
    await person(id).waitFor(PAINTED)
    await person(id).click()
    await page.locator('label.choice', { has: page.locator('input[value=same]') }).click(PAINTED)
    await page.locator('.record-actions button[type=submit]').click()
    await page.locator('.record-kinds').waitFor(PAINTED)
    await page.locator('.care-today [data-due="0"]').waitFor(PAINTED)
    expect(await unsent(page)).toBe(1)
    expect(await checksOf(id)).toBe(0)
    await context.setOffline(false)
    await becomes('saved')
    expect(await checksOf(id)).toBe(1)
  })

  it('names what cannot be, in Thai too, and sends nothing of it', async () => {
    const id = await atHome('500101')
    await open(`/record/check?case=${id}&lang=th`)
    await page.locator('input[name=spo2]').fill('970')
    await page.locator('.record-actions button[type=submit]').click()
    await page.getByText('ใส่ 50 ถึง 100 หรือเว้นว่างไว้').waitFor(PAINTED)
    await page.getByText('เลือกหนึ่งข้อ').waitFor(PAINTED)
    expect(await checksOf(id)).toBe(0)
  })
})

describe('who was not called today', () => {
  it('the number, the list and SQL say the same, and the check takes one away', async () => {
    const [first] = [await atHome('500101', 'red'), await atHome('500101')]
    await atHome('500102')
    await open('/care?lang=en')
    await page.locator('[data-uncalled="2"]').waitFor(PAINTED)
    await page.locator(`tr[data-case="${first}"]`).waitFor(PAINTED)
    expect(await page.locator('tr[data-case]').count()).toBe(2)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'no sideways scrolling').toBe(
      true,
    )
    await page.locator(`tr[data-case="${first}"] a`).click()
    await page.locator('.case-care [data-item=call][data-due=yes]').waitFor(PAINTED)
    await page.locator('.case-care [data-action=keep]').click()
    await page.locator('.case-care [data-keeper=mine]').waitFor(PAINTED)
    await page.locator('.case-care [data-item=oximeter] button').click()
    await page.locator('.case-care [data-item=oximeter][data-due=no]').waitFor(PAINTED)
    await page.locator('.undo-bar button').first().click()
    await page.locator('.case-care [data-item=oximeter][data-due=yes]').waitFor(PAINTED)
    await page.locator('.case-care [data-item=oximeter] button').click()
    await page.locator('.case-care [data-item=oximeter][data-due=no]').waitFor(PAINTED)
    await page.locator('.case-care a.button').click()
    await page.locator('label.choice', { has: page.locator('input[value=better]') }).click(PAINTED)
    await page.locator('.record-actions button[type=submit]').click()
    await becomes('saved')
    await open('/care?lang=en')
    await page.locator('[data-uncalled="1"]').waitFor(PAINTED)
    await page.locator(`tr[data-case="${first}"]`).waitFor({ state: 'detached', ...PAINTED })
  })
})

describe('the register of the vulnerable', () => {
  it('is called, counted and revealed in the own sub-district', async () => {
    await home()
    await page.locator('a[href="/record/vulnerable"]').click()
    await page.locator('input[value=age60]').check()
    await page.getByLabel('Name', { exact: true }).fill('Vulnerable Person')
    await page.locator('.record-actions button[type=submit]').click()
    await becomes('saved')
    const { id } = await one('select max(id)::int as id from vulnerable')
    await open('/vulnerable?lang=en')
    const entry = page.locator(`tr[data-entry="${id}"]`)
    await entry.waitFor(PAINTED)
    expect(await page.locator('body').textContent()).not.toContain('Vulnerable Person')
    await entry.locator('[data-action=person]').click()
    await page.getByText('Vulnerable Person').waitFor(PAINTED)
    await entry.locator('[data-action=call]').click()
    await page.locator('select[name=doses]').selectOption('2')
    await page.locator('tr form button[type=submit]').click()
    await entry.waitFor({ state: 'detached', ...PAINTED })
    expect(await one('select doses, contacted_at is not null as reached from vulnerable where id = $1', [id])).toEqual({
      doses: 2,
      reached: true,
    })
  })
})

describe('the person on their status page', () => {
  it.each(['th', 'en', 'my', 'km', 'lo'])(
    'says how they are, in %s, and stands on the board when they are worse',
    async (language) => {
      const asked = await context.request.post(`${system.url}/api/help`, {
        data: { language, consent: { given: true, version: '2026-11' }, needs: ['food'], place: { area: '500101' } },
        headers: { 'idempotency-key': crypto.randomUUID() },
      })
      const { code } = (await asked.json()) as { code: string }
      const { id } = await one(
        `update cases set care_place = 'hi', stage = 'monitoring', severity = 'green' where source = 'help' returning id::int`,
      )
      await open(`/help/status?lang=${language}#${code}`)
      const form = page.locator('.help-check')
      await form.locator('input[name=spo2]').fill('91', PAINTED)
      await form.locator('label.choice', { has: page.locator('input[value=cannot_finish_sentence]') }).click()
      await form.getByText('1669').waitFor(PAINTED)
      await form.locator('button[type=submit]').click()
      await expect.poll(() => checksOf(id), PAINTED).toBe(1)
      expect(await one('select severity, care_place, waiting from cases where id = $1', [id])).toEqual({
        severity: 'red',
        care_place: 'waiting',
        waiting: true,
      })
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
    },
  )
})
