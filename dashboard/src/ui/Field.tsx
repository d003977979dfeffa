import { createUniqueId, type JSX, Show } from 'solid-js'
import { commonWords } from '../i18n/common.ts'
import { useWords } from '../i18n/language.tsx'
import './Field.css'

export type FieldAria = {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': 'true' | undefined
  readonly 'aria-required': 'true' | undefined
}

type FieldProps = {
  label: string
  /** What belongs in here, in a line. */
  hint?: string | undefined
  /** What is wrong and what to do; marks the control as invalid. */
  error?: string | undefined
  required?: boolean
  /** The control: spread what is given onto the `<input>`, `<select>` or `<textarea>`. */
  children: (aria: FieldAria) => JSX.Element
}

/** A label, a control, a hint and an error, tied together for eyes and screen readers. */
export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId()
  const t = useWords(commonWords)
  const described = () => [props.error && `${id}-error`, props.hint && `${id}-hint`].filter(Boolean).join(' ')
  const aria: FieldAria = {
    id,
    get 'aria-describedby'() {
      return described() || undefined
    },
    get 'aria-invalid'() {
      return props.error ? 'true' : undefined
    },
    get 'aria-required'() {
      return props.required ? 'true' : undefined
    },
  }
  return (
    <div class="field">
      <label for={id} class="field-label">
        {props.label}
        <Show when={props.required}>
          <span class="field-required"> ({t('required')})</span>
        </Show>
      </label>
      {props.children(aria)}
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="field-hint">
          {props.hint}
        </p>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class="field-error" role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  )
}
