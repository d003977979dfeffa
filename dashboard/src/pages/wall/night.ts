import { type Accessor, createEffect, createMemo, onCleanup } from 'solid-js'
import { bangkokHour } from '../../i18n/format.ts'
import { isWithin } from './scenes.ts'

export type NightHours = { readonly from: number; readonly to: number }

const HOURS = /^(\d{1,2})-(\d{1,2})$/
const LAST_HOUR = 23

/** The hours of `?dim=20-6`, in Thailand: from the beginning of the first to that of the second. `undefined`: none, or no such hours. */
export function nightHours(asked: string | undefined): NightHours | undefined {
  const [, from, to] = (HOURS.exec(asked ?? '') ?? []).map(Number)
  if (from === undefined || to === undefined || from > LAST_HOUR || to > LAST_HOUR) return undefined
  return { from, to }
}

/** Whether it is night at `now`, ms since 1970: where both hours are the same, always. */
export function isNight(hours: NightHours | undefined, now: number): boolean {
  return hours !== undefined && isWithin(hours, bangkokHour(now))
}

/** Dims the page by night, for as long as its owner lives. @param now the hub's clock, ms since 1970 */
export function dimByNight(asked: Accessor<string | undefined>, now: Accessor<number>): void {
  const night = createMemo(() => isNight(nightHours(asked()), now()))
  createEffect(() => {
    document.documentElement.toggleAttribute('data-night', night())
  })
  onCleanup(() => document.documentElement.removeAttribute('data-night'))
}
