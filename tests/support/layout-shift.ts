import type { Page } from 'playwright-core'

type Source = { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }
type Shifted = { value: number; hadRecentInput: boolean; sources: Source[] }

/** Call before the first page: each page of this tab then adds up by how much its layout has jumped. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { sum: 0, moved: [] as string[] }
    const nameOf = (node: Node | null): string => {
      const element = node instanceof Element ? node : node?.parentElement
      const panel = element?.closest('[data-panel]')?.getAttribute('data-panel') ?? ''
      return `${panel} ${element?.tagName}.${element?.getAttribute('class')}${node instanceof Text ? ` “${node.data}”` : ''}`
    }
    const placeOf = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join(' ')
    Object.assign(window, { layoutShift: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Shifted[]) {
        if (entry.hadRecentInput) continue
        seen.sum += entry.value
        const sources = entry.sources.map(
          ({ node, previousRect, currentRect }) =>
            `${nameOf(node)} from ${placeOf(previousRect)} to ${placeOf(currentRect)}`,
        )
        seen.moved.push(`${entry.value.toFixed(5)} ${sources.join('; ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** Cumulative layout shift of the page so far, without what follows a press, and what moved: by how much, where, from and to which x, y, width and height. */
export function shiftOf(page: Page): Promise<{ sum: number; moved: string[] }> {
  return page.evaluate(() => (window as unknown as { layoutShift: { sum: number; moved: string[] } }).layoutShift)
}
