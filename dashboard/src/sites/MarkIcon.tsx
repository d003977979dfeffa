import type { JSX } from 'solid-js'
import { LETTER_DOWN, type MarkShape, markPath } from '../map/marks.ts'
import './MarkIcon.css'

/** A mark beside words, as it is on the map; its letter is as large as they are. */
export function MarkIcon(props: { shape: MarkShape; letter: string }): JSX.Element {
  return (
    <span class="mark-icon" aria-hidden="true">
      <svg viewBox="-14 -14 28 28" aria-hidden="true">
        <path d={markPath(props.shape, 10.5)} />
      </svg>
      <b style={{ top: `${LETTER_DOWN[props.shape] * 0.55}em` }}>{props.letter}</b>
    </span>
  )
}
