import { createEffect, type JSX, on } from 'solid-js'
import { sinceOpened } from '../clock.ts'
import { useLanguage } from '../i18n/language.tsx'

/** A number that moves ten times a second would shimmer; it is marked at most this often. */
const MARK_EVERY_MS = 2_000
const MARK_MS = 900

/** A number in the screen's language that lights up briefly when it has changed. `null` is an en dash: not known. */
export function Num(props: {
  value: number | null
  digits?: number
  signed?: boolean
  percent?: boolean
  class?: string
}): JSX.Element {
  const { format } = useLanguage()
  let element: HTMLSpanElement | undefined
  let markedAt = 0
  const text = () => {
    const { value, digits = 0 } = props
    if (value === null) return '–'
    if (props.percent) return format().percent(value, digits)
    return props.signed ? format().signed(value, digits) : format().number(value, digits)
  }
  /** digits and what parts them alone */
  const isCount = () => !props.signed && !props.percent && (props.value ?? 0) >= 0
  createEffect(
    on(
      () => props.value,
      (value, before) => {
        if (value === before) return
        const now = sinceOpened()
        if (!element || now - markedAt < MARK_EVERY_MS || !element.animate) return
        if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
        markedAt = now
        const glow = [{ backgroundColor: 'var(--mark)' }, { backgroundColor: 'transparent' }]
        element.animate(glow, { duration: MARK_MS, easing: 'ease-out' })
      },
      { defer: true },
    ),
  )
  return (
    <span class={`num ${isCount() ? 'num-count ' : ''}${props.class ?? ''}`} ref={element}>
      {text()}
    </span>
  )
}
