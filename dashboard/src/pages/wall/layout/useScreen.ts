import { useSearchParams } from '@solidjs/router'
import { type Accessor, createMemo, createSignal, onCleanup, onMount } from 'solid-js'
import { isFlow, largerText, unitPx } from './unit.ts'

/** `unit`: px of one u; `width` in u */
export type Screen = { readonly unit: number; readonly width: number; readonly flows: boolean }

/** Where a screen has room for a second subject: a row of screens. */
const WIDE_U = 240

export function isWide({ width, flows }: Screen): boolean {
  return !flows && width >= WIDE_U
}

/** The screen that the page has, and how large it writes on it. */
export function useScreen(): Accessor<Screen> {
  const [search] = useSearchParams<{ distance?: string; height?: string }>()
  const seen = () => ({ width: window.innerWidth, height: window.innerHeight })
  const [size, setSize] = createSignal(seen(), { equals: (a, b) => a.width === b.width && a.height === b.height })
  onMount(() => {
    const look = () => setSize(seen())
    window.addEventListener('resize', look)
    onCleanup(() => window.removeEventListener('resize', look))
  })
  return createMemo(() => {
    const { width, height } = size()
    const unit = unitPx(width, height, largerText(search.distance, search.height))
    return { unit, width: width / unit, flows: isFlow(width, height) }
  })
}
