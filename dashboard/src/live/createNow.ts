import { type Accessor, createSignal, onCleanup } from 'solid-js'
import { screenNow } from '../clock.ts'

/** The screen's clock as a signal, ms since 1970, moving every `everyMs`. */
export function createNow(everyMs: number): Accessor<number> {
  const [now, setNow] = createSignal(screenNow())
  const timer = setInterval(() => setNow(screenNow()), everyMs)
  onCleanup(() => clearInterval(timer))
  return now
}
