import { For, type JSX, Show } from 'solid-js'
import type { RowObject } from '../../../../hub/contract/live/rows.ts'
import { BED_STATES, type BedLevel, type BedState } from '../../../../hub/contract/vocabulary/beds.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { LEVEL_KEYS } from '../../i18n/levelKeys.ts'
import { hubNow } from '../../live/hubClock.ts'
import type { LevelCheck, LevelDraft } from './beds.ts'
import { facilityWords } from './words.ts'

type LevelFieldsProps = {
  level: BedLevel
  draft: LevelDraft
  live: RowObject<'beds'> | undefined
  edited: boolean
  check: LevelCheck
  older: boolean
  onType(state: BedState, text: string): void
  /** somebody is in one of its fields, or in none any more */
  onHold(): void
  onRelease(): void
  onAsItWas(): void
  onLeaveOut(): void
}

/** The beds of one level by state, with whether they add up. */
export function LevelFields(props: LevelFieldsProps): JSX.Element {
  const t = useWords(facilityWords)
  const common = useWords(commonWords)
  const { format } = useLanguage()
  const n = (value: number) => format().number(value)
  const said = () => {
    const { check } = props
    if (!props.edited) return undefined
    if (check.kind === 'incomplete') return t('beds.incomplete')
    if (check.kind === 'wrong_number') return t('beds.wrongNumber', t(`state.${check.state}`))
    if (check.kind !== 'wrong_sum') return undefined
    return check.over > 0 ? t('beds.over', n(check.sum), n(check.over)) : t('beds.under', n(check.sum), n(-check.over))
  }
  const sum = () =>
    props.edited && (props.check.kind === 'wrong_sum' || props.check.kind === 'incomplete')
      ? props.check.sum
      : undefined
  const leaves = (event: FocusEvent & { currentTarget: Element }) =>
    !(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))
  return (
    <fieldset
      class="bed-level"
      data-level={props.level}
      classList={{ 'bed-level-edited': props.edited }}
      onFocusOut={(event) => leaves(event) && props.onRelease()}
    >
      <legend>
        <b>{t('level', props.level)}</b> {common(`bedLevel.${LEVEL_KEYS[props.level]}`)}
        <Show when={props.live?.reportedAt}>
          {(at) => <small> · {t('reportedAt', format().moment(at(), hubNow()))}</small>}
        </Show>
      </legend>
      <div class="bed-states">
        <For each={BED_STATES}>
          {(state) => (
            <label class={`bed-state bed-state-${state}`}>
              <span>{t(`state.${state}`)}</span>
              <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                name={`${props.level}.${state}`}
                value={props.draft[state]}
                aria-invalid={props.check.kind === 'wrong_sum' && state === 'staffed' ? 'true' : undefined}
                onFocus={({ currentTarget }) => {
                  props.onHold()
                  currentTarget.select()
                }}
                onInput={({ currentTarget }) => props.onType(state, currentTarget.value)}
              />
              <Show when={props.edited && props.live}>
                {(row) => (
                  <small>
                    {t('beds.live')} {n(row()[state])}
                  </small>
                )}
              </Show>
            </label>
          )}
        </For>
      </div>
      <p class="bed-check" aria-live="polite">
        <Show
          when={said()}
          fallback={<Show when={props.edited && props.check.kind === 'fits'}>✓ {t('beds.fits')}</Show>}
        >
          {(text) => <span class="field-error">{text()}</span>}
        </Show>
        <Show when={sum()}>
          {(value) => (
            <button type="button" class="form-link" onClick={() => props.onType('staffed', String(value()))}>
              {t('beds.useSum', n(value()))}
            </button>
          )}
        </Show>
        <Show
          when={props.edited}
          fallback={
            <Show when={props.live}>
              <button type="button" class="form-link" data-action="as-it-was" onClick={() => props.onAsItWas()}>
                {t('beds.asItWas')}
              </button>
            </Show>
          }
        >
          <button type="button" class="form-link" data-action="leave-out" onClick={() => props.onLeaveOut()}>
            {t('beds.leaveOut')}
          </button>
        </Show>
      </p>
      <Show when={props.older}>
        <p class="desk-warning">
          {t('beds.older', props.level, format().moment(props.live?.reportedAt ?? 0, hubNow()))}
        </p>
      </Show>
    </fieldset>
  )
}
