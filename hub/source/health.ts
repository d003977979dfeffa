import type { SourceState } from './source.ts'

/** PostgreSQL is heard every 3 s at the latest; silent for longer, the link is frozen and nothing may call itself live. */
export const SILENCE_MS_MAX = 6000

type Heard = Pick<SourceState, 'kind' | 'heardAt' | 'error'>

/** What beats tell the screens and `/readyz` the monitoring: `null` while the change feed is live, else why it is not. */
export function whyNotLive({ kind, heardAt, error }: Heard, now: number): string | null {
  if (kind !== 'streaming') return error ?? 'the first snapshot is being taken'
  const silentMs = now - heardAt
  if (silentMs < SILENCE_MS_MAX) return null
  return `PostgreSQL has been silent for ${Math.floor(silentMs / 1000)} s`
}

/** How far the WAL was written when it was looked at. */
export type Mark = { readonly written: number; readonly at: number }

/** At a look every second, a quarter of an hour; a feed that is further behind is behind by at least that. */
export const MARKS_MAX = 1000

/** @returns the marks that are not processed yet, oldest first, with the newest look among them */
export function addMark(marks: readonly Mark[], mark: Mark, processed: number): readonly Mark[] {
  const behind = marks.filter(({ written }) => written > processed)
  return mark.written > processed && behind.length < MARKS_MAX ? [...behind, mark] : behind
}

/**
 * ms since the oldest look at a WAL that is not processed to that place: 0 for a feed that is level. By the age of the
 * newest commit a quiet database would be hours behind whenever a vacuum writes.
 */
export function lagMs(marks: readonly Mark[], processed: number, now: number): number {
  const oldest = marks.find(({ written }) => written > processed)
  return oldest === undefined ? 0 : Math.max(0, now - oldest.at)
}
