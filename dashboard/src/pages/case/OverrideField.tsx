import type { JSX } from 'solid-js'
import { InputField } from '../../forms/InputField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { casePageWords } from './words.ts'

/** Who takes the responsibility for a red case at home. */
export function OverrideField(props: { value: string; required?: boolean; onInput(name: string): void }): JSX.Element {
  const t = useWords(casePageWords)
  return (
    <InputField
      label={t('override')}
      required={props.required ?? false}
      name="override"
      maxLength={120}
      value={props.value}
      onText={props.onInput}
    />
  )
}
