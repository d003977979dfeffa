import type { JSX } from 'solid-js'
import { useWords } from '../../i18n/language.tsx'
import { Field } from '../../ui/Field.tsx'
import { casePageWords } from './words.ts'

/** Who takes the responsibility for a red case at home. */
export function OverrideField(props: { value: string; required?: boolean; onInput(name: string): void }): JSX.Element {
  const t = useWords(casePageWords)
  return (
    <Field label={t('override')} required={props.required ?? false}>
      {(aria) => (
        <input
          {...aria}
          name="override"
          maxLength={120}
          value={props.value}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
