import type { Browser } from 'playwright-core'
import type { Render } from '../security/canary.ts'

/** What a page has settled to, ms: numbers and cards come over the socket after it has loaded. */
const SETTLED_MS = 3_000

/** Opens the pages side by side, and takes all of the document of each and what it says to the console. */
export function renderIn(browser: Browser): Render {
  return async (url, cookie, paths) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addCookies(
      cookie.split('; ').map((pair) => {
        const at = pair.indexOf('=')
        return { name: pair.slice(0, at), value: pair.slice(at + 1), url }
      }),
    )
    const render = async (path: string) => {
      const page = await context.newPage()
      let said = ''
      page.on('console', (message) => {
        said += message.text()
      })
      await page.goto(url + path)
      await page.waitForTimeout(SETTLED_MS)
      return `${await page.content()}\n${await page.locator('body').textContent()}\n${said}`
    }
    try {
      return Object.fromEntries(await Promise.all(paths.map(async (path) => [`page ${path}`, await render(path)])))
    } finally {
      await context.close()
    }
  }
}
