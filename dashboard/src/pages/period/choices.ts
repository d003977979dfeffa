/** Hours a shift or a message is offered to last, and in which something is due. */
export const SHIFT_HOURS = [8, 12, 24, 4] as const
export const MESSAGE_HOURS = [1, 2, 4, 8, 12, 24] as const
export const DUE_HOURS = [1, 2, 4, 8, 12, 24, 48] as const

const HOUR_MS = 3_600_000

export function inHours(hours: number, now: number): string {
  return new Date(now + hours * HOUR_MS).toISOString()
}
