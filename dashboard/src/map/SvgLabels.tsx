import { Index, type JSX } from 'solid-js'
import type { LabelBox } from './labels.ts'

/** Labels in the places that were found for them, each around its middle. @param props.size px of a letter */
export function SvgLabels(props: { labels: readonly LabelBox[]; size: number; class: string }): JSX.Element {
  return (
    <Index each={props.labels}>
      {(label) => (
        <text class={props.class} font-size={String(props.size)} x={label().x} y={label().y}>
          <Index each={label().lines}>
            {(line, i) => (
              <tspan x={label().x} dy={`${i === 0 ? 0.35 - 0.625 * (label().lines.length - 1) : 1.25}em`}>
                {line()}
              </tspan>
            )}
          </Index>
        </text>
      )}
    </Index>
  )
}
