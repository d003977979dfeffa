import type { Page } from 'playwright-core'

type Shifted = { value: number; hadRecentInput: boolean; sources: { node: Node | null }[] }

/** Call before the first page: each page of this tab then adds up by how much its layout has jumped. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { sum: 0, moved: [] as string[] }
    Object.assign(window, { layoutShift: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as Shifted[]) {
        if (entry.hadRecentInput) continue
        seen.sum += entry.value
        const names = entry.sources.map(({ node }) =>
          node instanceof Element ? `${node.tagName}.${node.className}` : '#text',
        )
        seen.moved.push(`${entry.value.toFixed(3)} ${names.join(' ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** Cumulative layout shift of the page so far, without what follows a press, and what moved. */
export function shiftOf(page: Page): Promise<{ sum: number; moved: string[] }> {
  return page.evaluate(() => (window as unknown as { layoutShift: { sum: number; moved: string[] } }).layoutShift)
}
