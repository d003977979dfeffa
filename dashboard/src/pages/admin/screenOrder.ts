import type { Screen } from './api.ts'

/** The list has walls asked every two seconds what they have painted, and the way takes its time: what was sent earlier than this, and is not on the screen, stands still. */
export const STILL_MS = 2_500

type Told = Pick<Screen, 'id' | 'name' | 'disabled' | 'on' | 'seenAt' | 'link'>

/** 0 what needs a look: dark, or standing still · 1 an old page · 2 well · 3 never on · 4 switched off */
function urgency({ disabled, on, seenAt, link }: Told, now: number): number {
  if (disabled) return 4
  if (link === null) return seenAt === null ? 3 : on ? 2 : 0
  if (link.goneSince !== null) return 0
  if (link.behindSince !== null && now - link.behindSince > STILL_MS) return 0
  return link.isOld ? 1 : 2
}

/** The stale first, then by name. @param now ms, of the screen's clock */
export function staleFirst<T extends Told>(screens: readonly T[], now: number): readonly T[] {
  return screens.toSorted(
    (a, b) => urgency(a, now) - urgency(b, now) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  )
}

/** In the order they had, as long as nobody came or went: what has the focus stays under the finger. */
export function inOrderOf<T extends { readonly id: string }>(before: readonly string[], screens: readonly T[]) {
  const byId = new Map(screens.map((screen) => [screen.id, screen]))
  const kept = before.flatMap((id) => byId.get(id) ?? [])
  return kept.length === screens.length && before.length === screens.length ? kept : undefined
}
