import { type JSX, Show } from 'solid-js'

/** What a form has sent has arrived, said aloud when it does; nothing before. */
export function DoneNote(props: { text: string | undefined }): JSX.Element {
  return (
    <Show when={props.text}>
      {(text) => (
        <p class="desk-done" role="status">
          {text()}
        </p>
      )}
    </Show>
  )
}
