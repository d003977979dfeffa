import { For, type JSX } from 'solid-js'
import './KeyList.css'

export type Key = { readonly keys: string; readonly does: string }

/** Keys, and what each does. */
export function KeyList(props: { keys: readonly Key[] }): JSX.Element {
  return (
    <dl class="key-list">
      <For each={props.keys}>
        {({ keys, does }) => (
          <>
            <dt>{keys}</dt>
            <dd>{does}</dd>
          </>
        )}
      </For>
    </dl>
  )
}
