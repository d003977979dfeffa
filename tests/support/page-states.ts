import type { BrowserContext, Page, Route } from 'playwright-core'

/** What becomes of answers of the API. `held`: there is none yet. `refused`: 503. `gone`: no network, for the live link neither. */
export type Weather = 'fair' | 'held' | 'refused' | 'gone'
/** What a refusal says, as the hub would. */
export const REFUSAL = 'The hub is being repaired (a test).'

/** Every page asks for the session before anything else: that it fails is one state of its own. */
const NOT_STRUCK = ['/api/session', '/api/config']
const SETTLE_MS_MAX = 15_000
const LOOK_MS = 50
/** A button, or words that another try is made without one. */
const RETRY = /^(try again|load again)$/i
const BY_ITSELF = /by itself/i

/** What one sees of a page. */
export type Seen = {
  readonly text: string
  /** of `text`, without the bar that says how fresh it is: lines that say a zero */
  readonly zeros: readonly string[]
  readonly skeletons: number
  readonly retries: number
}

export type Sky = {
  readonly page: Page
  /** the paths of the API that were not answered as they should have been */
  readonly struck: ReadonlySet<string>
  turn(to: Weather): Promise<void>
}

/** A page whose questions to the API have the weather of the test. */
export async function openUnder(context: BrowserContext, first: Weather): Promise<Sky> {
  const page = await context.newPage()
  const struck = new Set<string>()
  let weather = first
  const waiting: Route[] = []
  async function meet(route: Route): Promise<void> {
    const path = new URL(route.request().url()).pathname
    if (weather === 'fair' || route.request().method() !== 'GET' || NOT_STRUCK.includes(path)) return route.continue()
    struck.add(path)
    if (weather === 'held') {
      waiting.push(route)
      return
    }
    if (weather === 'gone') return route.abort('internetdisconnected')
    const error = { code: 'unavailable', message: REFUSAL, details: null }
    return route.fulfill({ status: 503, contentType: 'application/json', body: JSON.stringify({ error }) })
  }
  await page.route(/\/(api|feed)\//, meet)
  await page.routeWebSocket(/\/live/, (socket) => {
    if (weather === 'gone') void socket.close()
    else socket.connectToServer()
  })
  return {
    page,
    struck,
    async turn(to) {
      weather = to
      await Promise.all(waiting.splice(0).map(meet))
    },
  }
}

function look(page: Page): Promise<Seen> {
  return page.evaluate(
    ({ retry, byItself }) => {
      const shown = (element: Element) => element.checkVisibility({ visibilityProperty: true })
      const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)].filter(shown)
      // biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not said
      const wordsOf = (one: HTMLElement) => one.innerText.trim()
      const mains = all('main')
      const text = (mains.length === 0 ? [document.body] : mains).map(wordsOf).join('\n')
      // What can be chosen is no number of now.
      const choices = all('select').flatMap((one) => wordsOf(one).split('\n'))
      const fresh = all('[class*=freshness]').map(wordsOf)
      const rest = fresh.reduce((left, one) => left.replace(one, ''), text)
      const buttons = all('button, a').filter((one) => new RegExp(retry, 'i').test(wordsOf(one)))
      const sentences = all('[role=alert], [role=status], .state').filter((one) =>
        new RegExp(byItself, 'i').test(wordsOf(one)),
      )
      return {
        text: text.trim(),
        zeros: rest.split('\n').filter((line) => !choices.includes(line) && /(?:^|[\s(:])0(?:$|[\s,)])/.test(line)),
        skeletons: all('.skeleton').length,
        retries: buttons.length + sentences.length,
      }
    },
    { retry: RETRY.source, byItself: BY_ITSELF.source },
  )
}

/** Of a page that is being loaded anew, as a retry may do, there is nothing to see for a moment. */
const isLeaving = (error: unknown) => error instanceof Error && /context was destroyed|navigat/i.test(error.message)
const NOTHING: Seen = { text: '', zeros: [], skeletons: 0, retries: 0 }

/** Looks until it is so. @returns what was seen last */
export async function lookUntil(page: Page, isSo: (seen: Seen) => boolean, ms = SETTLE_MS_MAX): Promise<Seen> {
  for (const end = Date.now() + ms; ; await page.waitForTimeout(LOOK_MS)) {
    const seen = await look(page).catch((error: unknown) => {
      if (isLeaving(error)) return NOTHING
      throw error
    })
    if (isSo(seen) || Date.now() > end) return seen
  }
}

/** Presses everything that says that it tries again. */
export function pressRetry(page: Page): Promise<void> {
  return page.evaluate((retry) => {
    for (const one of document.querySelectorAll<HTMLElement>('button, a')) {
      if (one.checkVisibility() && new RegExp(retry, 'i').test((one.textContent ?? '').trim())) one.click()
    }
  }, RETRY.source)
}
