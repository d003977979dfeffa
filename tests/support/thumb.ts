import type { Locator, Page } from 'playwright-core'

/**
 * How long a person takes, ms: the keystroke-level model (Card, Moran and Newell 1980) with a slow typist's half second
 * a key. To think and point, for each thing that is touched; to point alone, for a swipe.
 */
const PERSON_MS = { touch: 1350 + 1100, key: 500, swipe: 1100 }

export type ThumbFigures = {
  readonly touches: number
  readonly keys: number
  /** screens that had to be moved, because what came next could not be seen */
  readonly swipes: number
  /** what a person needs for these, ms */
  readonly personMs: number
  /** what the phone and the hub needed meanwhile, ms */
  readonly machineMs: number
}

/** Works a page as a thumb does, and counts. */
export function createThumb(page: Page) {
  const began = performance.now()
  let touches = 0
  let keys = 0
  let swipes = 0

  async function touch(target: Locator): Promise<void> {
    await target.waitFor()
    const box = await target.boundingBox()
    const height = page.viewportSize()?.height ?? 0
    if (box) swipes += Math.ceil(Math.max(0, -box.y, box.y + box.height - height) / height)
    await target.click()
    touches++
  }

  return {
    touch,
    async type(target: Locator, text: string): Promise<void> {
      await touch(target)
      await target.pressSequentially(text)
      keys += [...text].length
    },
    figures: (): ThumbFigures => ({
      touches,
      keys,
      swipes,
      personMs: touches * PERSON_MS.touch + keys * PERSON_MS.key + swipes * PERSON_MS.swipe,
      machineMs: Math.round(performance.now() - began),
    }),
  }
}
