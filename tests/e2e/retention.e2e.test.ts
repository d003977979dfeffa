import { expect, it } from 'vitest'
import { announceDays } from '../../db/queries/retention-announced.ts'
import { createTestAccounts, signInContext } from '../support/accounts.ts'
import { productionForFile } from '../support/for-file.ts'

const PHONE = { width: 390, height: 844 }

const { hub, browser, database } = await productionForFile({
  fill: async (database) => {
    await createTestAccounts(database, [{ username: 'admin', role: 'administrator', areas: ['TH'], label: 'Admin' }])
    await database.pool.query(
      `with made as (
         insert into cases (district, report_day, source, stage, closed_reason, updated_at)
         select '5001', '2021-11-11', 'help', 'closed', 'helped', now() - n * interval '1 day' from unnest(array[173, 175, 175]) as n
         returning id
       ) insert into case_private (case_id) select id from made`,
    )
    await announceDays(database.jobs, 'requests', Date.now())
    return {}
  },
})

it('an administrator reads on another page that data goes, and finds which, when, and the rule that keeps it', async () => {
  const context = await browser.newContext({ viewport: PHONE })
  await signInContext(context, hub.url, 'admin')
  const page = await context.newPage()
  const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  await page.goto(`${hub.url}/admin/accounts?lang=en`)
  const line = page.locator('[data-goes-soon="3"]')
  await line.waitFor()
  expect(await line.textContent()).toMatch(/^Within a week 3 records go by their rules, the first on /)
  expect(await wide()).toBeLessThanOrEqual(0)
  await line.locator('a').click()
  await page.locator('[data-goes-on]').first().waitFor()
  expect(await page.locator('[data-goes-on]').count()).toBe(2)
  expect(await page.locator('[data-goes-on]').first().textContent()).toContain('2, older than 180 days')
  expect(await line.count()).toBe(0)
  expect(await wide()).toBeLessThanOrEqual(0)

  const rule = page.locator('form', { has: page.locator('[name="retention.requests"]') })
  await rule.locator('input').fill('300')
  await rule.locator('button[type=submit]').click()
  await page.getByText('Nothing goes within a week.').waitFor()
  await database.pool.query(`update retention_rules set days = 180 where rule = 'requests'`)
  await context.close()
})
