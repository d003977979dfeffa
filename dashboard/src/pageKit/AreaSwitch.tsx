import { For, type JSX, Show } from 'solid-js'
import '../care/care.css'
import { Button } from '../ui/Button.tsx'
import { AreaName } from './AreaName.tsx'

/** Which of one's areas a list is of; nothing for whoever has one. */
export function AreaSwitch(props: {
  areas: readonly string[]
  chosen: string
  choose(area: string): void
}): JSX.Element {
  return (
    <Show when={props.areas.length > 1}>
      <div class="care-shown">
        <For each={props.areas}>
          {(code) => (
            <Button aria-pressed={props.chosen === code} onClick={() => props.choose(code)}>
              <AreaName code={code} />
            </Button>
          )}
        </For>
      </div>
    </Show>
  )
}
