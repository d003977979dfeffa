import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
import { inLanguage, WALKS } from '../support/walks.ts'
import { makeDeskAccount } from './desk-accounts.ts'

const PHONE = { width: 390, height: 844 }
const WALL = { width: 1920, height: 1080 }
/** Each language is loaded at one size, where its layout is watched, and then looked at in the other. */
const LOOKS = [
  { language: 'th', sizes: [PHONE, WALL] },
  { language: 'en', sizes: [WALL, PHONE] },
]
/** By how much of the screen a page may jump while it loads; Google calls 0.1 good. */
const SHIFT_MAX = 0.02
/** After its last new element a page has settled. */
const STILL_MS = 300
/** A page that never rests, as a wall with its clock, is looked at as it is then. */
const SETTLED_MS_MAX = 3_000

const { hub, browser, made } = await productionForFile({
  fill: async (database) => {
    const made = await inhabit(database)
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], made.facility)
    return { made }
  },
})

async function settled(page: Page): Promise<void> {
  await page.evaluate(
    ({ still, latest }) =>
      new Promise<void>((resolve) => {
        const until = performance.now() + latest
        const done = () => {
          if (document.querySelector('.skeleton') && performance.now() < until) return start()
          observer.disconnect()
          resolve()
        }
        let timer: ReturnType<typeof setTimeout>
        const start = () => {
          if (performance.now() > until) return
          clearTimeout(timer)
          timer = setTimeout(done, still)
        }
        const observer = new MutationObserver(start)
        observer.observe(document.body, { childList: true, subtree: true })
        start()
      }),
    { still: STILL_MS, latest: SETTLED_MS_MAX },
  )
}

/** At most so many pages of one account in one test, which has a limit of time. */
const PAGES_MAX = 7

/** The pages of each account, in parts that are looked at side by side. */
const walks = Object.entries(
  Object.groupBy(
    Object.values(WALKS)
      .flat()
      .map(([login, ...addresses]) => ({ login, addresses })),
    ({ login }) => login ?? '',
  ),
).flatMap(([login, visits = []]) => {
  const addresses = visits.flatMap((visit) => visit.addresses)
  const parts = Math.ceil(addresses.length / PAGES_MAX)
  return Array.from({ length: parts }, (_, i) => [login, addresses.slice(i * PAGES_MAX, (i + 1) * PAGES_MAX)] as const)
})

describe.concurrent.each(walks)('the pages of %s', (login, addresses) => {
  it.each(LOOKS)(
    'have no serious or critical fault and hold still while they load: $language',
    async ({ language, sizes }) => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      if (login !== '') await signInContext(context, hub.url, login)
      const page = await context.newPage()
      await watchShifts(page)
      const found: string[] = []
      for (const address of addresses) {
        const filled = address.replace('CASE', String(made.case)).replace('FACILITY', String(made.facility))
        await page.setViewportSize(sizes[0]!)
        await page.goto(`${hub.url}${inLanguage(filled, language)}`)
        await settled(page)
        const { sum, moved } = await shiftOf(page)
        if (sum > SHIFT_MAX) found.push(`${filled}: layout shift ${sum.toFixed(3)}: ${moved.join('; ')}`)
        for (const [i, size] of sizes.entries()) {
          if (i > 0) {
            await page.setViewportSize(size)
            await settled(page)
          }
          for (const fault of await graveFaults(page)) found.push(`${filled} ${size.width}: ${fault}`)
        }
      }
      await context.close()
      expect(found).toEqual([])
    },
  )
})
