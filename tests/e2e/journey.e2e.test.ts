import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { walkJourney } from '../support/journey.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

let system: TestSystem
let browser: Browser

beforeAll(async () => {
  system = await startTestSystem()
  browser = await startBrowser()
})
afterAll(async () => {
  await browser.close()
  await system.stop()
})

it('from a request in Burmese to a closed case, with four roles: person, nurse, responder, health office', async () => {
  const steps = ['ask', 'triage', 'claim', 'contact', 'place', 'close', 'told']
  expect(Object.keys(await walkJourney(system, browser))).toEqual(steps)
})
