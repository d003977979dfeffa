import { type JSX, Show } from 'solid-js'
import { Emergency } from '../../forms/Emergency.tsx'
import { ConditionFields } from './ConditionFields.tsx'
import { isEmergency, OTHER_SYMPTOMS } from './model.ts'
import { type StepProps, StepTitle } from './step.tsx'

export function ConditionStep(props: StepProps): JSX.Element {
  return (
    <>
      <StepTitle step="condition" lead="conditionLead" />
      <ConditionFields
        draft={props.draft}
        edit={props.edit}
        symptoms={[...OTHER_SYMPTOMS, 'none']}
        spo2Error={props.errorOf('spo2')}
      >
        <Show when={isEmergency(props.draft)}>
          <Emergency />
        </Show>
      </ConditionFields>
    </>
  )
}
