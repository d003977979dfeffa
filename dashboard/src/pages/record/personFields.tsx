import { type JSX, Show } from 'solid-js'
import { ID_KINDS } from '../../../../hub/contract/vocabulary/papers.ts'
import { InputField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { personWords } from '../../i18n/personWords.ts'
import { type FieldsProps, Needs } from './kindFields.tsx'
import { recordWords } from './words.ts'

type InputProps = {
  label: string
  hint?: string
  error?: string | undefined
  value: string
  charactersMax: number
  type?: 'text' | 'tel'
  inputmode?: 'numeric' | 'tel' | 'text'
  onInput(text: string): void
}

function Input(props: InputProps): JSX.Element {
  return (
    <InputField
      label={props.label}
      hint={props.hint}
      error={props.error}
      type={props.type ?? 'text'}
      inputmode={props.inputmode ?? 'text'}
      autocomplete="off"
      maxLength={props.charactersMax}
      value={props.value}
      onText={props.onInput}
    />
  )
}

/** Who it is about. All of it may be unknown: a record without a name is better than none. */
export function PersonFields(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  return (
    <fieldset class="choices record-person">
      <legend>{t('who')}</legend>
      <Input label={t('name')} charactersMax={120} value={props.draft.name} onInput={(name) => props.edit({ name })} />
      <div class="record-pair">
        <div data-field="phone">
          <Input
            label={t('phone')}
            type="tel"
            inputmode="tel"
            charactersMax={40}
            error={props.errorOf('phone')}
            value={props.draft.phone}
            onInput={(phone) => props.edit({ phone })}
          />
        </div>
        <div data-field="age">
          <Input
            label={t('age')}
            hint={t('ageHint')}
            charactersMax={12}
            error={props.errorOf('age')}
            value={props.draft.age}
            onInput={(age) => props.edit({ age })}
          />
        </div>
      </div>
    </fieldset>
  )
}

/** Folded away: the minute goes to what is above. */
export function MoreFields(props: FieldsProps): JSX.Element {
  const t = useWords(recordWords)
  const person = useWords(personWords)
  const numbered = () => props.draft.idKind !== '' && props.draft.idKind !== 'none'
  return (
    <details class="record-more" open={props.errorOf('id') !== undefined || props.errorOf('secondPhone') !== undefined}>
      <summary>{t('more')}</summary>
      <div class="form-fields">
        <Show when={props.kind === 'patient'}>
          <Needs {...props} />
        </Show>
        <Input
          label={t('address')}
          charactersMax={300}
          value={props.draft.address}
          onInput={(address) => props.edit({ address })}
        />
        <div data-field="secondPhone">
          <Input
            label={person('secondPhone')}
            hint={t('secondPhoneHint')}
            type="tel"
            inputmode="tel"
            charactersMax={40}
            error={props.errorOf('secondPhone')}
            value={props.draft.secondPhone}
            onInput={(secondPhone) => props.edit({ secondPhone })}
          />
        </div>
        <SelectField
          label={t('id')}
          options={['', ...ID_KINDS]}
          value={props.draft.idKind}
          text={(kind) => (kind === '' ? t('unknown') : person(`idKind.${kind}`))}
          onChange={(idKind) => props.edit({ idKind })}
        />
        <Show when={numbered()}>
          <Input
            label={t('idNumber')}
            charactersMax={40}
            error={props.errorOf('id')}
            value={props.draft.idNumber}
            onInput={(idNumber) => props.edit({ idNumber })}
          />
        </Show>
        <Input
          label={t('note')}
          charactersMax={1000}
          value={props.draft.note}
          onInput={(note) => props.edit({ note })}
        />
      </div>
    </details>
  )
}
