import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'
import { inLanguage, routesOfDashboard, WALKS } from '../support/walks.ts'
import { makeDeskAccount } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }
const WALL = { width: 1920, height: 1080 }
const LOOKS = [
  { language: 'th', sizes: [PHONE, WALL] },
  { language: 'en', sizes: [WALL, PHONE] },
]
const WORDS = { th: { signOut: 'ออกจากระบบ' }, en: { signOut: 'Sign out' } } as const
/** What no page of its own has: it shows the document's until it has one. */
const NO_TITLE = 'Jitasa จิตอาสา'
/** A browser logs an answer that is a refusal; these pages ask for what is not there. */
const ASKS_IN_VAIN = ['/help/status#AAAA-AAAA-AAAAA', '/screen']

const { hub, browser, made } = await productionForFile({
  fill: async (database) => {
    const made = await inhabit(database)
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], made.facility)
    return { made }
  },
})

/** One visit a route: the first of its list. */
const VISITS = Object.entries(WALKS).map(([route, [first]]) => ({ route, login: first![0], address: first![1]! }))
const logins = [...new Set(VISITS.map(({ login }) => login))].map((login) => ({ login }))

it('every route of the dashboard is walked', () => {
  expect(Object.keys(WALKS).toSorted()).toEqual(routesOfDashboard().toSorted())
})

/** What a page did against its policy, in the order of its doing. */
async function watchPolicy(context: BrowserContext, tell: (breach: string) => void): Promise<void> {
  await context.exposeFunction('tellBreach', tell)
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber, sample } = event
      const { tellBreach } = window as unknown as { tellBreach(breach: string): void }
      tellBreach(`${effectiveDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`)
    })
  })
}

const isWall = (route: string) => route.startsWith('/wall')

/** The sheet of a page opens by `?` from outside a field, takes the focus, and gives it back. */
async function openAndCloseHelp(page: Page, route: string, isFirst: boolean): Promise<string[]> {
  const faults: string[] = []
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog')
  await sheet.waitFor(PAINTED)
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null), PAINTED)
    .toBe(true)
  if (!isWall(route)) {
    if ((await sheet.getByRole('link').count()) < 3) faults.push('the sheet leads nowhere')
    // The sheet is the same on every page but for its words.
    if (isFirst) faults.push(...(await graveFaults(page)))
  }
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden', ...PAINTED })
  if (isWall(route)) return faults
  const button = page.locator('.help-button')
  await button.click()
  await sheet.waitFor(PAINTED)
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'hidden', ...PAINTED })
  await expect.poll(() => button.evaluate((one) => one === document.activeElement), PAINTED).toBe(true)
  return faults
}

describe.each(logins)('the pages of $login', ({ login }) => {
  it.each(LOOKS)(
    'have a title, one heading, who one is and the way out, help, and no more than the screen is wide: $language',
    { timeout: 240_000 },
    async ({ language, sizes }) => {
      const context = await browser.newContext({ reducedMotion: 'reduce', viewport: sizes[0]! })
      if (login !== null) await signInContext(context, hub.url, login)
      const found: string[] = []
      let at = ''
      await watchPolicy(context, (breach) => found.push(`${at}: against the policy: ${breach}`))
      const page = await context.newPage()
      const titles = new Map<string, string>()
      page.on('pageerror', (error) => found.push(`${at}: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' && !ASKS_IN_VAIN.includes(at))
          found.push(`${at}: ${message.text()} ${message.location().url}`)
      })
      for (const { route, address } of VISITS.filter((visit) => visit.login === login)) {
        at = address.replace('CASE', String(made.case)).replace('FACILITY', String(made.facility))
        await page.goto(`${hub.url}${inLanguage(at, language)}`)
        await page.locator('h1').first().waitFor(PAINTED)
        await expect.poll(() => page.title(), PAINTED).not.toBe(NO_TITLE)
        await expect.poll(() => page.locator('.skeleton:visible').count(), PAINTED).toBe(0)
        const title = await page.title()
        // /home leads on to a page of its own.
        if (route !== '/home') {
          if (titles.has(title)) found.push(`${at}: called as ${titles.get(title)}: ${title}`)
          titles.set(title, at)
        }
        expect(await page.locator('h1').count(), `headings of ${at}`).toBe(1)
        if (login !== null && !isWall(route)) {
          const head = page.locator('.site-head')
          await head.locator('.account-who').waitFor({ state: 'attached', ...PAINTED })
          const out = head.getByText(WORDS[language as 'th' | 'en'].signOut)
          await expect.poll(() => out.count(), { ...PAINTED, message: `the way out of ${at}` }).toBe(1)
          await expect
            .poll(() => head.locator('nav a').count(), { ...PAINTED, message: `the way on from ${at}` })
            .toBeGreaterThan(0)
        }
        for (const size of sizes) {
          await page.setViewportSize(size)
          // With the longest word that the link may have in a moment.
          const { width, grown } = await page.evaluate(() => {
            const bottom = document.querySelector('.board-bottom')
            const height = bottom?.clientHeight
            for (const word of document.querySelectorAll<HTMLElement>('.freshness-word'))
              word.textContent = word.dataset.stale ?? null
            return {
              width: document.documentElement.scrollWidth,
              grown: (bottom?.clientHeight ?? 0) - (height ?? 0),
            }
          })
          if (width > size.width) found.push(`${at} ${size.width}: ${width} px wide`)
          if (grown !== 0) found.push(`${at} ${size.width}: its foot becomes ${grown} px higher`)
        }
        for (const fault of await openAndCloseHelp(page, route, titles.size === 1)) found.push(`${at}: ${fault}`)
        await page.setViewportSize(sizes[0]!)
      }
      await context.close()
      expect(found).toEqual([])
    },
  )
})

it('nothing that a page does is against its policy, also with a map drawn by GL, in a kiosk and in the reference; what is, is seen', async () => {
  const context = await browser.newContext()
  await signInContext(context, hub.url, 'administrator')
  const breaches: string[] = []
  await watchPolicy(context, (breach) => breaches.push(breach))
  const page = await context.newPage()
  await page.goto(`${hub.url}/wall?lang=en&map=gl`)
  await page.locator('[data-drawn-by=maplibre]').waitFor(PAINTED)
  await page.goto(`${hub.url}/kiosk`)
  await page.frameLocator('iframe').locator('h1').first().waitFor(PAINTED)
  await page.goto(`${hub.url}/api/reference`)
  const weight = () =>
    page
      .locator('h3')
      .first()
      .evaluate((heading) => getComputedStyle(heading).fontWeight)
  expect(await weight(), 'the sheet of styles in the document is taken').toBe('400')
  await page.goto(`${hub.url}/board?lang=en`)
  await page.locator('h1').first().waitFor(PAINTED)
  expect(breaches).toEqual([])
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<p style="color: red">planted</p><style>p { color: blue }</style>')
  })
  const against = () => [...new Set(breaches.map((breach) => breach.split(' ')[0]))].sort()
  await expect.poll(against, PAINTED).toEqual(['style-src-attr', 'style-src-elem'])
  await context.close()
})
