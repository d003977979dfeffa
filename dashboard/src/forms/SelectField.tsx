import { For, type JSX } from 'solid-js'
import { Field } from '../ui/Field.tsx'

type SelectFieldProps<V extends string | number | undefined> = {
  label: string
  /** `undefined` or an empty text among them: nothing is chosen */
  options: readonly V[]
  value: string | number | undefined
  text(option: NoInfer<V>): string
  onChange(value: NoInfer<V>): void
  name?: string | undefined
  hint?: string | undefined
  error?: string | undefined
}

/** A labelled choice of one out of a list. */
export function SelectField<V extends string | number | undefined>(props: SelectFieldProps<V>): JSX.Element {
  const choose = (index: number) => {
    for (const option of props.options.slice(index, index + 1)) props.onChange(option)
  }
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(aria) => (
        <select {...aria} name={props.name} onChange={({ currentTarget }) => choose(currentTarget.selectedIndex)}>
          <For each={props.options}>
            {(option) => (
              <option value={option ?? ''} selected={option === props.value}>
                {props.text(option)}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  )
}
