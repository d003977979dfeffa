import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { AreaName } from '../../desk/AreaName.tsx'
import { deskWords, isRoleName, type RoleName } from '../../desk/words.ts'
import { useWords } from '../../i18n/language.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { AreaSelect } from './AreaSelect.tsx'
import type { Binding } from './api.ts'
import { FacilityPicker } from './FacilityPicker.tsx'
import { adminWords } from './words.ts'

/** What a role is bound to: the hub's own table, for the form that asks. */
const NATIONWIDE: readonly RoleName[] = ['national', 'administrator', 'auditor']
const AT_FACILITY: readonly RoleName[] = ['facility_staff', 'vaccination_staff']
const ROLES = (Object.keys(deskWords.en.role) as RoleName[]).filter((role) => role !== 'screen')

/** `picked`: an area that is chosen and not added; whoever sends the form means it too. */
export type BindingDraft = {
  readonly role: RoleName
  readonly areas: readonly string[]
  readonly picked: string
  readonly facility: string
}
export const NEW_BINDING: BindingDraft = { role: 'volunteer', areas: [], picked: '', facility: '' }
export type BindingErrors = { readonly areas?: 'needArea'; readonly facility?: 'needFacility' }

export function kindOf(role: RoleName): 'nation' | 'facility' | 'area' {
  return NATIONWIDE.includes(role) ? 'nation' : AT_FACILITY.includes(role) ? 'facility' : 'area'
}

function areasOf({ areas, picked }: BindingDraft): readonly string[] {
  return picked === '' || areas.includes(picked) ? areas : [...areas, picked]
}

/** What is missing; nothing when it can be sent. */
export function bindingErrors(draft: BindingDraft): BindingErrors {
  const kind = kindOf(draft.role)
  if (kind === 'area' && areasOf(draft).length === 0) return { areas: 'needArea' }
  if (kind === 'facility' && !/^[1-9]\d{0,8}$/.test(draft.facility)) return { facility: 'needFacility' }
  return {}
}

export function bindingOf(draft: BindingDraft): Binding {
  const kind = kindOf(draft.role)
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
      <Field label={t('account.role')}>
        {(aria) => (
          <select
            {...aria}
            name="role"
            onChange={({ currentTarget }) => {
              if (isRoleName(currentTarget.value)) change({ role: currentTarget.value })
            }}
          >
            <For each={ROLES}>
              {(role) => (
                <option value={role} selected={role === props.draft.role}>
                  {desk(`role.${role}`)}
                </option>
              )}
            </For>
          </select>
        )}
      </Field>
      <Switch>
        <Match when={kindOf(props.draft.role) === 'nation'}>
          <p class="desk-muted">{t('account.nationwide')}</p>
        </Match>
        <Match when={kindOf(props.draft.role) === 'facility'}>
          <FacilityPicker
            value={props.draft.facility}
            error={props.errors.facility && t(`account.${props.errors.facility}`)}
            onChange={(facility) => change({ facility })}
          />
        </Match>
        <Match when={kindOf(props.draft.role) === 'area'}>
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
