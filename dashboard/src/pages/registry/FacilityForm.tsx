import { For, type JSX, Show } from 'solid-js'
import {
  CONTACTS_MAX,
  DESK_ROLES,
  FACILITY_KINDS,
  FACILITY_TEXT_MAX,
} from '../../../../hub/contract/vocabulary/facilities.ts'
import { TextAreaField } from '../../forms/InputField.tsx'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { TextField } from '../../pageKit/TextField.tsx'
import { PlaceField } from '../../places/PlaceField.tsx'
import { Button } from '../../ui/Button.tsx'
import type { ContactDraft, Draft } from './draft.ts'
import { registryWords } from './words.ts'

type FieldsProps = {
  draft: Draft
  /** by the paths of the body */
  errors: Readonly<Record<string, string>>
  onChange(part: Partial<Draft>): void
}

/** What the registry says: kind, names, code, place, address, capacity. */
export function RegisterFields(props: FieldsProps): JSX.Element {
  const t = useWords(registryWords)
  return (
    <>
      <SelectField
        label={t('field.kind')}
        name="kind"
        options={FACILITY_KINDS}
        value={props.draft.kind}
        text={(kind) => t(`kind.${kind}`)}
        error={props.errors.kind}
        onChange={(kind) => props.onChange({ kind })}
      />
      <div class="desk-pair">
        <TextField
          label={t('field.nameTh')}
          name="nameTh"
          value={props.draft.nameTh}
          error={props.errors.nameTh}
          required
          onInput={(nameTh) => props.onChange({ nameTh })}
        />
        <TextField
          label={t('field.nameEn')}
          name="nameEn"
          hint={t('field.nameEnHint')}
          value={props.draft.nameEn}
          error={props.errors.nameEn}
          onInput={(nameEn) => props.onChange({ nameEn })}
        />
      </div>
      <TextField
        label={t('field.code')}
        name="code"
        hint={t('field.codeHint')}
        value={props.draft.code}
        error={props.errors.code}
        onInput={(code) => props.onChange({ code })}
      />
      <fieldset class="registry-place">
        <legend class="field-label">{t('field.place')}</legend>
        <PlaceField
          place={props.draft.place}
          error={props.errors.place ?? props.errors['place.area']}
          onChange={(place) => props.onChange({ place })}
        />
      </fieldset>
      <LongText
        label={t('field.address')}
        name="address"
        max={FACILITY_TEXT_MAX.address}
        value={props.draft.address}
        error={props.errors.address}
        onInput={(address) => props.onChange({ address })}
      />
      <LongText
        label={t('field.capacity')}
        hint={t('field.capacityHint')}
        name="capacity"
        max={FACILITY_TEXT_MAX.capacity}
        value={props.draft.capacity}
        error={props.errors.capacity}
        onInput={(capacity) => props.onChange({ capacity })}
      />
    </>
  )
}

type LongTextProps = {
  label: string
  name: string
  max: number
  value: string
  hint?: string
  error?: string | undefined
  onInput(text: string): void
}

function LongText(props: LongTextProps): JSX.Element {
  return (
    <TextAreaField
      label={props.label}
      hint={props.hint}
      error={props.error}
      name={props.name}
      rows="2"
      maxLength={props.max}
      value={props.value}
      onText={props.onInput}
    />
  )
}

/** Opening hours and the phones of its desks: what those who work there know best. */
export function DeskFields(props: FieldsProps): JSX.Element {
  const t = useWords(registryWords)
  const change = (at: number, part: Partial<ContactDraft>) =>
    props.onChange({ contacts: props.draft.contacts.map((one, i) => (i === at ? { ...one, ...part } : one)) })
  return (
    <>
      <TextField
        label={t('field.hours')}
        name="hours"
        hint={t('field.hoursHint')}
        value={props.draft.hours}
        error={props.errors.hours}
        onInput={(hours) => props.onChange({ hours })}
      />
      <fieldset class="registry-place">
        <legend class="field-label">{t('field.contacts')}</legend>
        <p class="field-hint">{t('field.contactsHint')}</p>
        <For each={props.draft.contacts.map((_, i) => i)}>
          {(at) => (
            <Show when={props.draft.contacts[at]}>
              {(contact) => (
                <fieldset class="registry-contact">
                  <legend class="visually-hidden">{t(`desk.${contact().desk}`)}</legend>
                  <SelectField
                    label={t('field.desk')}
                    name={`desk${at}`}
                    options={DESK_ROLES}
                    value={contact().desk}
                    text={(desk) => t(`desk.${desk}`)}
                    onChange={(desk) => change(at, { desk })}
                  />
                  <TextField
                    label={t('field.phone')}
                    name={`phone${at}`}
                    value={contact().phone}
                    error={props.errors[`contacts.${at}.phone`]}
                    onInput={(phone) => change(at, { phone })}
                  />
                  <TextField
                    label={t('field.note')}
                    name={`note${at}`}
                    value={contact().note}
                    error={props.errors[`contacts.${at}.note`]}
                    onInput={(note) => change(at, { note })}
                  />
                  <Button onClick={() => props.onChange({ contacts: props.draft.contacts.filter((_, i) => i !== at) })}>
                    {t('removeContact')}
                  </Button>
                </fieldset>
              )}
            </Show>
          )}
        </For>
        <Show when={props.errors.contacts}>
          <p class="field-error" role="alert">
            {props.errors.contacts}
          </p>
        </Show>
        <Show when={props.draft.contacts.length < CONTACTS_MAX}>
          <Button
            onClick={() =>
              props.onChange({ contacts: [...props.draft.contacts, { desk: 'switchboard', phone: '', note: '' }] })
            }
          >
            {t('addContact')}
          </Button>
        </Show>
      </fieldset>
    </>
  )
}
