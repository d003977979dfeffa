import type { Page } from 'playwright-core'

/** Chooses the first district of Chiang Mai in the form for help. */
export async function chooseChiangMai(page: Page): Promise<void> {
  const lists = page.locator('[data-field=place] select')
  await lists.nth(0).selectOption('50')
  await lists.nth(1).locator('option[value="5001"]').waitFor({ state: 'attached' })
  await lists.nth(1).selectOption('5001')
}
