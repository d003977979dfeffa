import type { JSX } from 'solid-js'
import { InputField } from '../forms/InputField.tsx'

type TextFieldProps = {
  label: string
  value: string
  onInput(text: string): void
  name?: string
  hint?: string
  error?: string | undefined
  required?: boolean
  type?: 'text' | 'password' | 'email'
  autocomplete?: string
}

/** A labelled line of text. Names and logins of others are nothing for the browser to fill in. */
export function TextField(props: TextFieldProps): JSX.Element {
  return (
    <InputField
      label={props.label}
      hint={props.hint}
      error={props.error}
      required={props.required ?? false}
      type={props.type ?? 'text'}
      name={props.name}
      autocomplete={props.autocomplete ?? 'off'}
      autocapitalize="none"
      value={props.value}
      onText={props.onInput}
    />
  )
}
