import { type JSX, Match, Switch } from 'solid-js'
import { BINDING, mayBeOfSubdistrict, ROLES } from '../../../../hub/contract/vocabulary/roles.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { type AreasDraft, AreasField, areasOf } from './AreasField.tsx'
import type { Binding } from './api.ts'
import { FacilityPicker } from './FacilityPicker.tsx'
import { adminWords } from './words.ts'

type BoundRole = Binding['role']
/** Screens are bound where they are approved. */
const BOUND_ROLES = ROLES.filter((role): role is BoundRole => role !== 'screen')

export type BindingDraft = AreasDraft & { readonly role: BoundRole; readonly facility: string }
export const NEW_BINDING: BindingDraft = { role: 'volunteer', areas: [], picked: '', facility: '' }
export type BindingErrors = { readonly areas?: 'needArea'; readonly facility?: 'needFacility' }

/** What is missing; nothing when it can be sent. */
export function bindingErrors(draft: BindingDraft): BindingErrors {
  const kind = BINDING[draft.role]
  if (kind === 'area' && areasOf(draft).length === 0) return { areas: 'needArea' }
  if (kind === 'facility' && !/^[1-9]\d{0,8}$/.test(draft.facility)) return { facility: 'needFacility' }
  return {}
}

export function bindingOf(draft: BindingDraft): Binding {
  const kind = BINDING[draft.role]
  return {
    role: draft.role,
    areas: kind === 'area' ? areasOf(draft) : [],
    facility: kind === 'facility' ? Number(draft.facility) : null,
  }
}

type BindingFieldsProps = {
  draft: BindingDraft
  errors: BindingErrors
  onChange(draft: BindingDraft): void
}

/** Role, and the areas or the facility it is for. */
export function BindingFields(props: BindingFieldsProps): JSX.Element {
  const t = useWords(adminWords)
  const desk = useWords(deskWords)
  const change = (part: Partial<BindingDraft>) => props.onChange({ ...props.draft, ...part })
  return (
    <>
      <SelectField
        label={t('account.role')}
        name="role"
        options={BOUND_ROLES}
        value={props.draft.role}
        text={(role) => desk(`role.${role}`)}
        onChange={(role) => change({ role })}
      />
      <Switch>
        <Match when={BINDING[props.draft.role] === 'nation'}>
          <p class="desk-muted">{t('account.nationwide')}</p>
        </Match>
        <Match when={BINDING[props.draft.role] === 'facility'}>
          <FacilityPicker
            value={props.draft.facility}
            error={props.errors.facility && t(`account.${props.errors.facility}`)}
            onChange={(facility) => change({ facility })}
          />
        </Match>
        <Match when={BINDING[props.draft.role] === 'area'}>
          <AreasField
            draft={props.draft}
            subdistricts={mayBeOfSubdistrict(props.draft.role)}
            error={props.errors.areas && t(`account.${props.errors.areas}`)}
            onChange={change}
          />
        </Match>
      </Switch>
    </>
  )
}
