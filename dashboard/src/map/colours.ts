import type { Tone } from '../../../hub/contract/indicators/index.ts'

/**
 * Colours of the map as values: WebGL cannot read custom properties. The greys are those of ui/tokens.css (dark),
 * lighter for more; amber and red only for what is abnormal.
 */
export const CLASS_GREYS: readonly string[] = ['#24282d', '#363c43', '#4c545c', '#69727b', '#8b949d', '#b2bac2']
export const TONE_COLOURS: Readonly<Record<Exclude<Tone, 'normal'>, string>> = { watch: '#f0b13c', alarm: '#ff6a5c' }

export const MAP_COLOURS = {
  background: '#1e2125',
  /** a part of which nothing is known: a hole, not the grey of none */
  unknown: '#191b1e',
  context: '#24282d',
  focus: '#2f353b',
  border: '#16181b',
  outline: '#98a0a8',
  alarmLine: '#ffffff',
  label: '#ffffff',
  /** places: all alike, told by shape and letter */
  mark: '#e8eaec',
  halo: '#121416',
} as const

export function colourOf(tone: Tone, at: number): string {
  return tone === 'normal' ? (CLASS_GREYS[at] ?? CLASS_GREYS[0]!) : TONE_COLOURS[tone]
}
