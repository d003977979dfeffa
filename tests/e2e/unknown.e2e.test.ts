import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { addDays } from '../../hub/contract/vocabulary/days.ts'
import { folderForFile, productionForFile } from '../support/for-file.ts'
import { importFile } from '../support/import-file.ts'

/** The last day of the file has deaths only; the day before it 27 of 77 provinces have reported their cases. */
const LAST = '2021-07-19'
const REPORTED = 27
/** Fifteen thousand deletions, folded and drawn on shared cores. */
const FOLDED = { timeout: 20_000 }

const folder = await folderForFile()
const { database, hub, browser } = await productionForFile({
  fill: async (database) => {
    const { rows } = await database.pool.query<{ code: string }>(
      `select code from areas where level = 'province' order by code`,
    )
    const codes = rows.map(({ code }) => code)
    const lines = ['date,province_code,new_cases,new_deaths']
    for (let ago = 20; ago >= 2; ago--) {
      const day = addDays(LAST, -ago)
      for (const [i, code] of codes.entries()) lines.push(`${day},${code},${(i * 7 + ago * 3) % 40},0`)
    }
    for (const [i, code] of codes.slice(0, REPORTED).entries()) lines.push(`${addDays(LAST, -1)},${code},${i},`)
    lines.push(`${LAST},10,,5`)
    const file = path.join(folder, 'cases.csv')
    await writeFile(file, `${lines.join('\n')}\n`)
    await importFile(database.url, 'cases', file)
  },
})
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })

const tile = (name: string) => page.getByRole('region', { name, exact: true })

it('a wall whose day has deaths only shows the last day with cases and how many provinces reported, never 0', async () => {
  await page.goto(`${hub.url}/wall?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  const cases = tile('New cases, Sun 18 Jul')
  await cases.waitFor()
  expect(await cases.textContent()).toContain('27 of 77 provinces reported')
  expect(await cases.locator('.kpi-number').textContent()).toBe(String((REPORTED * (REPORTED - 1)) / 2))
  expect(await tile('Deaths today').locator('.kpi-number').textContent()).toBe('5')
  expect(await tile('Deaths today').locator('dd').first().textContent()).toBe('–')
})

it('a province that did not report shows its last known day; one that reported zero shows 0', async () => {
  await page.goto(`${hub.url}/wall/10?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  expect(await tile('New cases, Sun 18 Jul').locator('.kpi-number').textContent()).toBe('0')
  await page.goto(`${hub.url}/wall/96?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  await tile('New cases, Sat 17 Jul').waitFor()
  expect(await tile('Deaths').locator('.kpi-number').textContent()).toBe('0')
})

it('a province that there is not: the page says so at the first answer, asks no more, and leads on', async () => {
  for (const [place, said] of [
    ['/wall/99', 'There is no wall of 99'],
    ['/wall/R99', 'There is no wall of R99'],
    ['/wall/9999', 'There is no wall of 9999'],
    ['/wall/H0', 'There is no wall of H0'],
    ['/wall/5099', 'There is no wall of 5099'],
    ['/province/99', 'There is no province 99'],
  ] as const) {
    const other = await browser.newPage()
    const asked: string[] = []
    other.on('request', (request) => {
      if (/\/api\/areas|\/live/.test(request.url())) asked.push(request.url())
    })
    await other.goto(`${hub.url}${place}?lang=en`)
    await other.getByText(said, { exact: true }).waitFor()
    const before = asked.length
    await other.waitForTimeout(3_000)
    expect(asked.slice(before), place).toEqual([])
    await other.getByRole('link', { name: 'Start page', exact: true }).click()
    await other.locator('.start').waitFor()
    await other.close()
  }
}, 120_000)

it('a database without any figure shows none', async () => {
  await database.pool.query('delete from cases')
  await database.pool.query('delete from day_reports')
  await page.goto(`${hub.url}/wall?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  await expect.poll(() => tile('New cases today').locator('.kpi-number').textContent(), FOLDED).toBe('–')
  expect(await tile('New cases today').textContent()).toContain('0 of 77 provinces reported')
  expect(await tile('Deaths today').locator('.kpi-number').textContent()).toBe('–')
})
