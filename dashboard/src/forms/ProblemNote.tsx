import { type JSX, Show } from 'solid-js'

/** What went wrong with what a form sent, said aloud when it comes; nothing while nothing did. */
export function ProblemNote(props: { text: string | undefined }): JSX.Element {
  return (
    <Show when={props.text}>
      {(text) => (
        <p class="desk-problem" role="alert">
          {text()}
        </p>
      )}
    </Show>
  )
}
