import type { Page } from 'playwright-core'
import { PASSWORD } from './accounts.ts'

const WORKER_MS_MAX = 30_000

/** Signs in on /record, and waits until the pages would open without a network. */
export async function enterRecord(page: Page, url: string, login: string): Promise<void> {
  await page.goto(`${url}/record?lang=en`)
  await signInHere(page, login)
  await keptForOffline(page)
}

/** Resolves when the service worker has everything. @throws Error when it does not get there */
export async function keptForOffline(page: Page): Promise<void> {
  const kept = await page.evaluate(
    (ms) =>
      Promise.race([
        navigator.serviceWorker.ready.then(() => true),
        new Promise<boolean>((resolve) => setTimeout(resolve, ms, false)),
      ]),
    WORKER_MS_MAX,
  )
  if (!kept) throw new Error(`the service worker was not installed within ${WORKER_MS_MAX} ms`)
}

export async function signInHere(page: Page, login: string): Promise<void> {
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.locator('.record-kinds').waitFor()
}

/** Records a request for food; resolves when the page has said that it is on the phone. */
export async function recordRequest(page: Page, name: string): Promise<void> {
  await page.locator('a[href="/record/request"]').click()
  await page.locator('input[value=food]').check()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.locator('.record-actions button[type=submit]').click()
  await page.locator('.record-kinds').waitFor()
  await page.locator('.queue-line').first().waitFor()
}

/** Records the list shows as not sent. @throws Error when there is no list */
export async function unsent(page: Page): Promise<number> {
  await page.locator('.queue').waitFor()
  const count = await unsentNow(page)
  if (count === undefined) throw new Error('the list of records is gone')
  return count
}

/** The same in one look, as the page may turn to signing in at any moment; `undefined`: there is no list now. */
export function unsentNow(page: Page): Promise<number | undefined> {
  return page.evaluate(() => {
    const queue = document.querySelector('.queue')
    return queue ? Number(queue.querySelector('[data-unsent]')?.getAttribute('data-unsent') ?? 0) : undefined
  })
}

/** The tab dies as when the phone's memory runs out: no event, no farewell. */
export async function crashTab(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash')
  void page.goto('chrome://crash').catch((error: Error) => console.info(`the tab is gone: ${error.message}`))
  await crashed
  await page.close()
}
