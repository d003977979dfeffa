import type { JSX } from 'solid-js'
import type { NeedKind } from '../../../hub/contract/vocabulary/needs.ts'

/** Drawn, so that the tiles can be told apart without reading. */
const PATHS: Readonly<Record<NeedKind, string>> = {
  bed: 'M3 19V6M3 16h18v3M21 16v-3a3 3 0 0 0-3-3h-8v6M6.5 9.5a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6',
  oxygen: 'M9 8h6a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM12 8V5M9 3.5h6M7 14h10',
  medicine: 'M4.5 13.5l9-9a4.2 4.2 0 0 1 6 6l-9 9a4.2 4.2 0 0 1-6-6zM9 9l6 6',
  food: 'M4 12h16a8 8 0 0 1-5 7.5V21H9v-1.5A8 8 0 0 1 4 12zM8 9c0-2 1.5-2 1.5-4M13 9c0-2 1.5-2 1.5-4',
  transport:
    'M3 17V7h10v10M13 10h4l4 4v3h-2M9 17h6M3 17h2M7 15.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6M17 15.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 0 0 0-3.6',
  test: 'M8 3h8M9 3v14a3 3 0 0 0 6 0V3M9 11h6',
  funeral: 'M9 12h6v8H9zM7 20h10M12 12v-2.5M12 9.5c1.5-1 2-2 2-3.2 0-1.6-2-3.8-2-3.8s-2 2.2-2 3.8c0 1.2.5 2.2 2 3.2z',
}

export function NeedIcon(props: { kind: NeedKind }): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[props.kind]} />
    </svg>
  )
}
