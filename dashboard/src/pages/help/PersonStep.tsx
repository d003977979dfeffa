import { type JSX, Show } from 'solid-js'
import { ID_KINDS } from '../../../../hub/contract/vocabulary/papers.ts'
import { InputField, TextAreaField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { type StepProps, StepTitle } from './step.tsx'
import { formStepWords } from './words.ts'

export function PersonStep(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  return (
    <>
      <StepTitle step="person" />
      <div class="form-fields" data-field="phone">
        <Show when={!props.draft.noPhone}>
          <InputField
            label={t('phone')}
            hint={t('phoneHint')}
            error={props.errorOf('phone')}
            type="tel"
            autocomplete="tel"
            maxLength={40}
            value={props.draft.phone}
            onText={(text) => props.edit({ phone: text })}
          />
        </Show>
        <label class="choice">
          <input
            type="checkbox"
            checked={props.draft.noPhone}
            onChange={({ currentTarget }) => props.edit({ noPhone: currentTarget.checked, phone: props.draft.phone })}
          />
          <span class="choice-label">{t('noPhone')}</span>
        </label>
      </div>
      <div data-field="secondPhone">
        <InputField
          label={t('secondPhone')}
          hint={t('secondPhoneHint')}
          error={props.errorOf('secondPhone')}
          type="tel"
          autocomplete="off"
          maxLength={40}
          value={props.draft.secondPhone}
          onText={(text) => props.edit({ secondPhone: text })}
        />
      </div>
      <div data-field="name">
        <InputField
          label={t('name')}
          error={props.errorOf('name')}
          type="text"
          autocomplete="nickname"
          maxLength={120}
          value={props.draft.name}
          onText={(text) => props.edit({ name: text })}
        />
      </div>
      <IdPaper {...props} />
      <div data-field="note">
        <TextAreaField
          label={t('note')}
          hint={t('noteHint')}
          error={props.errorOf('note')}
          rows={3}
          maxLength={1000}
          value={props.draft.note}
          onText={(text) => props.edit({ note: text })}
        />
      </div>
    </>
  )
}

function IdPaper(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  const numbered = () => props.draft.idKind !== '' && props.draft.idKind !== 'none'
  return (
    <div class="form-fields" data-field="id">
      <SelectField
        label={t('id')}
        hint={t('idHint')}
        error={numbered() ? undefined : props.errorOf('id')}
        options={['', ...ID_KINDS]}
        value={props.draft.idKind}
        text={(kind) => t(kind === '' ? 'notSaid' : `idKind.${kind}`)}
        onChange={(idKind) => props.edit({ idKind })}
      />
      <Show when={numbered()}>
        <InputField
          label={t('idNumber')}
          error={props.errorOf('id')}
          type="text"
          autocomplete="off"
          maxLength={40}
          value={props.draft.idNumber}
          onText={(text) => props.edit({ idNumber: text })}
        />
      </Show>
    </div>
  )
}
