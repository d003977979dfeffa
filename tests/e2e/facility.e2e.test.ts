import path from 'node:path'
import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }

let page: Page

const { database, hub, browser, own, foreign } = await productionForFile({
  fill: async (database) => {
    const own = await makeFacility(database, 'T1', '5001')
    const foreign = await makeFacility(database, 'T2', '5002')
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], own)
    return { own, foreign }
  },
})

beforeAll(async () => {
  page = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
})

/** For somebody to look at; nothing is compared. */
const shot = async (name: string, on = page) => {
  const { SHOTS } = process.env
  if (SHOTS) await on.screenshot({ path: path.join(SHOTS, `${name}.png`) })
}
const field = (name: string) => page.locator(`input[name="${name}"]`)

it('checks the sum while typing, and a report changes the province page by itself', async () => {
  const watching = await browser.newPage()
  await watching.goto(`${hub.url}/province/50?lang=en`)
  const free = watching.locator('.beds-table tbody tr').first().locator('.beds-free')
  await expect.poll(() => free.textContent(), PAINTED).toBe('8')

  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').fill('1')
  await page.getByText('3 fewer than staffed').waitFor()
  await field('3.occupied').fill('9')
  await page.getByText('adds up').waitFor()
  await page.getByRole('button', { name: 'Report beds' }).click()
  await page.getByText('It is on the walls now').waitFor()
  await expect.poll(() => free.textContent(), PAINTED).toBe('5')

  // A slip is taken back with one tap, on every screen.
  await field('3.available').fill('2')
  await field('3.occupied').fill('8')
  await page.getByRole('button', { name: 'Report beds' }).click()
  await page.locator('[data-action=undo-report]').click()
  await page.getByText('what stood before stands again').waitFor(PAINTED)
  await expect.poll(() => field('3.available').inputValue(), PAINTED).toBe('1')
  await expect.poll(() => free.textContent(), PAINTED).toBe('5')
  await database.pool.query(`update beds set available = 4, occupied = 6 where facility_id = $1 and level = '3'`, [own])
  await expect.poll(() => free.textContent(), PAINTED).toBe('8')
  await watching.close()
})

const ageOf = async (table: 'beds' | 'stock' | 'care_units') => {
  const { rows } = await database.pool.query<{ seconds: number }>(
    `select extract(epoch from now() - min(reported_at))::int as seconds from ${table} where facility_id = $1`,
    [own],
  )
  return rows[0]?.seconds ?? Number.POSITIVE_INFINITY
}

it('unchanged beds are reported in two taps', async () => {
  await database.pool.query(`update beds set reported_at = now() - interval '2 hours' where facility_id = $1`, [own])
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await expect.poll(() => field('3.available').inputValue(), PAINTED).toBe('4')
  let taps = 0
  const tap = async (action: string) => {
    taps++
    await page.locator(`[data-action=${action}]`).click(PAINTED)
  }
  await tap('all-as-it-was')
  await tap('report-beds-above')
  await page.getByText('It is on the walls now').waitFor(PAINTED)
  expect(taps).toBeLessThanOrEqual(2)
  expect(await ageOf('beds')).toBeLessThan(3_600)
  await shot('two-taps-390')
  await database.pool.query(`update beds set reported_at = now() - interval '2 hours' where facility_id = $1`, [own])
})

it('ventilators and rooms stand beside the beds; more in use than there are is said at once', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByText('Ventilators, rooms').click(PAINTED)
  await field('ventilator.0').fill('4')
  await field('ventilator.1').fill('5')
  await page.getByText('More in use than there are').waitFor(PAINTED)
  await field('ventilator.1').fill('3')
  await page.getByText('1 free').waitFor(PAINTED)
  await page.locator('[data-action=report-beds]').click()
  await page.getByText('Reported: Ventilators.').waitFor(PAINTED)
  const { rows } = await database.pool.query('select total, in_use from care_units where facility_id = $1', [own])
  expect(rows).toEqual([{ total: 4, in_use: 3 }])
  await page.goto(`${hub.url}/facility?lang=en`)
  await page.getByText('Ventilators 1 / 4').waitFor(PAINTED)
  await page.goto(`${hub.url}/province/50?lang=en`)
  await page.locator('[data-unit=ventilator]').getByText('1 free of 4').waitFor(PAINTED)
})

