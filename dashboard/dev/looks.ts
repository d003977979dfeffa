import type { Page } from 'playwright-core'

/** Smallest text of a wall in u (pages/wall/layout/unit.ts). */
export const TEXT_MIN_U = 2.1
/** px that glyphs may reach out of a box before something is cut. */
const SLACK_PX = 2

export type Looks = {
  /** px that the page is larger than the window */
  readonly scrollX: number
  readonly scrollY: number
  /** boxes that cut what is in them, text that lies over what is beside it, and panels over panels */
  readonly clipped: readonly string[]
  /** the smallest text, in u of a wall, else in hundredths of the window's height */
  readonly smallestText: number
  /** what it says */
  readonly smallestIs: string
}

/** What can be measured of how a page looks. */
export function measureLooks(page: Page): Promise<Looks> {
  return page.evaluate((slack) => {
    const root = document.documentElement
    const boxes = document.querySelectorAll<HTMLElement>(
      '.tile, .tile-head, .wall-head, .freshness, .ranking-list, .ranking-name, .legend, .map-definition, .banner, .exercise-band',
    )
    const clipped = [...boxes]
      .filter((box) => box.scrollWidth > box.clientWidth + slack || box.scrollHeight > box.clientHeight + slack)
      .map(
        (box) => `${box.className}: ${box.scrollWidth}×${box.scrollHeight} in ${box.clientWidth}×${box.clientHeight}`,
      )
    /** Whether it ends in "…" where it does not fit: what people write themselves may be as long as they like. */
    const isShortened = (element: Element, tile: Element): boolean =>
      getComputedStyle(element).textOverflow === 'ellipsis' ||
      (element !== tile && element.parentElement !== null && isShortened(element.parentElement, tile))
    // A box that neither scrolls nor cuts lets its text run over what is beside it; what is pushed out to the left
    // does not scroll either: both are measured apart.
    for (const tile of document.querySelectorAll('.tile')) {
      const { left, right } = tile.getBoundingClientRect()
      const texts = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const holder = texts.currentNode.parentElement
        if (
          !texts.currentNode.textContent?.trim() ||
          holder?.closest('.visually-hidden, .facilities-scroll, .map-place') ||
          (holder && isShortened(holder, tile))
        )
          continue
        const range = document.createRange()
        range.selectNodeContents(texts.currentNode)
        const text = range.getBoundingClientRect()
        if (text.width > 0 && (text.left < left - slack || text.right > right + slack))
          clipped.push(`text out of ${tile.className}: ${texts.currentNode.textContent}`)
      }
    }
    for (const row of document.querySelectorAll('.ranking-row')) {
      const name = row.querySelector('.ranking-name')?.getBoundingClientRect()
      const detail = row.querySelector('.ranking-detail')?.firstElementChild?.getBoundingClientRect()
      if (name && detail && detail.left < name.right) clipped.push(`ranking-detail over ${row.textContent}`)
    }
    let smallest = { px: Number.POSITIVE_INFINITY, text: '' }
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const holder = walker.currentNode.parentElement
      const text = walker.currentNode.textContent?.trim()
      if (!holder || !text || holder.getClientRects().length === 0) continue
      if (holder.closest('.visually-hidden, script, noscript, svg.severity-mark, svg.alert-mark')) continue
      const px = Number.parseFloat(getComputedStyle(holder).fontSize)
      if (px < smallest.px) smallest = { px, text: `${holder.className}: ${text}` }
    }
    const wall = document.querySelector('.wall')
    const unit = wall ? Number.parseFloat(getComputedStyle(wall).getPropertyValue('--u')) : innerHeight / 100
    // A panel is as large as its box: what it cannot hold would lie over the next one.
    for (const panel of document.querySelectorAll<HTMLElement>('.wall-panel')) {
      if (panel.scrollHeight > panel.clientHeight + slack || panel.scrollWidth > panel.clientWidth + slack)
        clipped.push(
          `${panel.dataset.panel}: ${panel.scrollWidth}×${panel.scrollHeight} in ${panel.clientWidth}×${panel.clientHeight}`,
        )
    }
    return {
      scrollX: root.scrollWidth - innerWidth,
      scrollY: root.scrollHeight - innerHeight,
      clipped,
      smallestText: smallest.px / unit,
      smallestIs: smallest.text,
    }
  }, SLACK_PX)
}
