import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startBrowser } from '../support/browser.ts'
import { inhabit } from '../support/inhabited.ts'
import { startTestSystem, type TestSystem } from '../support/system.ts'

const PAGE = /\/Type\s*\/Page(?!s)/g

let system: TestSystem
let browser: Browser

beforeAll(async () => {
  system = await startTestSystem()
  await inhabit(system.database)
  browser = await startBrowser()
})
afterAll(async () => {
  await browser?.close()
  await system?.stop()
})

it('a province prints as a light sheet of two pages that says of which moment it is', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${system.url}/province/50?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  await page.locator('[data-drawn-by]').first().waitFor({ timeout: 30_000 })
  await page.evaluate(() => {
    const seen = { theme: '' }
    Object.assign(window, { printed: seen })
    matchMedia('print').addEventListener('change', ({ matches }) => {
      if (matches) seen.theme = document.documentElement.dataset.theme ?? ''
    })
  })
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
  expect(pdf.toString('latin1').match(PAGE)?.length).toBe(2)
  expect(await page.evaluate(() => (window as unknown as { printed: { theme: string } }).printed.theme)).toBe('light')
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.province-as-of').textContent()).toMatch(/^As of \d+ \w+ \d{4}, \d\d:\d\d:\d\d/)
  expect(await page.locator('.province-as-of').isVisible()).toBe(true)
  await page.close()
})
