import type { Browser, Page } from 'playwright-core'

/** Characters of a page's text that are told. */
const TEXT_MAX = 3_000
const READ_MS_MAX = 5_000

const browsers = new Set<Browser>()

/** Its pages are told when a test fails (e2e-setup.ts). */
export function watchPages(browser: Browser): Browser {
  browsers.add(browser)
  browser.once('disconnected', () => browsers.delete(browser))
  return browser
}

/** @returns the address of each open page, and what is on it as a screen reader has it */
export function whatWasSeen(): Promise<string[]> {
  const contexts = [...browsers].flatMap((browser) => browser.contexts())
  return Promise.all(contexts.flatMap((context) => context.pages()).map(textOf))
}

async function textOf(page: Page): Promise<string> {
  try {
    const text = await page.locator('body').ariaSnapshot({ timeout: READ_MS_MAX })
    return `${page.url()}\n${text.slice(0, TEXT_MAX)}`
  } catch (error) {
    return `${page.url()}: no text: ${error instanceof Error ? error.message : String(error)}`
  }
}
