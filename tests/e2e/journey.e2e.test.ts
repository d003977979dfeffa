import { expect, it } from 'vitest'
import { systemForFile } from '../support/for-file.ts'
import { walkJourney } from '../support/journey.ts'

const { system, browser } = await systemForFile()

it('from a request in Burmese to a closed case, with four roles: person, nurse, responder, health office', async () => {
  const steps = ['ask', 'triage', 'claim', 'contact', 'place', 'close', 'told']
  expect(Object.keys(await walkJourney(system, browser))).toEqual(steps)
})
