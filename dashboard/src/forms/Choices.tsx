import { createUniqueId, For, type JSX, Show } from 'solid-js'
import './Choices.css'

type ChoiceProps<T extends string> = {
  /** said by screen readers for the group, and shown unless `legendHidden` */
  legend: string
  legendHidden?: boolean
  hint?: string | undefined
  error?: string | undefined
  options: readonly T[]
  label(option: T): string
  icon?: (option: T) => JSX.Element
  /** tiles, two or more in a row, or lines */
  look?: 'tiles' | 'lines' | 'danger' | 'pair' | 'row'
}

type Control<T extends string> = {
  readonly type: 'checkbox' | 'radio'
  readonly name: string | undefined
  readonly isOn: (option: T) => boolean
  readonly set: (option: T, on: boolean) => void
}

/** Any number of them. */
export function CheckChoices<T extends string>(
  props: ChoiceProps<T> & { value: readonly T[]; onToggle(option: T, on: boolean): void },
): JSX.Element {
  const control: Control<T> = {
    type: 'checkbox',
    name: undefined,
    isOn: (option) => props.value.includes(option),
    set: (option, on) => props.onToggle(option, on),
  }
  return <ChoiceGroup {...props} control={control} />
}

/** Exactly one of them. */
export function RadioChoices<T extends string>(
  props: ChoiceProps<T> & { value: T | ''; onPick(option: T): void },
): JSX.Element {
  const control: Control<T> = {
    type: 'radio',
    name: createUniqueId(),
    isOn: (option) => props.value === option,
    set: (option) => props.onPick(option),
  }
  return <ChoiceGroup {...props} control={control} />
}

function ChoiceGroup<T extends string>(props: ChoiceProps<T> & { control: Control<T> }): JSX.Element {
  const id = createUniqueId()
  return (
    <fieldset class={`choices choices-${props.look ?? 'lines'}`}>
      <legend classList={{ 'visually-hidden': props.legendHidden ?? false }}>{props.legend}</legend>
      <Show when={props.hint}>
        <p class="field-hint">{props.hint}</p>
      </Show>
      <div class="choices-list">
        <For each={props.options}>
          {(option) => (
            <label class="choice">
              <input
                type={props.control.type}
                name={props.control.name}
                value={option}
                checked={props.control.isOn(option)}
                aria-describedby={props.error ? `${id}-error` : undefined}
                aria-invalid={props.error ? 'true' : undefined}
                onChange={({ currentTarget }) => props.control.set(option, currentTarget.checked)}
              />
              <Show when={props.icon}>{(icon) => <span class="choice-icon">{icon()(option)}</span>}</Show>
              <span class="choice-label">{props.label(option)}</span>
            </label>
          )}
        </For>
      </div>
      <Show when={props.error}>
        <p id={`${id}-error`} class="field-error">
          {props.error}
        </p>
      </Show>
    </fieldset>
  )
}
