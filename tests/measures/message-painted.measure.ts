import { expect, it } from 'vitest'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { productionForFile } from '../support/for-file.ts'
import { quantile, record } from '../support/measures.ts'

const MESSAGES = 50
const GOAL_MS = 1_000
const HOUR_MS = 3_600_000

const { database, hub, browser } = await productionForFile({
  fill: (database) =>
    createTestAccounts(database, [
      { username: 'eoc', role: 'governor', areas: ['50'], label: 'EOC' },
      { username: 'wall', role: 'screen', areas: ['50'], label: 'Hall' },
    ]),
})

it('message of command committed → painted on a wall', async () => {
  const screen = await browser.newContext({ viewport: { width: 1920, height: 1080 } })
  await signInContext(screen, hub.url, 'wall')
  const wall = await screen.newPage()
  await wall.goto(`${hub.url}/wall/50?lang=en`)
  await wall.locator('.wall[data-freshness=live]').waitFor()
  const eoc = await browser.newContext()
  await signInContext(eoc, hub.url, 'eoc')
  /** ms since 1970 of the frame in which the text stands in the strip */
  const painted = (text: string) =>
    wall.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const look = (): void => {
            if (document.querySelector('.command-strip')?.textContent?.includes(wanted)) resolve(Date.now())
            else requestAnimationFrame(look)
          }
          look()
        }),
      text,
    )
  const latencies: number[] = []
  for (let i = 0; i < MESSAGES; i++) {
    const text = `Briefing no. ${i} of ${MESSAGES}`
    const seen = painted(text)
    const response = await eoc.request.post(`${hub.url}/api/command-messages`, {
      data: { area: '50', text, until: new Date(Date.now() + HOUR_MS).toISOString() },
      headers: { origin: hub.url, 'idempotency-key': `message-painted-${i}` },
    })
    expect(response.status()).toBe(201)
    const { rows } = await database.pool.query<{ at: Date }>(
      'select sent_at as at from command_messages order by id desc limit 1',
    )
    latencies.push((await seen) - (rows[0]?.at.getTime() ?? 0))
  }
  const how = `${MESSAGES} messages over HTTP; from the time a message carries (before its commit) to the frame in which a wall of its province shows it, headless Chromium at 1920×1080`
  await record(
    { name: 'message of command to painted on a wall, p50', value: quantile(latencies, 0.5), unit: 'ms', how },
    {
      name: 'message of command to painted on a wall, p99',
      value: quantile(latencies, 0.99),
      unit: 'ms',
      goal: `< ${GOAL_MS} ms`,
      met: quantile(latencies, 0.99) < GOAL_MS,
      how,
    },
  )
})
