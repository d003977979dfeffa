import { createSignal, For, type JSX, Show } from 'solid-js'
import { createLoaded } from '../../forms/createLoaded.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { areaNames } from '../../places/areas.ts'
import { PlaceField } from '../../places/PlaceField.tsx'
import { NO_PLACE, placeOfCode } from '../../places/place.ts'
import { placeWords } from '../../places/words.ts'
import type { RecordDraft } from './model.ts'
import { recentPlaces } from './recentPlaces.ts'
import { recordWords } from './words.ts'

type WhereFieldProps = {
  account: string
  draft: RecordDraft
  edit(change: Partial<RecordDraft>): void
  error: string | undefined
}

/** My area, or one used before: a press. Anywhere else: the lists, the device, the map. */
export function WhereField(props: WhereFieldProps): JSX.Element {
  const t = useWords(recordWords)
  const tPlace = useWords(placeWords)
  const code = () => props.draft.place.subdistrict || props.draft.place.district
  const [open, setOpen] = createSignal(false)
  const shown = () => open() || code() === '' || props.error !== undefined
  const recent = recentPlaces(() => localStorage, props.account)
  return (
    <fieldset class="choices record-where">
      <legend>{t('place')}</legend>
      <Show
        when={shown()}
        fallback={
          <div class="record-place">
            <p>
              <b>
                <PlaceName code={code()} />
              </b>
              <Show when={props.draft.place.point}>
                <small>{tPlace('pinSet')}</small>
              </Show>
            </p>
            <button type="button" class="form-link" onClick={() => setOpen(true)}>
              {t('placeChange')}
            </button>
          </div>
        }
      >
        <PlaceField place={props.draft.place} onChange={(place) => props.edit({ place })} error={props.error} />
        <Show when={code() !== ''}>
          <button type="button" class="form-link" onClick={() => setOpen(false)}>
            {t('placeDone')}
          </button>
        </Show>
      </Show>
      <Show when={recent.length > 1}>
        <div class="record-recent">
          <For each={recent.filter((known) => known !== code())}>
            {(known) => (
              <button
                type="button"
                onClick={() => {
                  props.edit({ place: { ...NO_PLACE, ...placeOfCode(known) } })
                  setOpen(false)
                }}
              >
                <PlaceName code={known} />
              </button>
            )}
          </For>
        </div>
      </Show>
    </fieldset>
  )
}

/** The name of a code; without a network, and never loaded before, the code itself. */
function PlaceName(props: { code: string }): JSX.Element {
  const { language } = useLanguage()
  const [names] = createLoaded(
    () => props.code,
    (code) => areaNames(code, language()),
  )
  const text = () => {
    const found = names()
    return found.kind === 'there' ? found.value.slice(0, 2).join(', ') : props.code
  }
  return <>{text()}</>
}
