import { type JSX, Show } from 'solid-js'
import { ID_KINDS } from '../../../../hub/contract/vocabulary/papers.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { Field } from '../../ui/Field.tsx'
import { type StepProps, StepTitle } from './step.tsx'
import { formStepWords } from './words.ts'

export function PersonStep(props: StepProps): JSX.Element {
  const t = useWords(formStepWords)
  return (
    <>
      <StepTitle step="person" />
      <div class="form-fields" data-field="phone">
        <Show when={!props.draft.noPhone}>
          <Field label={t('phone')} hint={t('phoneHint')} error={props.errorOf('phone')}>
            {(aria) => (
              <input
                {...aria}
                type="tel"
                autocomplete="tel"
                maxLength={40}
                value={props.draft.phone}
                onInput={({ currentTarget }) => props.edit({ phone: currentTarget.value })}
              />
            )}
          </Field>
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
        <Field label={t('secondPhone')} hint={t('secondPhoneHint')} error={props.errorOf('secondPhone')}>
          {(aria) => (
            <input
              {...aria}
              type="tel"
              autocomplete="off"
              maxLength={40}
              value={props.draft.secondPhone}
              onInput={({ currentTarget }) => props.edit({ secondPhone: currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <div data-field="name">
        <Field label={t('name')} error={props.errorOf('name')}>
          {(aria) => (
            <input
              {...aria}
              type="text"
              autocomplete="nickname"
              maxLength={120}
              value={props.draft.name}
              onInput={({ currentTarget }) => props.edit({ name: currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <IdPaper {...props} />
      <div data-field="note">
        <Field label={t('note')} hint={t('noteHint')} error={props.errorOf('note')}>
          {(aria) => (
            <textarea
              {...aria}
              rows={3}
              maxLength={1000}
              value={props.draft.note}
              onInput={({ currentTarget }) => props.edit({ note: currentTarget.value })}
            />
          )}
        </Field>
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
        <Field label={t('idNumber')} error={props.errorOf('id')}>
          {(aria) => (
            <input
              {...aria}
              type="text"
              autocomplete="off"
              maxLength={40}
              value={props.draft.idNumber}
              onInput={({ currentTarget }) => props.edit({ idNumber: currentTarget.value })}
            />
          )}
        </Field>
      </Show>
    </div>
  )
}
