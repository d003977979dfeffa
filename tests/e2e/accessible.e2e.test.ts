import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { signInContext } from '../support/accounts.ts'
import { graveFaults } from '../support/axe.ts'
import { productionForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'
import { shiftOf, watchShifts } from '../support/layout-shift.ts'
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

/** Pages of a role, as addresses; `null` is the public. */
const WALKS: readonly (readonly [string | null, readonly string[]])[] = [
  [null, ['/', '/wall', '/wall/50', '/province/50', '/help', '/help?step=needs', '/help/AAAA-AAAA-AAAAA']],
  [null, ['/sign-in', '/screen', '/invitation', '/no-such-page', '/province/99']],
  ['rescue', ['/', '/board', '/case/CASE', '/notifications']],
  ['chief', ['/board', '/case/CASE', '/province/50', '/list?area=5001&metric=waiting']],
  [
    'governor',
    [
      '/',
      '/wall/50',
      '/province/50',
      '/period',
      '/alerts',
      '/alerts?tab=history',
      '/list?area=50&metric=cases',
      '/list?area=50&metric=doses',
      '/list?area=50&metric=beds.occupied.3',
    ],
  ],
  ['vhv', ['/record/check', '/record/check?case=CASE', '/care', '/vulnerable', '/case/CASE']],
  ['beds', ['/beds', '/beds?tab=held', '/board', '/case/CASE']],
  ['vhv', ['/record', '/record/request', '/record/patient', '/record/test', '/record/dose', '/record/vulnerable']],
  ['staff', ['/', '/facility', '/facility/FACILITY']],
  ['command', ['/wall', '/alerts?tab=rules', '/list?area=TH&metric=waiting']],
  ['administrator', ['/admin/start', '/admin/facilities', '/facilities/new', '/facilities/FACILITY']],
  [
    'administrator',
    [
      '/admin/accounts',
      '/admin/invitations',
      '/admin/screens',
      '/admin/operation',
      '/admin/keys',
      '/admin/webhooks',
      '/admin/audit',
    ],
  ],
  ['auditor', ['/admin/audit']],
]

describe.concurrent.each(WALKS)('the pages of %s', (login, addresses) => {
  it.each(LOOKS)(
    'have no serious or critical fault and hold still while they load: $language',
    async ({ language, sizes }) => {
      const context = await browser.newContext({ reducedMotion: 'reduce' })
      if (login !== null) await signInContext(context, hub.url, login)
      const page = await context.newPage()
      await watchShifts(page)
      const found: string[] = []
      for (const address of addresses) {
        const filled = address.replace('CASE', String(made.case)).replace('FACILITY', String(made.facility))
        await page.setViewportSize(sizes[0]!)
        await page.goto(`${hub.url}${filled}${filled.includes('?') ? '&' : '?'}lang=${language}`)
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
