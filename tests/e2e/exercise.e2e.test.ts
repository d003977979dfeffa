import type { Page } from 'playwright-core'
import { lazy } from 'solid-js'
import { expect, it } from 'vitest'
import { routesWith } from '../../dashboard/src/pages/routes.ts'
import { productionForFile } from '../support/for-file.ts'
import { makeDeskAccount, signedInPage } from './desk-accounts.ts'

const routes = routesWith(lazy)
const PAINTED = { timeout: 20_000 }
const MARK = '.page-exercise, .exercise-band, .form-exercise'
/** What a route's parameters stand for here; `*` is an address that no route has. */
const PARAMETERS: Readonly<Record<string, string>> = {
  ':province': '50',
  ':code': '50',
  ':kind': 'case',
  ':id': '999',
  ':section?': 'accounts',
  '*': 'no-such-page',
}

let page: Page

const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    await makeDeskAccount(database, 'admin', 'administrator', ['TH'])
  },
})

function addresses(): string[] {
  const of = ({ path = '', children }: (typeof routes)[number], above = ''): string[] => {
    const address = `${above}/${path}`.replace(/\/+/g, '/')
    return children ? [children].flat().flatMap((child) => of(child, address)) : [address]
  }
  const filled = routes
    .flatMap((route) => of(route))
    .map((address) => {
      const parts = address.split('/').map((part) => PARAMETERS[part] ?? part)
      return parts.join('/')
    })
  return [...filled, '/wall/99', '/province/99']
}

const marks = (): Promise<string[]> => page.locator(MARK).filter({ visible: true }).allTextContents()

async function eachMarked(word: string): Promise<void> {
  for (const address of addresses()) {
    await page.goto(`${hub.url}${address}?lang=en`)
    await expect
      .poll(marks, { ...PAINTED, message: `the marks of ${address}` })
      .toEqual([expect.stringContaining(word)])
  }
}

it('every page of a drill is marked, exactly once: for the public', async () => {
  expect(addresses()).toEqual(expect.arrayContaining(['/', '/sign-in', '/screen', '/no-such-page', '/help/status']))
  await database.pool.query(`update operation set kind = 'drill'`)
  page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  await eachMarked('DRILL')
})

it('and for somebody who is signed in', async () => {
  page = await signedInPage(browser, hub.url, 'admin')
  await eachMarked('DRILL')
})

it('the mark costs a waiting screen no scrolling, and a live operation has none', async () => {
  await page.goto(`${hub.url}/screen?lang=th`)
  await expect.poll(marks, PAINTED).toEqual([expect.stringContaining('ฝึกซ้อม')])
  expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0)
  await database.pool.query(`update operation set kind = 'live'`)
  for (const address of ['/', '/sign-in', '/wall']) {
    const told = page.waitForResponse(/scope=public%3A00$/)
    await page.goto(`${hub.url}${address}`)
    await (await told).finished()
    await page.locator('main').waitFor(PAINTED)
    await expect.poll(marks, PAINTED).toEqual([])
  }
})
