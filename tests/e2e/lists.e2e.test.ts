import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

/** Drawing on shared cores without a GPU. */
const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
/** Days of the history: fewer than the window, so that most of it is unknown and not zero. */
const DAYS = 20

let governor: Page

const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await database.pool.query(
      `insert into cases (district, report_day, classification, severity, care_place, source)
       select '5001', day - n % ${DAYS}, 'confirmed', 'yellow', (array['hospital', 'hi', 'waiting'])[1 + n % 3], 'api'
       from operation, generate_series(0, 199) as n`,
    )
    const site = await makeFacility(database, 'T1', '5001')
    await makeFacility(database, 'T2', '1001')
    await database.pool.query(
      `insert into vaccinations (district, day, dose, kind, doses, facility_id)
       select '5001', day, 1, 'report', 120, $1::int from operation
       union all select '5001', day, 1, 'correction', -20, null from operation`,
      [site],
    )
    await makeDeskAccount(database, 'governor', 'governor', ['50'])
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], site)
    await makeDeskAccount(database, 'administrator', 'administrator', ['TH'])
  },
})

beforeAll(async () => {
  governor = await signedInPage(browser, hub.url, 'governor')
})

const rows = (page: Page) => page.locator('.desk-table tbody tr')
const tile = (page: Page, name: RegExp) => page.getByRole('region', { name })

async function openFrom(page: Page, name: RegExp, number: string): Promise<void> {
  await page.goto(`${hub.url}/province/50?lang=en`)
  await tile(page, name)
    .getByRole('link', { name: new RegExp(`^${number} `) })
    .first()
    .click()
  await rows(page).first().waitFor()
}

it('every kind of number on a province page opens the list behind it', async () => {
  await openFrom(governor, /^In care/, '134')
  await governor.getByText('Cases in care now').waitFor()
  expect(await rows(governor).count()).toBe(50)
  await governor.getByRole('button', { name: 'Show more' }).click()
  await governor.getByText('134 cases · 100 rows shown').waitFor()

  await openFrom(governor, /^Beds by level/, '4')
  expect(await rows(governor).count()).toBe(1)
  expect(await rows(governor).textContent()).toContain('Hospital T1')

  await openFrom(governor, /^Doses today/, '100')
  expect(await rows(governor).count()).toBe(2)
  await governor.getByText('correction', { exact: true }).waitFor()
  expect(await rows(governor).allTextContents()).toEqual([
    expect.stringContaining('no site named'),
    expect.stringContaining('Hospital T1'),
  ])
})

it('the request that nobody has taken for longest stands on walls and province pages with its age, and opens its list', async () => {
  await database.pool.query(
    `insert into needs (case_id, district, kind, opened_at) select id, district, 'oxygen', now() - interval '10 min' * row_number() over (order by id)
     from (select * from cases where care_place = 'hi' order by id limit 18) as asked`,
  )
  for (const place of ['/province/50', '/wall/50', '/wall']) {
    const shown = place === '/wall' ? await signedInPage(browser, hub.url, 'administrator') : governor
    await shown.goto(`${hub.url}${place}?lang=en`)
    await tile(shown, /^Asked for help/)
      .getByText('longest 3 h')
      .waitFor(PAINTED)
  }
  await governor.goto(`${hub.url}/province/50?lang=en`)
  await tile(governor, /^Asked for help/)
    .getByRole('link', { name: 'longest 3 h' })
    .click()
  await rows(governor).first().waitFor()
  expect(await governor.getByLabel('Order').inputValue()).toBe('longest')
  expect(await rows(governor).first().locator('[data-label="Waiting for"]').textContent()).toMatch(/^3 h/)
})

