import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { BINDING, ROLES } from '../../../../hub/contract/vocabulary/roles.ts'
import { SelectField } from '../../forms/SelectField.tsx'
import { useWords } from '../../i18n/language.tsx'
import { AreaName } from '../../pageKit/AreaName.tsx'
import { deskWords } from '../../pageKit/words.ts'
import { Button } from '../../ui/Button.tsx'
import { AreaSelect } from './AreaSelect.tsx'
import type { Binding } from './api.ts'
import { FacilityPicker } from './FacilityPicker.tsx'
import { adminWords } from './words.ts'

type BoundRole = Binding['role']
/** Screens are bound where they are approved. */
const BOUND_ROLES = ROLES.filter((role): role is BoundRole => role !== 'screen')

/** `picked`: an area that is chosen and not added; whoever sends the form means it too. */
export type BindingDraft = {
  readonly role: BoundRole
  readonly areas: readonly string[]
  readonly picked: string
  readonly facility: string
}
export const NEW_BINDING: BindingDraft = { role: 'volunteer', areas: [], picked: '', facility: '' }
export type BindingErrors = { readonly areas?: 'needArea'; readonly facility?: 'needFacility' }

function areasOf({ areas, picked }: BindingDraft): readonly string[] {
  return picked === '' || areas.includes(picked) ? areas : [...areas, picked]
}

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
  const add = () => change({ areas: areasOf(props.draft), picked: '' })
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
          <div class="binding-areas">
            <Show when={props.draft.areas.length > 0}>
              <ul class="binding-chosen" aria-label={t('account.areas')}>
                <For each={props.draft.areas}>
                  {(code) => (
                    <li>
                      <AreaName code={code} />
                      <button
                        type="button"
                        aria-label={`✕ ${code}`}
                        onClick={() => change({ areas: props.draft.areas.filter((other) => other !== code) })}
                      >
                        ✕
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </Show>
            <AreaSelect
              value={props.draft.picked}
              onChange={(picked) => change({ picked })}
              error={props.errors.areas && t(`account.${props.errors.areas}`)}
            />
            <Button disabled={props.draft.picked === ''} onClick={add}>
              {t('account.addArea')}
            </Button>
          </div>
        </Match>
      </Switch>
    </>
  )
}
