import { expect, it } from 'vitest'
import { productionForFile } from '../support/for-file.ts'
import { keptForOffline } from '../support/record-page.ts'
import { makeDeskAccount, makeFacility, signedInPage } from './desk-accounts.ts'

const PAINTED = { timeout: 20_000 }
const PHONE = { width: 390, height: 844 }

const { database, hub, browser, own } = await productionForFile({
  fill: async (database) => {
    const own = await makeFacility(database, 'T1', '5001')
    await makeDeskAccount(database, 'staff', 'facility_staff', ['5001'], own)
    return { own }
  },
})

const reports = async () =>
  (
    await database.pool.query<{ available: number }>(
      `select available from bed_reports where facility_id = $1 and level = '3' order by id`,
      [own],
    )
  ).rows

it('the page of a facility opens anew without a network; what is reported there waits, is sent once, and says so', async () => {
  const page = await signedInPage(browser, hub.url, 'staff', undefined, PHONE)
  const context = page.context()
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByText('Hospital T1').first().waitFor(PAINTED)
  await expect.poll(() => page.locator('input[name="3.available"]').inputValue(), PAINTED).toBe('4')
  await keptForOffline(page)
  expect(await page.getByText('not secure (http)').count()).toBe(0)

  await context.setOffline(true)
  await page.reload()
  await page.locator('[data-kept=away]').getByText('No network: these are the counts of').waitFor(PAINTED)
  await expect.poll(() => page.locator('input[name="3.available"]').inputValue(), PAINTED).toBe('4')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0)
  await page.locator('input[name="3.available"]').fill('3')
  await page.locator('input[name="3.occupied"]').fill('7')
  await page.getByRole('button', { name: 'Report beds' }).click()
  await page.locator('[data-queued="1"]').waitFor(PAINTED)
  await page.goto(`${hub.url}/facility/${own}?lang=th&tab=stock`)
  await page.locator('[data-queued="1"]').waitFor(PAINTED)
  await page.locator('input[name="oxygen.0"]').fill('12')
  expect(await reports()).toEqual([])

  await context.setOffline(false)
  await page.locator('[data-kept=back]').waitFor(PAINTED)
  await page.locator('[data-queued]').waitFor({ state: 'detached', ...PAINTED })
  await expect.poll(reports, PAINTED).toEqual([{ available: 3 }])
  // What was begun stays until somebody leaves it.
  expect(await page.locator('input[name="oxygen.0"]').inputValue()).toBe('12')
  await page.locator('[data-action=leave-kept]').click()
  await page.locator('[data-tab=beds]').click(PAINTED)
  await expect.poll(() => page.locator('input[name="3.available"]').inputValue(), PAINTED).toBe('3')
  expect(await reports()).toEqual([{ available: 3 }])
  await context.close()
})

it('who has signed out leaves nothing on the phone, and a facility that was never opened is not there', async () => {
  const page = await signedInPage(browser, hub.url, 'staff')
  const context = page.context()
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await expect.poll(() => page.locator('input[name="3.available"]').count(), PAINTED).toBe(1)
  await keptForOffline(page)
  expect(await page.evaluate(() => localStorage.getItem('jitasa.facilities'))).not.toContain('Test staff')
  await context.setOffline(true)
  await page.goto(`${hub.url}/facility/999999?lang=en`)
  await page.getByRole('alert').waitFor(PAINTED)
  expect(await page.locator('[data-kept]').count()).toBe(0)
  await context.setOffline(false)
  await page.goto(`${hub.url}/facility/${own}?lang=en`)
  await page.getByRole('button', { name: 'Sign out' }).click(PAINTED)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('jitasa.facilities')), PAINTED).toBeNull()
  await context.close()
})
