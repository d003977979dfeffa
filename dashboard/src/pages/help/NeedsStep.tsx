import type { JSX } from 'solid-js'
import { NeedChoices } from '../../forms/caseFields.tsx'
import { TextAreaField } from '../../forms/InputField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { PlaceField } from '../../places/PlaceField.tsx'
import { type StepProps, StepTitle } from './step.tsx'
import { formStepWords } from './words.ts'

export function NeedsStep(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  return (
    <>
      <StepTitle step="needs" lead="needsLead" />
      <div data-field="needs">
        <NeedChoices
          legend={t('needs')}
          legendHidden
          value={props.draft.needs}
          error={props.errorOf('needs')}
          onChange={(needs) => props.edit({ needs })}
        />
      </div>
    </>
  )
}

export function PlaceStep(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  return (
    <>
      <StepTitle step="place" lead="placeLead" />
      <PlaceField
        place={props.draft.place}
        onChange={(place) => props.edit({ place })}
        error={props.errorOf('place')}
      />
      <div data-field="address">
        <TextAreaField
          label={t('address')}
          hint={t('addressHint')}
          error={props.errorOf('address')}
          rows={2}
          maxLength={300}
          value={props.draft.address}
          onText={(text) => props.edit({ address: text })}
        />
      </div>
    </>
  )
}
