import type { JSX } from 'solid-js'
import type { Freshness } from '../live/freshness.ts'

const SHAPES: Readonly<Record<Freshness['kind'], string>> = {
  live: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z',
  connecting: 'M12 3a9 9 0 1 0 9 9h-3.5a5.5 5.5 0 1 1-5.5-5.5z',
  stale: 'M12 2L23 21.5H1z',
  offline: 'M5 2.5L12 9.5L19 2.5L21.5 5L14.5 12L21.5 19L19 21.5L12 14.5L5 21.5L2.5 19L9.5 12L2.5 5z',
}

/** Live a disc, stale a triangle, offline a cross: told apart without colour. */
export function StateMark(props: { kind: Freshness['kind'] }): JSX.Element {
  return (
    <svg class="state-mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[props.kind]} />
    </svg>
  )
}
