import type { Page } from 'playwright-core'

/** Greys that are told apart: a hexadecimal digit each. */
const GREYS = 16
/** A grey that letters of another machine, or the minute of the day, do not make of another one. */
const GREY_TOLERANCE = 2
/** Cells that may differ all the same: a bar that is higher, a place of a name on the map. */
const CELLS_TOLERANCE = 0.01
/** Cells along the shorter side: at 1080, 60 px each. */
const CELLS = 18

/** A picture of a page in greys, `columns` cells a row, a hexadecimal digit each: what is not drawn, or drawn elsewhere, shows; no text can be read. */
export type Picture = { readonly columns: number; readonly cells: string }

export async function pictureOf(page: Page): Promise<Picture> {
  const png = (await page.screenshot({ animations: 'disabled' })).toString('base64')
  return page.evaluate(
    async ({ png, cellsAlong, greys }) => {
      const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
      const cell = Math.min(image.width, image.height) / cellsAlong
      const [columns, rows] = [Math.round(image.width / cell), Math.round(image.height / cell)]
      const canvas = new OffscreenCanvas(image.width, image.height)
      const context = canvas.getContext('2d')
      if (!context) throw new Error('no canvas to look at the picture with')
      context.drawImage(image, 0, 0)
      const { data } = context.getImageData(0, 0, image.width, image.height)
      const sums = new Float64Array(columns * rows)
      const counts = new Float64Array(columns * rows)
      for (let y = 0; y < image.height; y++) {
        const row = Math.min(rows - 1, Math.floor(y / cell)) * columns
        for (let x = 0; x < image.width; x++) {
          const at = (y * image.width + x) * 4
          const to = row + Math.min(columns - 1, Math.floor(x / cell))
          sums[to]! += 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!
          counts[to]!++
        }
      }
      const digits = [...sums].map((sum, i) => Math.floor((sum / counts[i]! / 256) * greys).toString(greys))
      return { columns, cells: digits.join('') }
    },
    { png, cellsAlong: CELLS, greys: GREYS },
  )
}

/** @returns where a picture differs from another of the same page, by more than letters and the time of day make it; `undefined`: nowhere */
export function differsFrom(kept: Picture | undefined, now: Picture): string | undefined {
  if (kept === undefined) return 'nobody has looked at it'
  if (kept.columns !== now.columns || kept.cells.length !== now.cells.length) return 'it has another size'
  const grey = (digit: string | undefined) => Number.parseInt(digit ?? '', GREYS)
  const differing = [...now.cells].flatMap((digit, i) =>
    Math.abs(grey(digit) - grey(kept.cells[i])) > GREY_TOLERANCE ? [i] : [],
  )
  if (differing.length <= CELLS_TOLERANCE * now.cells.length) return undefined
  const cells = differing.slice(0, 6).map((i) => `${i % now.columns}:${Math.floor(i / now.columns)}`)
  return `${differing.length} of ${now.cells.length} cells differ, at ${cells.join(' ')}`
}
