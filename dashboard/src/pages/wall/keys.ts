import { BED_LEVELS } from '../../../../hub/contract/vocabulary/beds.ts'
import { type Choice, INDICATORS } from '../../panels/indicators.ts'

export type WallAction =
  | { readonly kind: 'choose'; readonly choice: Choice }
  | { readonly kind: 'language' }
  | { readonly kind: 'fullScreen' }
  | { readonly kind: 'help' }
  | { readonly kind: 'numbers' }
  | { readonly kind: 'regions' }
  | { readonly kind: 'clocks' }

/** The next bed level, from the most severe down: ICU is what a command centre asks for first. */
export function nextLevel(choice: Choice): Choice {
  const at = BED_LEVELS.indexOf(choice.level)
  return { ...choice, level: BED_LEVELS[(at + BED_LEVELS.length - 1) % BED_LEVELS.length]! }
}

/** What a key does, or `undefined`. 1–4 choose the indicator; 2 again goes on to the next bed level. */
export function wallAction(key: string, choice: Choice): WallAction | undefined {
  const indicator = INDICATORS[Number(key) - 1]
  if (indicator !== undefined) {
    const again = indicator === 'occupancy' && choice.indicator === 'occupancy'
    return { kind: 'choose', choice: again ? nextLevel(choice) : { ...choice, indicator } }
  }
  if (key === 'l' || key === 'L') return { kind: 'language' }
  if (key === 'f' || key === 'F') return { kind: 'fullScreen' }
  if (key === 'n' || key === 'N') return { kind: 'numbers' }
  if (key === 'r' || key === 'R') return { kind: 'regions' }
  if (key === 'c' || key === 'C' || key === 'Info') return { kind: 'clocks' }
  return key === '?' ? { kind: 'help' } : undefined
}

/** Keys that a control of the page may want for itself. */
const ON_CONTROLS = 'a, button, input, select, textarea, summary, [role=dialog]'

const PLAYED: Readonly<Record<string, 'next' | 'previous' | 'pause'>> = {
  ArrowRight: 'next',
  PageDown: 'next',
  MediaTrackNext: 'next',
  ArrowLeft: 'previous',
  PageUp: 'previous',
  MediaTrackPrevious: 'previous',
  ' ': 'pause',
  Enter: 'pause',
  MediaPlayPause: 'pause',
}

/** What a key, or one of a remote control, does to a screen that plays scenes. @param target what has the focus */
export function sceneAction(key: string, target: EventTarget | null): 'next' | 'previous' | 'pause' | undefined {
  return target instanceof Element && target.closest(ON_CONTROLS) ? undefined : PLAYED[key]
}

/** The next view of a wall that turns by itself: each indicator once, beds by their two scarcest levels. */
export function rotate(choice: Choice): Choice {
  if (choice.indicator === 'occupancy' && choice.level === '3') return { ...choice, level: '2.2' }
  const next = INDICATORS[(INDICATORS.indexOf(choice.indicator) + 1) % INDICATORS.length]!
  return { indicator: next, level: '3' }
}

/** Shortest turn: less, and nobody has read the map. */
export const ROTATE_MIN_S = 5

/** Seconds of `?rotate=`; `null` without it or when it is no number. */
export function rotateSeconds(value: string | undefined): number | null {
  const seconds = Number(value)
  return value === undefined || !Number.isFinite(seconds) || seconds <= 0 ? null : Math.max(ROTATE_MIN_S, seconds)
}
