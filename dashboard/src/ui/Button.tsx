import { type JSX, Show, splitProps } from 'solid-js'
import './Button.css'

type ButtonProps = JSX.ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: 'primary' | 'plain' | 'danger'
  /** Shows that the press is being worked on, and takes no second one. */
  busy?: boolean
}

export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['kind', 'busy', 'class', 'children', 'disabled', 'type'])
  return (
    <button
      {...rest}
      type={own.type ?? 'button'}
      class={`button button-${own.kind ?? 'plain'} ${own.class ?? ''}`}
      disabled={own.disabled || own.busy}
      aria-busy={own.busy ? 'true' : undefined}
    >
      <Show when={own.busy}>
        <span class="button-busy" aria-hidden="true" />
      </Show>
      {own.children}
    </button>
  )
}
