import type { BrowserContext } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { type Production, productionForFile } from '../support/for-file.ts'
import { INHABITANTS, inhabit } from '../support/inhabited.ts'
import { lookUntil, openUnder, pressRetry, REFUSAL, type Seen, type Weather } from '../support/page-states.ts'
import { inLanguage, WALKS } from '../support/walks.ts'
import { makeDeskAccount } from './desk-accounts.ts'

const DESK = { width: 1280, height: 900 }
const OFFLINE = 'The server cannot be reached'
/** The page of a request says it in words of its own. */
const saysWhy = (words: string) => new RegExp(`${words.replace(/[.()]/g, '\\$&')}|No connection`)
/** A page whose answers fail has said so by then, on a machine that others load. */
const SAID_MS_MAX = 10_000
/**
 * What a page goes on without: the band of an exercise, names in place of codes, what else is near. Walls, the board and the start page,
 * of which areas are the subject, show a skeleton while they lack them, so that they are not excused.
 */
const GOES_ON_WITHOUT = [
  '/api/situation',
  '/api/areas',
  '/api/sites',
  '/api/yesterday',
  '/api/late',
  '/api/alert-owners',
]
/** Nothing of these comes from the API: forms and sentences that every page of their kind shares are looked at on one of them. */
const LEFT_OUT = [
  '/help?step=needs',
  '/record/patient',
  '/record/test',
  '/record/dose',
  '/record/vulnerable',
  '/no-such-page',
]

const production = await productionForFile({
  fill: async (database) => {
    const made = await inhabit(database)
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], made.facility)
    return { made }
  },
})

/** A country of which nobody has said anything yet. */
const bare = await productionForFile({
  fill: async (database) => {
    await createTestAccounts(database, INHABITANTS)
  },
})

type Visit = { readonly login: string | null; readonly address: string }
const VISITS: readonly Visit[] = [
  ...new Map(
    Object.values(WALKS)
      .flatMap((all) => all.flatMap(([login, ...addresses]) => addresses.map((address) => ({ login, address }))))
      .filter(({ address }) => !LEFT_OUT.includes(address))
      .reverse()
      .map((visit) => [visit.address, visit] as const),
  ).values(),
]
const LOGINS = [...new Set(VISITS.map(({ login }) => login))].map((login) => ({ login }))

const addressOf = ({ address }: Visit) =>
  address.replace('CASE', String(production.made.case)).replace('FACILITY', String(production.made.facility))
const urlOf = (visit: Visit, { hub }: Pick<Production, 'hub'>) => `${hub.url}${inLanguage(addressOf(visit), 'en')}`

async function contextOf(login: string | null, { hub, browser }: Production = production): Promise<BrowserContext> {
  // What a phone has kept of an earlier visit is another test's (offline.e2e): here is a first one.
  const context = await browser.newContext({
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    viewport: DESK,
  })
  if (login !== null) await signInContext(context, hub.url, login)
  return context
}

const isSettled = ({ text, skeletons }: Seen) => text !== '' && skeletons === 0

/** @returns what a page does wrong while its questions meet this weather, and after it */
async function faultsUnder(context: BrowserContext, visit: Visit, weather: Weather, words: string): Promise<string[]> {
  const faults: string[] = []
  const { page, struck, turn } = await openUnder(context, weather === 'refused' ? 'held' : weather)
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`))
  await page.goto(urlOf(visit, production))
  if (weather === 'refused') {
    const slow = await lookUntil(page, ({ text, skeletons }) => text !== '' || skeletons > 0)
    if (slow.text === '' && slow.skeletons === 0) faults.push('is blank while it waits')
    await turn('refused')
  }
  const own = `/api${visit.address.split('?')[0]}`
  const isMissed = () => [...struck].some((path) => path === own || !GOES_ON_WITHOUT.includes(path))
  const said = await lookUntil(page, (seen) => isSettled(seen) && (!isMissed() || seen.retries > 0), SAID_MS_MAX)
  if (!isSettled(said)) faults.push(`says nothing: ${said.skeletons} skeletons, “${said.text}”`)
  if (isMissed() && said.retries === 0) faults.push(`does not say what to do: ${[...struck].join(' ')}: ${said.text}`)
  if (isMissed() && said.retries > 0 && !saysWhy(words).test(said.text)) faults.push(`does not say why: ${said.text}`)
  // While the live link stands a zero may well be known.
  if (weather === 'gone' && said.zeros.length > 0)
    faults.push(`says a zero that it does not know: ${said.zeros.join(' / ')}`)
  await turn('fair')
  await pressRetry(page)
  const isWell = (seen: Seen) => isSettled(seen) && !seen.text.includes(words)
  const after = await lookUntil(page, isWell)
  if (!isWell(after)) faults.push(`does not come back: ${after.skeletons} skeletons, ${after.text}`)
  await page.close()
  return faults.map((fault) => `${addressOf(visit)} ${weather}: ${fault.slice(0, 600)}`)
}

describe.each(LOGINS)('the pages of $login', ({ login }) => {
  it('say that they wait, why they cannot be read and what to do, and come back', { timeout: 240_000 }, async () => {
    const context = await contextOf(login)
    const visits = VISITS.filter((visit) => visit.login === login)
    const found: string[] = []
    // Two tabs: most of the time a page waits.
    await Promise.all(
      (['refused', 'gone'] as const).map(async (weather) => {
        for (const visit of visits) {
          found.push(...(await faultsUnder(context, visit, weather, weather === 'gone' ? OFFLINE : REFUSAL)))
        }
      }),
    )
    await context.close()
    expect(found).toEqual([])
  })
})

describe.each(LOGINS.filter(({ login }) => login !== 'staff'))(
  'before anything was said, the pages of $login',
  ({ login }) => {
    it('say so: nothing is blank, wrong, or a number that is none', { timeout: 240_000 }, async () => {
      const context = await contextOf(login, bare)
      const page = await context.newPage()
      const found: string[] = []
      for (const visit of VISITS.filter((one) => one.login === login && !/CASE|FACILITY/.test(one.address))) {
        const threw = (error: Error) => found.push(`${visit.address} threw ${error.message}`)
        page.on('pageerror', threw)
        await page.goto(urlOf(visit, bare))
        const seen = await lookUntil(page, isSettled)
        if (!isSettled(seen)) found.push(`${visit.address}: ${seen.skeletons} skeletons, “${seen.text}”`)
        const strange = /.*\b(?:NaN|undefined|null|Infinity|Invalid Date)\b.*/.exec(seen.text)?.[0]
        if (strange !== undefined) found.push(`${visit.address}: ${strange}`)
        page.off('pageerror', threw)
      }
      await context.close()
      expect(found).toEqual([])
    })
  },
)
