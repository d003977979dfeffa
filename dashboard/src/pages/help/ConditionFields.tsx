import type { JSX } from 'solid-js'
import type { Symptom } from '../../../../hub/contract/vocabulary/people.ts'
import { ConditionChoices } from '../../forms/caseFields.tsx'
import { InputField } from '../../forms/InputField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { DANGER_SIGNS, type HelpDraft } from './model.ts'
import { formStepWords } from './words.ts'

type Condition = Pick<HelpDraft, 'symptoms' | 'risks' | 'spo2'>

type ConditionFieldsProps = {
  draft: Condition
  edit(change: Partial<Condition>): void
  /** what is offered beside the signs of danger */
  symptoms: readonly Symptom[]
  spo2Error: string | undefined
  /** shown between the signs of danger and the other symptoms */
  children?: JSX.Element
}

/** How a person is, and the oxygen in their blood. */
export function ConditionFields(props: ConditionFieldsProps): JSX.Element {
  const t = useWords(formStepWords)
  return (
    <>
      <ConditionChoices
        legend={t}
        danger={DANGER_SIGNS}
        others={{ legend: t('symptoms'), symptoms: props.symptoms }}
        value={props.draft}
        onChange={props.edit}
      >
        {props.children}
      </ConditionChoices>
      <div class="help-short" data-field="spo2">
        <InputField
          label={t('spo2')}
          hint={t('spo2Hint')}
          error={props.spo2Error}
          type="text"
          inputmode="numeric"
          maxLength={3}
          value={props.draft.spo2}
          onText={(text) => props.edit({ spo2: text })}
        />
      </div>
    </>
  )
}