it('vaccine is counted by kind, with the days each lasts; the sum follows and is not typed', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en&tab=stock`)
  await page.getByText('Vaccine by kind').click(PAINTED)
  await field('pfizer.0').fill('120')
  await field('pfizer.1').fill('60')
  await page.locator('[data-note=pfizer]').getByText('2').waitFor(PAINTED)
  expect(await field('vaccine.0').count()).toBe(0)
  await page.locator('[data-action=report-stock]').click(PAINTED)
  await page.getByText('Stock reported: Pfizer').waitFor(PAINTED)
  await page.locator('[data-note=vaccine-sum]').getByText('120 doses').waitFor(PAINTED)
  const { rows } = await database.pool.query(`select item, on_hand from stock where facility_id = $1 order by item`, [
    own,
  ])
  expect(rows).toEqual([
    { item: 'pfizer', on_hand: 120 },
    { item: 'vaccine', on_hand: 120 },
  ])
  await shot('stock-kinds-390')
  await database.pool.query('delete from stock where facility_id = $1', [own])
})

it('stock says how many days it lasts while one types; the province page shows it by itself', async () => {
  const watching = await browser.newPage()
  await watching.goto(`${hub.url}/province/50?lang=en`)
  await page.goto(`${hub.url}/facility/${own}?lang=th`)
  await page.getByRole('tab', { name: 'คงคลัง' }).click(PAINTED)
  await field('oxygen.0').fill('25')
  await field('oxygen.1').fill('10')
  await page.getByText('พอใช้อีก 2.5 วัน').waitFor(PAINTED)
  await page.locator('[data-action=report-stock]').click()
  await page.getByText('รายงานคงคลังแล้ว: ออกซิเจน').waitFor(PAINTED)
  await shot('stock-390')
  const row = watching.locator('[data-indicator="stock.days"]')
  await expect.poll(() => row.textContent().catch(() => ''), PAINTED).toContain('2.5')
  await watching.close()

  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByRole('tab', { name: 'Stock' }).click(PAINTED)
  await expect.poll(() => field('oxygen.0').inputValue(), PAINTED).toBe('25')
  await database.pool.query(`update stock set reported_at = now() - interval '2 hours' where facility_id = $1`, [own])
  await page.locator('[data-action=all-as-it-was]').click()
  await page.locator('[data-action=report-stock]').click()
  await page.getByText('Stock reported: Oxygen.').waitFor(PAINTED)
  expect(await ageOf('stock')).toBeLessThan(3_600)
})

it('says before a report is late when it is due, and since when it is overdue', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  const due = page.locator('[data-due=beds]')
  const counted = (minutes: number) =>
    database.pool.query(`update beds set reported_at = now() - make_interval(mins => $2::int) where facility_id = $1`, [
      own,
      minutes,
    ])
  await counted(80)
  await expect.poll(() => due.getAttribute('data-state'), PAINTED).toBe('soon')
  expect(await due.textContent()).toMatch(/Beds: due in (?:3\d|40) min \(/)
  await shot('due-390')
  await counted(210)
  await expect.poll(() => due.getAttribute('data-state'), PAINTED).toBe('overdue')
  expect(await due.textContent()).toMatch(/Beds: overdue by 1 h \d+ min, since /)
})

it('copied cells of a spreadsheet are looked at row by row, and reported when all are right', async () => {
  await page.goto(`${hub.url}/facility?lang=en`)
  const sheet = page.locator('[data-import=beds]')
  await sheet.locator('summary').click(PAINTED)
  const look = async (cells: string) => {
    await sheet.locator('textarea').fill(cells)
    await sheet.locator('[data-action=look-at-pasted]').click(PAINTED)
  }
  await look('level\tstaffed\tavailable\toccupied\n3\t10\t3\t6\n')
  await sheet.getByText('the states add up to 9, not to staffed 10').waitFor(PAINTED)
  await shot('import-wrong-390')
  await look('level\tstaffed\tavailable\toccupied\n3\t10\t4\t6\n')
  await sheet.getByText('To be reported: levels 1, facilities 1.').waitFor(PAINTED)
  await sheet.locator('[data-action=apply-beds]').click(PAINTED)
  await sheet.getByText('Reported: levels 1, facilities 1.', { exact: true }).waitFor(PAINTED)
  expect((await reportedAgo('3')).seconds).toBeLessThan(600)
})

it('a press on the import’s button that begins before the list of facilities is there, and ends after it, is a press', async () => {
  const late = await page.context().newPage()
  const held = Promise.withResolvers<void>()
  await late.routeWebSocket(/\/live/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => void held.promise.then(() => socket.send(message)))
  })
  await late.goto(`${hub.url}/facility?lang=en`)
  const sheet = late.locator('[data-import=beds]')
  await sheet.locator('summary').click(PAINTED)
  await sheet.locator('textarea').fill('level\tstaffed\tavailable\toccupied\n3\t10\t3\t6\n')
  await sheet.locator('[data-action=look-at-pasted]').hover(PAINTED)
  expect(await late.locator('tbody tr').count()).toBe(0)
  await late.mouse.down()
  held.resolve()
  await late.locator('tbody tr').first().waitFor(PAINTED)
  await late.mouse.up()
  await sheet.getByText('the states add up to 9, not to staffed 10').waitFor(PAINTED)
  await late.close()
})

it('without a network a report waits on the phone, over a reload, and goes out with its own time; of a facility closed meanwhile it is kept and said', async () => {
  const context = page.context()
  const waits = page.locator('[data-queued]')
  const stock = async (cylinders: string) => {
    await page.getByRole('tab', { name: 'Stock' }).click(PAINTED)
    await field('oxygen.0').fill(cylinders)
    await page.locator('[data-action=report-stock]').click(PAINTED)
    await page.getByText('kept on this phone').first().waitFor(PAINTED)
  }
  const isBack = async () => {
    await context.unroute('**/api/facilities/*/stock')
    await page.evaluate(() => window.dispatchEvent(new Event('online')))
  }
  const onHand = async () =>
    (
      await database.pool.query<{ on_hand: number; ago: number }>(
        `select on_hand, extract(epoch from now() - reported_at)::int as ago from stock where facility_id = $1 and item = 'oxygen'`,
        [own],
      )
    ).rows[0]
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByRole('tab', { name: 'Stock' }).waitFor(PAINTED)
  // Only what the form says is cut off, so that the page itself can be loaded anew.
  await context.route('**/api/facilities/*/stock', (route) => route.abort('internetdisconnected'))
  await stock('31')
  await waits.getByText('Stock · Hospital T1').waitFor(PAINTED)
  await shot('queued-390')
  await page.reload()
  await waits.getByText('Stock · Hospital T1').waitFor(PAINTED)
  expect((await onHand())?.on_hand).not.toBe(31)
  await isBack()
  await expect.poll(async () => (await onHand())?.on_hand, PAINTED).toBe(31)
  await waits.waitFor({ state: 'detached', ...PAINTED })

  await context.route('**/api/facilities/*/stock', (route) => route.abort('internetdisconnected'))
  await stock('17')
  await waits.getByText('waiting', { exact: false }).first().waitFor(PAINTED)
  await database.pool.query('update facilities set active = false, closed_at = now() where id = $1', [own])
  await isBack()
  await waits.getByText('not taken').waitFor(PAINTED)
  await shot('queued-closed-390')
  await waits
    .getByText(/closed/i)
    .first()
    .waitFor(PAINTED)
  await database.pool.query('update facilities set active = true, closed_at = null where id = $1', [own])
  await page.locator('[data-action=discard-queued]').click(PAINTED)
  await waits.waitFor({ state: 'detached', ...PAINTED })
  expect(await onHand()).toBeUndefined()
})

it('an older count is refused, says which count stands, and changes nothing', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').fill('3')
  await field('3.occupied').fill('7')
  // Bangkok's clock, ten days ago: older than what stands, and no wrong clock.
  const older = new Date(Date.now() - 10 * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 16)
  await page.locator('input[type="datetime-local"]').fill(older)
  await page.getByRole('button', { name: 'Report beds' }).click()
  await page.locator('.desk-problem').getByText('Level 3: a newer count stands').waitFor()
  const { rows } = await database.pool.query('select available from beds where facility_id = $1 and level = $2', [
    own,
    '3',
  ])
  expect(rows).toEqual([{ available: 4 }])
})

const reportedAgo = async (level: string) => {
  const { rows } = await database.pool.query(
    `select extract(epoch from now() - reported_at)::int as seconds, staffed from beds where facility_id = $1 and level = $2`,
    [own, level],
  )
  return rows[0] as { seconds: number; staffed: number }
}

it('a change of one level reports that level alone; another is reported when somebody says that it is as it was', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').fill('2')
  await field('3.occupied').fill('8')
  await page.getByRole('button', { name: 'Report beds: level 3' }).click()
  await page.getByText('Reported: level 3. It is on the walls now').waitFor()
  expect((await reportedAgo('3')).seconds).toBeLessThan(600)
  expect((await reportedAgo('1')).seconds).toBeGreaterThan(3_000)
  await page.locator('[data-level="1"] [data-action=as-it-was]').click()
  await page.getByRole('button', { name: 'Report beds: level 1' }).click()
  await page.getByText('Reported: level 1. It is on the walls now').waitFor()
  expect((await reportedAgo('1')).seconds).toBeLessThan(600)
})

it('a level holds still while somebody is in it, and the others go on', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').focus()
  const before = await field('3.available').inputValue()
  const shift = `update beds set available = available - 1, occupied = occupied + 1 where facility_id = $1`
  const other = Number(await field('1.available').inputValue())
  await database.pool.query(shift, [own])
  await expect.poll(() => field('1.available').inputValue(), PAINTED).toBe(String(other - 1))
  expect(await field('3.available').inputValue()).toBe(before)
  await field('1.available').focus()
  await expect.poll(() => field('3.available').inputValue(), PAINTED).toBe(String(Number(before) - 1))
})

it('twenty times as many beds are asked about, and kept only when it is right', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await field('3.available').fill('194')
  await field('3.occupied').fill('6')
  await field('3.staffed').fill('200')
  await page.locator('[data-action=report-beds]').click()
  await page.getByRole('heading', { name: 'Really?' }).waitFor()
  await page
    .getByRole('dialog')
    .getByText(/^Level 3: /)
    .waitFor()
  await shot('really-390')
  await page.locator('[data-action=look-again]').click()
  expect((await reportedAgo('3')).staffed).toBe(10)
  await page.locator('[data-action=report-beds]').click()
  await page.locator('[data-action=send-anyway]').click()
  await page.getByText('Reported: level 3. It is on the walls now').waitFor()
  expect((await reportedAgo('3')).staffed).toBe(200)
})

it('the same tests reported twice are asked about: left out, added, or the first is corrected', async () => {
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByRole('tab', { name: 'Tests' }).click()
  const report = async () => {
    await page.getByLabel('Tested').fill('40')
    await page.getByLabel('Positive').fill('4')
    await page.getByRole('button', { name: 'Report tests' }).click()
  }
  const sum = async () => Number((await database.pool.query('select sum(tested) as n from tests')).rows[0].n)
  await report()
  await page.getByText('40 tests, 4 positive').waitFor()
  await report()
  await page.getByRole('heading', { name: /The same was reported at \d\d:\d\d/ }).waitFor()
  await shot('same-390')
  await page.locator('[data-action=look-again]').click()
  expect(await sum()).toBe(40)
  await page.getByRole('button', { name: 'Report tests' }).click()
  await page.locator('[data-action=send-anyway]').click()
  await page.getByText('40 tests, 4 positive').waitFor()
  expect(await sum()).toBe(80)
  await report()
  await page.locator('[data-action=correct-instead]').click()
  await page.getByRole('button', { name: 'Send the correction' }).click()
  // The form is empty again once it says so.
  await page.getByText(/−40 tests/).waitFor(PAINTED)
  expect(await sum()).toBe(40)
  // A slip is taken back by a correction, with one tap.
  await page.getByLabel('Tested').fill('41')
  await page.getByLabel('Positive').fill('5')
  await page.getByRole('button', { name: 'Report tests' }).click()
  await page.locator('[data-action=undo-report]').click(PAINTED)
  await page.getByText('what stood before stands again').waitFor(PAINTED)
  expect(await sum()).toBe(40)
})

it('a round of active case finding says where, when and what came of it, and its tests are counted once', async () => {
  const before = Number((await database.pool.query('select coalesce(sum(tested), 0) as n from tests')).rows[0].n)
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByRole('tab', { name: 'Case finding' }).click()
  await page.locator('select[name=setting]').selectOption('market')
  const kind = (name: RegExp) => page.getByRole('group', { name })
  await page.getByRole('button', { name: 'Report the round' }).click()
  await page.getByText('At least one kind of test').waitFor(PAINTED)
  await kind(/^ATK/).getByLabel('Tested').fill('60')
  await kind(/^ATK/).getByLabel('Positive').fill('6')
  await page.getByRole('button', { name: 'Report the round' }).click()
  await page.locator('[data-round]').getByText('10 %').waitFor(PAINTED)
  await shot('round-390')
  const after = Number((await database.pool.query('select sum(tested) as n from tests')).rows[0].n)
  expect(after - before).toBe(60)
})

it('a row of a sheet of numbers names what it counts, where and of which day, and keeps the focus while one types', async () => {
  await makeDeskAccount(database, 'point', 'vaccination_staff', ['5001'], own)
  const point = await signedInPage(browser, hub.url, 'point', undefined, PHONE)
  await point.goto(`${hub.url}/facility/${own}?lang=en`)
  const rowOf = (on: Page, name: RegExp) => on.getByRole('group', { name })
  await point.getByRole('button', { name: 'Add a row' }).click()
  await point.getByLabel('Dose', { exact: true }).nth(1).selectOption('2')
  await point.getByLabel('Group').nth(1).selectOption('age60')
  const doses = rowOf(point, /^Dose 2, 60 and over · Hospital T1 · /).getByLabel('Doses')
  await doses.click()
  await point.keyboard.type('12')
  await point.keyboard.press('Tab')
  expect(await point.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    'Remove this row: Dose 2, 60 and over',
  )
  expect(await doses.inputValue()).toBe('12')
  expect(await rowOf(point, /^Dose 1, General · Hospital T1 · /).count()).toBe(1)
  const legend = point.locator('.report-row > legend').nth(1)
  const [head, field] = [await legend.boundingBox(), await doses.boundingBox()]
  expect((field?.y ?? 0) - (head?.y ?? 0)).toBeLessThan(PHONE.height / 4)
  await point.locator('input[type=date]').fill('2021-10-09')
  await rowOf(point, /^Dose 2, 60 and over · Hospital T1 · .*9 Oct/).waitFor()
  await shot('doses-390', point)

  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByRole('tab', { name: 'Tests' }).click()
  await page.getByLabel('Kind of test').selectOption('atk')
  await rowOf(page, /^ATK \(antigen\) · .*Chiang Mai/)
    .getByLabel('Positive')
    .waitFor()

  await page.getByRole('tab', { name: 'Beds' }).click()
  await rowOf(page, /^Level 3 /)
    .getByLabel('Cleaning')
    .waitFor()
})

it('a level counted three days ago makes the facility three days old, with the day, on the province page', async () => {
  await database.pool.query(
    `update beds set reported_at = now() - interval '75 hours' where facility_id = $1 and level = '1'`,
    [own],
  )
  const watching = await browser.newPage()
  await watching.goto(`${hub.url}/province/50?lang=en`)
  const age = watching.locator('.facilities-table tr', { hasText: 'Hospital T1' }).locator('[data-count-age]')
  await expect.poll(() => age.getAttribute('data-count-age'), PAINTED).toBe('alarm')
  expect(await age.textContent()).toMatch(/^!! \d+ \w{3} \d\d:\d\d \(old\)$/)
  await watching.close()
})

it('a facility that is not theirs is refused, by the page and by the hub', async () => {
  await page.goto(`${hub.url}/facility/${foreign}?lang=en`)
  await page.getByText('No such facility in your area').waitFor()
  const level = { level: '3', staffed: 1, available: 1, held: 0, occupied: 0, cleaning: 0, blocked: 0 }
  const response = await page.context().request.post(`${hub.url}/api/facilities/${foreign}/beds`, {
    data: { sourceAt: new Date().toISOString(), levels: [level] },
    headers: { 'idempotency-key': 'foreign-facility-1' },
  })
  expect([403, 404]).toContain(response.status())
})

it('nothing is wider than a phone', async () => {
  for (const place of ['/facility', `/facility/${own}`]) {
    await page.goto(`${hub.url}${place}?lang=th`)
    await page.locator('h1').waitFor()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), place).toBe(0)
  }
})
