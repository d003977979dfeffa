import { expect, test } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { walkJourney } from '../support/journey.ts'
import { record } from '../support/measures.ts'
import { startTestSystem } from '../support/system.ts'

test('the whole way of a case, from a request in Burmese to its last word', async () => {
  const system = await startTestSystem()
  const browser = await startBrowser()
  try {
    const took = await walkJourney(system, browser)
    const steps = Object.entries(took).map(([step, ms]) => `${step} ${ms} ms`)
    expect(steps).toHaveLength(7)
    await record({
      name: 'a request in Burmese to the closed case, four roles in four browsers',
      value: Object.values(took).reduce((sum, ms) => sum + ms, 0) / 1000,
      unit: 's',
      how: `one browser test against a real hub; every step is read back from PostgreSQL: ${steps.join(', ')}`,
    })
  } finally {
    await browser.close()
    await system.stop()
  }
})
