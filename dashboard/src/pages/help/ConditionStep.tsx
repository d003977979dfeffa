import { type JSX, Show } from 'solid-js'
import { RISKS_608, type Symptom } from '../../../../hub/wire/people.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { Emergency } from '../../forms/Emergency.tsx'
import { caseWords } from '../../i18n/caseWords.ts'
import { useWords } from '../../i18n/language.tsx'
import { Field } from '../../ui/Field.tsx'
import { DANGER_SIGNS, isEmergency, OTHER_SYMPTOMS, toggleSymptom } from './model.ts'
import { type StepProps, StepTitle } from './step.tsx'
import { formStepWords } from './words/form.ts'

export function ConditionStep(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  const tCase = useWords(caseWords)
  const toggle = (symptom: Symptom, on: boolean) =>
    props.edit({ symptoms: toggleSymptom(props.draft.symptoms, symptom, on) })
  return (
    <>
      <StepTitle step="condition" lead="conditionLead" />
      <CheckChoices
        legend={t('danger')}
        look="danger"
        options={DANGER_SIGNS}
        label={(symptom) => tCase(`symptom.${symptom}`)}
        value={props.draft.symptoms}
        onToggle={toggle}
      />
      <Show when={isEmergency(props.draft)}>
        <Emergency />
      </Show>
      <CheckChoices
        legend={t('symptoms')}
        options={[...OTHER_SYMPTOMS, 'none']}
        label={(symptom) => tCase(`symptom.${symptom}`)}
        value={props.draft.symptoms}
        onToggle={toggle}
      />
      <CheckChoices
        legend={t('risks')}
        options={RISKS_608}
        label={(risk) => tCase(`risk.${risk}`)}
        value={props.draft.risks}
        onToggle={(risk, on) => {
          const others = props.draft.risks.filter((one) => one !== risk)
          props.edit({ risks: on ? [...others, risk] : others })
        }}
      />
      <div class="help-short" data-field="spo2">
        <Field label={t('spo2')} hint={t('spo2Hint')} error={props.errorOf('spo2')}>
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
