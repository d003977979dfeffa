import type { JSX } from 'solid-js'

type NumberFieldProps = {
  readonly name: string
  readonly label: string
  /** what the number is of, for those who do not see where the field stands */
  readonly of: string
  readonly inputmode: 'numeric' | 'decimal'
  readonly text: string
  input(text: string): void
}

/** A number with its label, in a line of settings. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  return (
    <label class="threshold-bound">
      {props.label}
      <span class="visually-hidden"> {props.of}</span>
      <input
        name={props.name}
        inputmode={props.inputmode}
        autocomplete="off"
        value={props.text}
        onInput={({ currentTarget }) => props.input(currentTarget.value)}
      />
    </label>
  )
}
