import { type JSX, splitProps } from 'solid-js'
import { Field } from '../ui/Field.tsx'

type Labelled = { label: string; hint?: string | undefined; error?: string | undefined; required?: boolean }
/** What the control itself is given; `onText`: with each key. */
type Control<A> = Omit<A, keyof Labelled | 'onInput'> & { onText?(text: string): void }

const OWN = ['label', 'hint', 'error', 'required', 'onText'] as const

/** A labelled `<input>`. */
export function InputField(props: Labelled & Control<JSX.InputHTMLAttributes<HTMLInputElement>>): JSX.Element {
  const [own, control] = splitProps(props, OWN)
  return (
    <Field label={own.label} hint={own.hint} error={own.error} required={own.required ?? false}>
      {(aria) => <input {...control} {...aria} onInput={({ currentTarget }) => own.onText?.(currentTarget.value)} />}
    </Field>
  )
}

/** A labelled `<textarea>`. */
export function TextAreaField(props: Labelled & Control<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>>): JSX.Element {
  const [own, control] = splitProps(props, OWN)
  return (
    <Field label={own.label} hint={own.hint} error={own.error} required={own.required ?? false}>
      {(aria) => <textarea {...control} {...aria} onInput={({ currentTarget }) => own.onText?.(currentTarget.value)} />}
    </Field>
  )
}
