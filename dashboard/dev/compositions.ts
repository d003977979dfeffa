import type { Page } from 'playwright-core'
import { weakTexts } from './contrast.ts'
import { measureLooks, TEXT_MIN_U } from './looks.ts'

/** Every composition: a place of each kind, with each view of it. */
export const COMPOSED = ['/wall', '/wall/R01', '/wall/50', '/wall/5001', '/wall/H500'].flatMap((path) =>
  (['situation', 'vaccination'] as const).map((view) => ({ path, view })),
)
export const SIZES = [
  { name: '1920×1080', width: 1920, height: 1080 },
  { name: '3840×2160', width: 3840, height: 2160 },
  { name: '5760×1080', width: 5760, height: 1080 },
  { name: '1080×1920', width: 1080, height: 1920 },
  { name: '1440×900', width: 1440, height: 900 },
  { name: '1366×768', width: 1366, height: 768 },
] as const
export const LANGUAGES = ['th', 'en'] as const

export type Size = (typeof SIZES)[number]
export type Composed = (typeof COMPOSED)[number]

const SEEN = { timeout: 30_000 }
/** px that panels may lie over one another by rounding. */
const OVER_PX = 1

export const addressOf = ({ path, view }: Composed, language: string): string => `${path}?view=${view}&lang=${language}`

type Screen = { readonly width: number; readonly height: number }

/** Opens a wall and waits until it has been drawn. */
export async function openWall(page: Page, url: string, screen: Screen): Promise<void> {
  await page.setViewportSize(screen)
  await page.goto(url)
  await page.locator('.wall[data-freshness=live]').waitFor(SEEN)
  await settleWall(page, screen)
}

/** Until a wall has been drawn alike for two looks on a screen of this size, with its fonts and what it fetches. */
export async function settleWall(page: Page, { width, height }: Screen): Promise<void> {
  await page.setViewportSize({ width, height })
  await page.evaluate(() => {
    delete document.body.dataset.boxes
    return document.fonts.ready
  })
  await page.waitForFunction(
    () => {
      const boxes = [...document.querySelectorAll('.wall-panel')].map(
        (panel) => `${panel.getAttribute('style')} ${panel.querySelectorAll('*').length}`,
      )
      const same = boxes.length > 0 && boxes.join() === document.body.dataset.boxes
      document.body.dataset.boxes = boxes.join()
      return same && document.querySelector('.wall-body .skeleton') === null
    },
    undefined,
    { ...SEEN, polling: 150 },
  )
}

/**
 * What is wrong with a wall that is open, one sentence each: something scrolls, is cut, lies over another, is too small for the distance it is
 * read from, or too weak to be read.
 */
export async function faultsOf(page: Page): Promise<readonly string[]> {
  const { scrollX, scrollY, clipped, smallestText, smallestIs } = await measureLooks(page)
  return [
    ...(scrollX > 0 || scrollY > 0 ? [`scrolls by ${scrollX}×${scrollY}`] : []),
    ...clipped,
    ...(await overlaps(page)),
    ...(await textsOverTexts(page)),
    ...(smallestText < TEXT_MIN_U - 0.01 ? [`${smallestText.toFixed(2)} u is small for ${smallestIs}`] : []),
    ...(await weakTexts(page)),
  ]
}

/** Panels over panels, and any beyond the edge of the screen. */
function overlaps(page: Page): Promise<readonly string[]> {
  return page.evaluate((over) => {
    const panels = [...document.querySelectorAll<HTMLElement>('.wall-panel')].map((panel) => ({
      id: panel.dataset.panel,
      box: panel.getBoundingClientRect(),
    }))
    const shared = (a: DOMRect, b: DOMRect) => ({
      x: Math.min(a.right, b.right) - Math.max(a.left, b.left),
      y: Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    })
    return panels.flatMap(({ id, box }, i) => [
      ...(box.left < -over || box.top < -over || box.right > innerWidth + over || box.bottom > innerHeight + over
        ? [`${id} reaches beyond the screen`]
        : []),
      ...panels.slice(i + 1).flatMap((other) => {
        const { x, y } = shared(box, other.box)
        return x > over && y > over ? [`${id} lies over ${other.id}`] : []
      }),
    ])
  }, OVER_PX)
}

/** Text over other text in a panel. Letters take less than the height of their line; those of a map keep off one another by themselves. */
function textsOverTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const LETTERS = 0.6
    /** What shows no more of its content than fits. */
    const cuts = (element: Element, within: Element): Element =>
      element === within || getComputedStyle(element).overflow !== 'visible'
        ? element
        : cuts(element.parentElement ?? within, within)
    const found: string[] = []
    for (const panel of document.querySelectorAll<HTMLElement>('.wall-panel, .wall-head, .freshness')) {
      const texts: { readonly text: string; readonly holder: Element; readonly box: DOMRect }[] = []
      const walker = document.createTreeWalker(panel, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const holder = walker.currentNode.parentElement
        const text = walker.currentNode.textContent?.trim()
        if (!text || !holder || holder.closest('.visually-hidden, .layers-name, svg')) continue
        const range = document.createRange()
        range.selectNodeContents(walker.currentNode)
        const seen = cuts(holder, panel).getBoundingClientRect()
        for (const { x, y, width, height } of range.getClientRects()) {
          const shown = Math.min(x + width, seen.right) - x
          if (shown > 1)
            texts.push({ text, holder, box: new DOMRect(x, y + (height * (1 - LETTERS)) / 2, shown, height * LETTERS) })
        }
      }
      texts.forEach(({ text, holder, box }, i) => {
        const over = texts
          .slice(i + 1)
          .find(
            (other) =>
              other.holder !== holder &&
              Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left) > 2 &&
              Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top) > 2,
          )
        if (over) found.push(`“${text}” lies over “${over.text}”`)
      })
    }
    return found
  })
}

/** Where each panel stands, in whole px from the left and the top, as wide and as high. */
export type Boxes = Readonly<Record<string, readonly [x: number, y: number, width: number, height: number]>>

export const boxesOf = (page: Page): Promise<Boxes> =>
  page.locator('.wall-panel').evaluateAll((all) =>
    Object.fromEntries(
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect()
        return [one.getAttribute('data-panel') ?? '', [x, y, width, height].map(Math.round)] as never
      }),
    ),
  )

/** What stands elsewhere than it did, by more than letters of another machine make it: one sentence a panel. */
export function movedSince(kept: Boxes, now: Boxes, tolerancePx: number): readonly string[] {
  const names = [...new Set([...Object.keys(kept), ...Object.keys(now)])].toSorted()
  return names.flatMap((name) => {
    const [was, is] = [kept[name], now[name]]
    if (was === undefined) return [`${name} is new, at ${is}`]
    if (is === undefined) return [`${name} is gone, from ${was}`]
    return was.some((px, i) => Math.abs(px - is[i]!) > tolerancePx)
      ? [`${name} stood at ${was}, and stands at ${is}`]
      : []
  })
}

export const panelsOf = (page: Page): Promise<readonly string[]> =>
  page.locator('.wall-panel').evaluateAll((all) => all.map((one) => one.getAttribute('data-panel') ?? ''))