it('97 % occupied and none free: a tap on the rest says how many are held, cleaned or blocked, on a wall and a phone', async () => {
  await database.pool.query(
    `update beds set available = 0, held = 1, cleaning = 2, blocked = staffed - occupied - 3 where level = '3'`,
  )
  const anyone = await browser.newPage({ viewport: PHONE })
  for (const place of ['/wall/50', '/province/50']) {
    await anyone.goto(`${hub.url}${place}?lang=en`)
    const other = anyone.locator('.beds-table tbody tr').first().locator('.beds-other button')
    await other.waitFor(PAINTED)
    const reach = await other.evaluate((button) => {
      const { x, y, width, height } = button.getBoundingClientRect()
      const hits = [-11, 11].map((by) => document.elementFromPoint(x + width / 2, y + height / 2 + by))
      return hits.every((hit) => hit === button)
    })
    expect(reach, `${place}: a finger`).toBe(true)
    await other.click()
    const parts = anyone.getByRole('dialog').locator('dl')
    await parts.waitFor()
    expect(await parts.textContent(), place).toMatch(/^Held1Being cleaned2Blocked\d/)
  }
  await anyone.close()
})

it('doses of a district where no site is named have a row among the sites, and its number opens them', async () => {
  await governor.goto(`${hub.url}/province/50?lang=en`)
  await tile(governor, /^Doses today/)
    .getByRole('link', { name: 'Vaccination sites' })
    .click()
  const unnamed = rows(governor).filter({ hasText: 'The district, no site named' })
  await unnamed.getByRole('link', { name: '−20' }).click()
  await governor.getByText('correction', { exact: true }).waitFor()
})

it('a curve begins at its first day with data, and a click on a day opens that day', async () => {
  await governor.goto(`${hub.url}/province/50?lang=en`)
  await tile(governor, /^New cases, 20 days/).waitFor()
  const chart = tile(governor, /^New cases, 20 days/)
    .locator('canvas')
    .first()
  await chart.waitFor()
  const box = await chart.boundingBox()
  await chart.click({ position: { x: (box?.width ?? 0) - 20, y: (box?.height ?? 0) / 2 } })
  await governor.getByRole('heading', { name: /^New cases · / }).waitFor()
  await rows(governor).first().waitFor()
  expect(await rows(governor).count()).toBe(10)
})

it('the wall has links for who may follow them, and none for anyone else', async () => {
  await governor.goto(`${hub.url}/wall/50?lang=en`)
  await tile(governor, /^Waiting/)
    .getByRole('link', { name: '66' })
    .first()
    .click()
  await governor.getByText('needs a place of care and has none of the kind needed').waitFor()
  const anyone = await browser.newPage()
  await anyone.goto(`${hub.url}/wall/50?lang=en`)
  await tile(anyone, /^Waiting/)
    .getByText('66')
    .first()
    .waitFor()
  expect(await anyone.locator('a.list-link').count()).toBe(0)
  await anyone.close()
})

it('who may not see a list is told so, and what they may do', async () => {
  await governor.goto(`${hub.url}/list?area=10&metric=beds.occupied.3&lang=en`)
  await governor.getByText('This list lies outside your area').waitFor()
  await governor.goto(`${hub.url}/list?area=50&metric=doses&day=yesterday&lang=en`)
  await governor.getByText('Choose the day above').waitFor()
  const staff = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
  await staff.goto(`${hub.url}/list?area=5001&metric=waiting&lang=en`)
  await staff.getByText('Your role does not open lists of cases').waitFor()
  await staff.getByLabel('Number').selectOption('beds.occupied.3')
  await rows(staff).getByText('Hospital T1').waitFor()
  const over = await staff.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(over).toBe(0)
})

it('an administrator finds a facility by its name', async () => {
  const page = await signedInPage(browser, hub.url, 'administrator', undefined, PHONE)
  await page.goto(`${hub.url}/admin/invitations?lang=en`)
  await page.locator('select[name="role"]').selectOption('facility_staff')
  await page.getByRole('button', { name: /Make the link/ }).click()
  await page.getByText('Choose the facility this account works for.').waitFor()
  await page.locator('input[name="facility"]').fill('pital t2')
  await expect.poll(() => page.locator('.facility-found li').count()).toBe(1)
  await page.locator('.facility-found button').click()
  await page.locator('.facility-chosen').getByText('Hospital T2').waitFor()
  await page.getByLabel('Call-sign').fill('T')
  await page.getByRole('button', { name: /Make the link/ }).click()
  await page.getByText('The link, shown this once:').waitFor()
  const { rows: made } = await database.pool.query(
    'select code from invitations join facilities on facilities.id = facility_id',
  )
  expect(made).toEqual([{ code: 'T2' }])
})
