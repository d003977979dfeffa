/** What a phone without a network may hold back; an older time is a clock that was never set. */
export const DEVICE_DAYS_MAX = 30
const DAY_MS = 86_400_000

export type SourceTime = {
  /** ms since 1970: when it happened, as far as that can be believed */
  readonly at: number
  /** what the device said, when that cannot be */
  readonly deviceAt: number | undefined
}

/**
 * When something happened, by a device whose clock may be wrong. Ahead of the hub's it counts as now, and so does a time
 * further back than any queue: a day of years ago would be a report day that nobody looks at.
 */
export function sourceTime(given: number | undefined, now: number): SourceTime {
  if (given === undefined || (given <= now && isPlausibleTime(given, now)))
    return { at: given ?? now, deviceAt: undefined }
  return { at: now, deviceAt: isPlausibleTime(given, now) ? undefined : given }
}

/** A few minutes ahead are a clock; a day ahead, or months back, are none. */
export function isPlausibleTime(given: number, now: number): boolean {
  return given >= now - DEVICE_DAYS_MAX * DAY_MS && given <= now + DAY_MS
}
