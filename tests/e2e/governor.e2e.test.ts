import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'

const PHONE = { width: 390, height: 844 }
const PAINTED = { timeout: 20_000 }
/** What is free below the five questions: an answer of a line more does not push one off the screen. */
const ROOM_PX = 24

const { database, hub, browser } = await productionForFile({
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

/** Each question, where a tap on its answer leads, and what is to be read there. */
const ANSWERS = [
  { of: 'worse', says: /\d \(was \d/, to: /^\/list\?area=50&metric=[a-z]/, opens: '.list-page, main table' },
  {
    of: 'reds',
    says: /\d+ (d|h).*red/,
    to: /^\/board\?province=50&severity=red&sort=waiting&area=50\d\d$/,
    opens: '[data-case]',
  },
  {
    of: 'late',
    says: /all \d+ sites have reported in time|\d+ of \d+ sites/,
    to: /^\/late\?area=50$/,
    opens: 'main table, main li',
  },
  {
    of: 'icu',
    says: /3 of 100 beds free/,
    to: /^\/list\?area=50&metric=beds\.available\.3$/,
    opens: '.list-page, main table',
  },
  {
    of: 'onIt',
    says: /Nobody has \d+ of \d+ reds/,
    to: /^\/board\?province=50&severity=red&sort=waiting&show=open$/,
    opens: '[data-case]',
  },
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
  const cut = await page
    .locator('.brief-place')
    .evaluateAll((places) =>
      places.filter((place) => place.scrollWidth > place.clientWidth).map((place) => place.textContent),
    )
  expect(cut, 'a number of a case that cannot be read').toEqual([])
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

const KINDS = [
  ['live', 'th'],
  ['live', 'en'],
  ['drill', 'th'],
  ['drill', 'en'],
] as const

it.each(KINDS)('the five stand on the first screen without scrolling: %s, %s', async (kind, language) => {
  await database.pool.query(`update operation set kind = $1`, [kind])
  const page = await opened('governor', '/province/50', language)
  await page.locator(kind === 'drill' ? '.exercise-band' : '.province:not(:has(.exercise-band))').waitFor(PAINTED)
  await page.locator('.alert-strip[data-unanswered]:not([data-unanswered="0"])').waitFor(PAINTED)
  for (const { of } of ANSWERS)
    await page.locator(`[data-question=${of}] :is(a.brief-line, p)`).first().waitFor(PAINTED)
  await page.locator('[data-question=onIt] a[href^="/alerts"]').waitFor(PAINTED)
  await page.evaluate(() => document.fonts.ready)
  const boxes = await Promise.all(ANSWERS.map(({ of }) => page.locator(`[data-question=${of}]`).boundingBox()))
  expect(await page.evaluate(() => scrollY)).toBe(0)
  const below = Math.max(...boxes.map((box) => (box ? box.y + box.height : Number.POSITIVE_INFINITY)))
  expect(PHONE.height - below, 'an answer may take a line more').toBeGreaterThanOrEqual(ROOM_PX)
  await page.context().close()
  await database.pool.query(`update operation set kind = 'live'`)
})

it('one tap on each question opens the list behind its answer', async () => {
  for (const { of, says, to, opens } of ANSWERS) {
    const page = await opened('governor', '/province/50')
    const line = page.locator(`[data-question=${of}] a.brief-line`).filter({ hasText: of === 'reds' ? /red/ : says })
    // Nobody late is an answer without a list.
    if (of === 'late') {
      await page.locator('[data-question=late] .brief-answer').filter({ hasText: says }).waitFor(PAINTED)
      if ((await line.count()) === 0) continue
    }
    await line.first().click(PAINTED)
    await page.waitForURL((at) => to.test(at.pathname + at.search), PAINTED)
    await page.locator(opens).first().waitFor(PAINTED)
    await page.context().close()
  }
})

it.each([['worse', '**/api/yesterday*']] as const)(
  'a question that cannot be read says so and is asked again: %s',
  async (of, address) => {
    const context = await browser.newContext({ viewport: PHONE })
    await context.addInitScript(() => localStorage.setItem('jitasa.language', 'en'))
    await signInContext(context, hub.url, 'governor')
    const page = await context.newPage()
    await page.route(address, (route) => route.abort())
    await page.goto(`${hub.url}/province/50`)
    const question = page.locator(`[data-question=${of}]`)
    await question.getByText('This cannot be read just now.').waitFor(PAINTED)
    await page.unroute(address)
    await question.getByRole('button', { name: 'Try again' }).click()
    await question.locator('a.brief-line').first().waitFor(PAINTED)
    await context.close()
  },
)
