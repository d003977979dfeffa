import { type Accessor, createMemo } from 'solid-js'
import { useWords } from '../i18n/language.tsx'
import { createNow } from '../live/createNow.ts'
import { type Freshness, freshness } from '../live/freshness.ts'
import { useFollowed } from './followed.ts'
import { linkWords } from './linkWords.ts'

const LOOK_EVERY_MS = 250
const MINUTE_S = 60
const HOUR_S = 3_600
const DAY_S = 86_400

export type FreshnessView = {
  readonly state: Accessor<Freshness>
  /** ms since 1970, the hub's clock where it is known */
  readonly now: Accessor<number>
}

/** How fresh the subject's numbers are, looked at four times a second. */
export function useFreshness(): FreshnessView {
  const { live, loaded } = useFollowed()
  const now = createNow(LOOK_EVERY_MS)
  const state = createMemo(() => freshness(live.status(), loaded(), now()), undefined, {
    equals: (a, b) => a.kind === b.kind && a.reason === b.reason && a.ageMs === b.ageMs,
  })
  return { state, now: () => now() + (live.status().offsetMs ?? 0) }
}

/** An age in the unit a person would use. */
export function useAge(): (ms: number) => string {
  const t = useWords(linkWords)
  return (ms) => {
    const seconds = ms / 1_000
    if (seconds < 10) return t('seconds', seconds.toFixed(1))
    if (seconds < MINUTE_S) return t('seconds', String(Math.floor(seconds)))
    if (seconds < HOUR_S) return t('minutes', String(Math.floor(seconds / MINUTE_S)))
    if (seconds < DAY_S) return t('hours', String(Math.floor(seconds / HOUR_S)))
    return t('days', String(Math.floor(seconds / DAY_S)))
  }
}
