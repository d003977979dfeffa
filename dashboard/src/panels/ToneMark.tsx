import { type JSX, Show } from 'solid-js'
import type { Tone } from '../../../hub/contract/indicators/index.ts'

/** Before a number that is not as it should be: a sign beside the colour, for who does not tell colours apart. */
export function ToneMark(props: { tone: Tone }): JSX.Element {
  return (
    <Show when={props.tone !== 'normal'}>
      <b aria-hidden="true">{props.tone === 'alarm' ? '!! ' : '! '}</b>
    </Show>
  )
}
