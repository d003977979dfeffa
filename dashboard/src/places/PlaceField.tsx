import { createSignal, type JSX, Show, Suspense } from 'solid-js'
import { createLoaded } from '../forms/createLoaded.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { AreaPick } from './AreaPick.tsx'
import { areaName, nearestArea } from './areas.ts'
import { locate, roundPoint } from './location.ts'
import './PlaceField.css'
import { part } from '../ui/part.tsx'
import { isApart, type PlaceDraft } from './place.ts'
import { placeWords } from './words.ts'

const PinMap = part(() => import('./PinMap.tsx'))

type PlaceFieldProps = {
  place: PlaceDraft
  onChange(place: PlaceDraft): void
  error?: string | undefined
}

/** Where: the device's own word, a pin on the map, or an area from the lists; the first two are exact. */
export function PlaceField(props: PlaceFieldProps): JSX.Element {
  const t = useWords(placeWords)
  const [locating, setLocating] = createSignal(false)
  const [trouble, setTrouble] = createSignal<'denied' | 'failed'>()
  const [mapShown, setMapShown] = createSignal(false)

  /** What was said of another pin or area is not said of this one. */
  const change = (place: PlaceDraft) => props.onChange({ ...place, acceptApart: false })

  async function useDevice(): Promise<void> {
    setLocating(true)
    setTrouble(undefined)
    const found = await locate()
    setLocating(false)
    if (!found.ok) setTrouble(found.why)
    else change({ ...props.place, point: found.point, accuracy: found.accuracy })
  }

  return (
    <div class="form-fields" data-field="place">
      <div class="place-exact">
        <Button kind={props.place.point ? 'plain' : 'primary'} busy={locating()} onClick={useDevice}>
          <PinSign />
          {locating() ? t('locating') : t('locate')}
        </Button>
        <Button onClick={() => setMapShown((shown) => !shown)} aria-expanded={mapShown()}>
          <MapSign />
          {mapShown() ? t('mapHide') : t('map')}
        </Button>
      </div>
      <p class="field-error" role="status">
        {trouble() === undefined ? '' : t(trouble() ?? 'failed')}
      </p>
      <Show when={mapShown()}>
        <Suspense fallback={<div class="pin-map" />}>
          <PinMap
            place={props.place}
            onPin={(point) => {
              change({ ...props.place, point: roundPoint(point), accuracy: null })
              setMapShown(false)
            }}
          />
        </Suspense>
      </Show>
      <PinLine place={props.place} onChange={props.onChange} />
      <p class="place-or">{t('or')}</p>
      <AreaPick place={props.place} onChange={change} error={props.error} />
    </div>
  )
}

/** What the pin stands near, so that a person can see whether it is right. */
function PinLine(props: Omit<PlaceFieldProps, 'error'>): JSX.Element {
  const t = useWords(placeWords)
  const { language, format } = useLanguage()
  const [near] = createLoaded(
    () => (props.place.point ? JSON.stringify(props.place.point) : ''),
    (point) => nearestArea(JSON.parse(point)),
  )
  const name = () => {
    const found = near()
    return found.kind === 'there' && found.value ? t('near', areaName(found.value, language())) : ''
  }
  const apart = () => {
    const found = near()
    return isApart(props.place, found.kind === 'there' ? found.value?.code : undefined)
  }
  const exact = () => (props.place.accuracy === null ? '' : t('metres', format().number(props.place.accuracy)))
  return (
    <Show when={props.place.point}>
      <div class="place-pin" role="status">
        <PinSign />
        <p>
          {t('pinSet')} {name()} <small>{exact()}</small>
        </p>
        <button
          type="button"
          class="form-link"
          onClick={() => props.onChange({ ...props.place, point: null, accuracy: null, acceptApart: false })}
        >
          {t('removePin')}
        </button>
      </div>
      <Show when={apart()}>
        <label class="place-apart">
          <input
            type="checkbox"
            name="acceptApart"
            checked={props.place.acceptApart === true}
            onChange={({ currentTarget }) => props.onChange({ ...props.place, acceptApart: currentTarget.checked })}
          />
          <span>
            {t('apart')} <b>{t('apartKeep')}</b>
          </span>
        </label>
      </Show>
    </Show>
  )
}

function PinSign(): JSX.Element {
  return (
    <svg class="place-sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 21.5c4.5-5 7-8.5 7-12a7 7 0 1 0-14 0c0 3.5 2.5 7 7 12z" />
      <circle cx="12" cy="9.5" r="2.5" />
    </svg>
  )
}

function MapSign(): JSX.Element {
  return (
    <svg class="place-sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 6l6-2.5 6 2.5 6-2.5V18l-6 2.5-6-2.5-6 2.5zM9 3.5V18M15 6v14.5" />
    </svg>
  )
}
