import type { JSX } from 'solid-js'
import { NEED_KINDS } from '../../../../hub/contract/vocabulary/needs.ts'
import { CheckChoices } from '../../forms/Choices.tsx'
import { NeedIcon } from '../../forms/needIcons.tsx'
import { toggled } from '../../forms/toggled.ts'
import { caseWords } from '../../i18n/caseWords.ts'
import { useWords } from '../../i18n/language.tsx'
import { PlaceField } from '../../places/PlaceField.tsx'
import { Field } from '../../ui/Field.tsx'
import { type StepProps, StepTitle } from './step.tsx'
import { formStepWords } from './words.ts'

export function NeedsStep(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  const tCase = useWords(caseWords)
  return (
    <>
      <StepTitle step="needs" lead="needsLead" />
      <div data-field="needs">
        <CheckChoices
          legend={t('needs')}
          legendHidden
          look="tiles"
          options={NEED_KINDS}
          label={(kind) => tCase(`need.${kind}`)}
          icon={(kind) => <NeedIcon kind={kind} />}
          value={props.draft.needs}
          error={props.errorOf('needs')}
          onToggle={(kind, on) => props.edit({ needs: toggled(props.draft.needs, kind, on) })}
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
        <Field label={t('address')} hint={t('addressHint')} error={props.errorOf('address')}>
          {(aria) => (
            <textarea
              {...aria}
              rows={2}
              maxLength={300}
              value={props.draft.address}
              onInput={({ currentTarget }) => props.edit({ address: currentTarget.value })}
            />
          )}
        </Field>
      </div>
    </>
  )
}
