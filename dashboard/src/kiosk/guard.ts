/** What a page says to the kiosk around it, once a second, while it draws. */
export const BEAT = 'jitasa.beat'
export const BEAT_EVERY_MS = 1_000
/** A page that was silent for longer is frozen: nothing that it does takes a tenth of this. */
export const SILENT_MS_MAX = 15_000
/** A cold start on a small machine, before the first beat. */
export const START_MS_MAX = 60_000

/**
 * The next frame comes so long after a frozen one has gone: Chromium keeps the process of a frame for a while, to use it
 * again, and a page that is opened in one that hangs never begins.
 */
export const GONE_MS = 5_000

/** @param madeAt when the page was opened. @param beatAt when it was last heard; `null`: never. ms of one clock */
export function isFrozen(madeAt: number, beatAt: number | null, now: number): boolean {
  return beatAt === null ? now - madeAt > START_MS_MAX : now - beatAt > SILENT_MS_MAX
}

/** Whether a message is the beat of the page in the frame: of this site, and of no other window. */
export function isBeat(
  { data, source, origin }: Pick<MessageEvent, 'data' | 'source' | 'origin'>,
  own: { readonly origin: string; readonly frame: MessageEventSource | null | undefined },
): boolean {
  return data === BEAT && origin === own.origin && source !== null && source === own.frame
}

/** What a page knows of itself when it is to beat. */
export type PageState = {
  /** it has drawn since the last beat */
  readonly hasDrawn: boolean
  /** nothing is drawn for a hidden page */
  readonly isHidden: boolean
  /** it ended in an error, and nobody is there to press a button */
  readonly hasFailed: boolean
}

export function mayBeat({ hasDrawn, isHidden, hasFailed }: PageState): boolean {
  return (hasDrawn || isHidden) && !hasFailed
}
