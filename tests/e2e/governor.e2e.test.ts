import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'

const PHONE = { width: 390, height: 844 }
const PAINTED = { timeout: 20_000 }

const { hub, browser } = await productionForFile({
  fill: async (database) => {
    await inhabit(database, { kind: 'live' })
    // Yesterday at this hour nobody waited for a bed in Chiang Mai, nor in its first district.
    await database.pool.query(
      `insert into day_marks (area, day, into_day, at, cells, oldest)
       select '50', day - 1, greatest(0, extract(epoch from now() - day::timestamp at time zone 'Asia/Bangkok') - 60)::integer,
         now() - interval '1 day 1 minute', '[["cases.total", "50", 900, "5001", 900]]', '[]'
       from (select (now() at time zone 'Asia/Bangkok')::date as day) as today`,
    )
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

/** Each question, and where a tap on its answer leads. */
const ANSWERS = [
  { of: 'worse', says: /\d \(was \d/, to: /^\/list\?area=50&metric=[a-z]/ },
  { of: 'reds', says: /\d+ (d|h).*red/, to: /^\/board\?province=50&severity=red&sort=waiting&area=50\d\d$/ },
  { of: 'late', says: /all \d+ sites have reported in time|\d+ of \d+ sites/, to: /^\/late\?area=50$/ },
  { of: 'icu', says: /3 of 100 beds free/, to: /^\/list\?area=50&metric=beds\.available\.3$/ },
  { of: 'onIt', says: /Nobody has \d+ of \d+ reds/, to: /^\/board\?province=50&severity=red&sort=waiting&show=open$/ },
]

it('a governor’s five questions are answered on the first screen of a phone, each one tap from the list behind it', async () => {
  const page = await opened('governor', '/province/50')
  for (const { of, says, to } of ANSWERS) {
    const question = page.locator(`[data-question=${of}]`)
    await question.locator('.brief-answer').filter({ hasText: says }).waitFor(PAINTED)
    const box = await question.boundingBox()
    expect(box && box.y + box.height, of).toBeLessThanOrEqual(PHONE.height)
    const line = question.locator('a.brief-line').first()
    if (of === 'late' && (await line.count()) === 0) continue
    expect(await line.getAttribute('href'), of).toMatch(to)
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await page.locator('[data-question=onIt] a.brief-line').first().click()
  await page.waitForURL(/\/board\?/, PAINTED)
  await page.locator('[data-case]').first().waitFor(PAINTED)
  expect(
    new Set(
      await page.locator('[data-case]').evaluateAll((all) => all.map((one) => one.getAttribute('data-severity'))),
    ),
  ).toEqual(new Set(['red']))
  await page.context().close()
})

it('below them stands the queue with who has each case, as the board orders it; a tap opens the case', async () => {
  const page = await opened('governor', '/province/50')
  const first = page.locator('.brief-case').first()
  await first.filter({ hasText: 'nobody has it' }).waitFor(PAINTED)
  expect(await first.locator('.severity-red').count()).toBe(1)
  expect(await page.locator('.brief-route').first().getAttribute('href')).toMatch(/^geo:/)
  await first.click()
  await page.waitForURL(/\/case\/\d+/, PAINTED)
  await page.context().close()
})

it('a district chief has the same for the district alone', async () => {
  const page = await opened('chief', '/province/50')
  await page
    .getByRole('heading', { name: 'Five questions: Mueang Chiang Mai' })
    .waitFor({ state: 'attached', ...PAINTED })
  await page.locator('[data-question=worse] .brief-answer').filter({ hasText: 'was 0' }).waitFor(PAINTED)
  const areas = await page
    .locator('[data-question=reds] a.brief-line')
    .evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).searchParams.get('area')))
  expect(areas).toEqual(['5001'])
  await page.context().close()
})

it.each(['th', 'en'])('the first screen has no grave fault: %s', async (language) => {
  const page = await opened('governor', '/province/50', language)
  await page.locator('.brief-case').first().waitFor(PAINTED)
  expect(await graveFaults(page)).toEqual([])
  await page.context().close()
})

it('without an account, or of another province, there are no questions and no cases', async () => {
  for (const [login, address] of [
    [null, '/province/50'],
    ['governor', '/province/10'],
  ] as const) {
    const page = await opened(login, address)
    await page.locator('.new-cases').waitFor(PAINTED)
    expect(await page.locator('.brief, .brief-queue').count()).toBe(0)
    await page.context().close()
  }
})

it('whether anyone is on it says of the alerts too how many have been taken, and leads to them', async () => {
  const page = await opened('governor', '/province/50')
  const line = page.locator('[data-question=onIt] a[href="/alerts?area=50"]')
  await line.filter({ hasText: /^0 of [1-9]\d* alerts have been taken/ }).waitFor(PAINTED)
  const box = await page.locator('[data-question=onIt]').boundingBox()
  expect(box && box.y + box.height).toBeLessThanOrEqual(PHONE.height)
})

it('a place of work may be put on the phone: the browser reads its manifest without a fault', async () => {
  const page = await opened('governor', '/province/50')
  await page.locator('link[rel=manifest][href$="/jitasa.webmanifest"]').waitFor({ ...PAINTED, state: 'attached' })
  const devtools = await page.context().newCDPSession(page)
  const { data, errors } = await devtools.send('Page.getAppManifest')
  expect(errors).toEqual([])
  const manifest = JSON.parse(data ?? '{}')
  expect(manifest).toMatchObject({ start_url: '/home', display: 'standalone' })
  for (const { src } of manifest.icons) expect((await fetch(`${hub.url}${src}`)).status).toBe(200)
})
