import { beforeAll, expect, it } from 'vitest'
import { signInContext } from '../support/accounts.ts'
import { systemForFile } from '../support/for-file.ts'
import { inhabit } from '../support/inhabited.ts'

const PAGE = /\/Type\s*\/Page(?!s)/g

const { system, browser } = await systemForFile()

beforeAll(async () => {
  await inhabit(system.database)
})

it('a province prints as a light sheet of two pages that says of which moment it is', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(`${system.url}/province/50?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  await page.locator('[data-drawn-by]').first().waitFor({ timeout: 30_000 })
  await page.locator('.curve-chart canvas').first().waitFor()
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

/** px of A4 between its margins of 11 mm */
const SHEET = { width: 711, height: 1039 }

it('on paper charts are dark on white, the legend stands below the map, and nothing runs out of its tile', async () => {
  // The public sees districts by fives: of one case a day there is no line to draw.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  await signInContext(context, system.url, 'governor')
  const page = await context.newPage()
  await page.goto(`${system.url}/province/50?lang=en`)
  await page.locator('[data-freshness=live]').waitFor()
  await page.locator('[data-drawn-by]').first().waitFor({ timeout: 30_000 })
  await page.locator('.curve-chart canvas').first().waitFor()
  await page.locator('.sparkline canvas').first().waitFor()
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await page.setViewportSize(SHEET)
  await page.emulateMedia({ media: 'print' })
  const seen = await page.evaluate(() => {
    const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect()
    const body = box('.province-body')
    const filters = [...document.querySelectorAll<HTMLCanvasElement>('.province canvas')]
      .filter((canvas) => canvas.checkVisibility())
      .map((canvas) => getComputedStyle(canvas).filter)
    const chart = document.querySelector<HTMLCanvasElement>('.curve-chart canvas')!
    const { data } = chart.getContext('2d')!.getImageData(0, 0, chart.width, chart.height)
    const counts = new Map<number, number>()
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] === 255) counts.set(data[i]!, (counts.get(data[i]!) ?? 0) + 1)
    }
    const runsOut = [...document.querySelectorAll('.province-body > .tile')]
      .filter((tile) => tile.scrollWidth > tile.clientWidth + 1)
      .map((tile) => tile.className)
    return {
      filters: [...new Set(filters)],
      red: [...counts].sort((a, b) => b[1] - a[1])[0]?.[0],
      mapBottom: box('.situation-map .svg-map').bottom,
      legendTop: box('.map-panel .legend').top,
      shares: [4, 5, 6].map((n) => Math.round((12 * box(`.province-body > :nth-child(${n})`).width) / body.width)),
      runsOut,
    }
  })
  expect(seen.filters).toEqual(['none'])
  expect(seen.red).toBe(0x7c)
  expect(seen.legendTop).toBeGreaterThanOrEqual(seen.mapBottom)
  expect(seen.shares).toEqual([6, 3, 3])
  expect(seen.runsOut).toEqual([])
  await context.close()
})
