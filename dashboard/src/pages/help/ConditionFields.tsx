import type { JSX } from 'solid-js'
import { RISKS_608, type Symptom } from '../../../../hub/contract/vocabulary/people.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { toggled } from '../../forms/toggled.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { useWords } from '../../i18n/language.tsx'
import { Field } from '../../ui/Field.tsx'
import { DANGER_SIGNS, type HelpDraft, toggleSymptom } from './model.ts'
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

/** How a person is: signs of danger, other symptoms, risks of group 608, oxygen. */
export function ConditionFields(props: ConditionFieldsProps): JSX.Element {
  const t = useWords(formStepWords)
  const tCase = useWords(caseWords)
  const toggle = (symptom: Symptom, on: boolean) =>
    props.edit({ symptoms: toggleSymptom(props.draft.symptoms, symptom, on) })
  return (
    <>
      <CheckChoices
        legend={t('danger')}
        look="danger"
        options={DANGER_SIGNS}
        label={(symptom) => tCase(`symptom.${symptom}`)}
        value={props.draft.symptoms}
        onToggle={toggle}
      />
      {props.children}
      <CheckChoices
        legend={t('symptoms')}
        options={props.symptoms}
        label={(symptom) => tCase(`symptom.${symptom}`)}
        value={props.draft.symptoms}
        onToggle={toggle}
      />
      <CheckChoices
        legend={t('risks')}
        options={RISKS_608}
        label={(risk) => tCase(`risk.${risk}`)}
        value={props.draft.risks}
        onToggle={(risk, on) => props.edit({ risks: toggled(props.draft.risks, risk, on) })}
      />
      <div class="help-short" data-field="spo2">
        <Field label={t('spo2')} hint={t('spo2Hint')} error={props.spo2Error}>
          {(aria) => (
            <input
              {...aria}
              type="text"
              inputmode="numeric"
              maxLength={3}
              value={props.draft.spo2}
              onInput={({ currentTarget }) => props.edit({ spo2: currentTarget.value })}
            />
          )}
        </Field>
      </div>
    </>
  )
}
