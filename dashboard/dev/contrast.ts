import type { Page } from 'playwright-core'

/** WCAG 2.2, 1.4.3 and 1.4.6: text at least, and numbers, which are read from afar; those that are three days old have faded to a text's. */
export const CONTRAST_TEXT = 4.5
export const CONTRAST_NUMBER = 7

/**
 * The texts of a wall that stand out too little from what is behind them, as the browser draws them: colours with all opacities above them,
 * over all backgrounds below. Letters on the map are outlined, and are not among them.
 * @returns ratio, text and colours of each, the weakest first
 */
export function weakTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    ({ text: textMin, number: numberMin }) => {
      type Colour = { readonly rgb: readonly number[]; readonly alpha: number }
      const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      if (pen === null) throw new Error('no canvas to read colours with')
      const known = new Map<string, Colour>()
      const colour = (css: string): Colour => {
        const before = known.get(css)
        if (before) return before
        pen.clearRect(0, 0, 1, 1)
        pen.fillStyle = css
        pen.fillRect(0, 0, 1, 1)
        const [r = 0, g = 0, b = 0, a = 0] = pen.getImageData(0, 0, 1, 1).data
        const read = { rgb: [r, g, b], alpha: a / 255 }
        known.set(css, read)
        return read
      }
      const over = (top: Colour, below: readonly number[]) =>
        below.map((value, i) => top.alpha * (top.rgb[i] ?? 0) + (1 - top.alpha) * value)
      const luminance = (rgb: readonly number[]) => {
        const [r = 0, g = 0, b = 0] = rgb.map((value) =>
          value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
        )
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      /** the colours that lie behind what an element holds: more than one where it is striped */
      const behind = (element: Element | null): readonly (readonly number[])[] => {
        if (element === null) return [colour(getComputedStyle(document.documentElement).backgroundColor).rgb]
        const { backgroundColor, backgroundImage, opacity } = getComputedStyle(element)
        const stripes = backgroundImage.match(/(?:rgba?|color|oklch|oklab|lab)\([^()]*\)/g) ?? [backgroundColor]
        const below = behind(element.parentElement)
        return stripes.flatMap((stripe) => {
          const { rgb, alpha } = colour(stripe)
          return below.map((each) => over({ rgb, alpha: alpha * Number(opacity) }, each))
        })
      }
      const opacityOf = (element: Element | null): number =>
        element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement)
      const found: { readonly ratio: number; readonly says: string }[] = []
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      while (texts.nextNode()) {
        const holder = texts.currentNode.parentElement
        const text = texts.currentNode.textContent?.trim()
        if (!holder || !text || holder.closest('.visually-hidden, script, style, noscript, svg, canvas')) continue
        if (holder.getClientRects().length === 0) continue
        const front = colour(getComputedStyle(holder).color)
        const alpha = front.alpha * opacityOf(holder)
        const ratios = behind(holder).map((back) => {
          const drawn = over({ rgb: front.rgb, alpha }, back)
          const [light = 0, dark = 0] = [luminance(drawn), luminance(back)].toSorted((a, b) => b - a)
          return (light + 0.05) / (dark + 0.05)
        })
        const ratio = Math.min(...ratios)
        const isNumber = holder.closest('.num') !== null && /\d/.test(text) && !holder.closest('[data-aged=alarm]')
        if (ratio < (isNumber ? numberMin : textMin) - 0.005)
          found.push({ ratio, says: `${ratio.toFixed(2)} ${holder.className || holder.tagName}: ${text}` })
      }
      return [...new Set(found.toSorted((a, b) => a.ratio - b.ratio).map(({ says }) => says))]
    },
    { text: CONTRAST_TEXT, number: CONTRAST_NUMBER },
  )
}
