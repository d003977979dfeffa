import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js'
import type { Point } from '../api/record.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { Button } from '../ui/Button.tsx'
import { areasBelow } from './areas.ts'
import { openPinMap, PIN_ZOOM_MIN, type PinMapHandle } from './pinMap.ts'
import type { PlaceDraft } from './place.ts'
import { placeWords } from './words.ts'

const ZOOM_POINT = 14
const ZOOM_BY_DIGITS: Readonly<Record<number, number>> = { 2: 8, 4: 10.5, 6: 13 }

/** Where the map opens: at the pin, else in the smallest area that was chosen. */
async function startOf({ point, province, district, subdistrict }: PlaceDraft) {
  if (point) return { point, zoom: ZOOM_POINT }
  const code = subdistrict || district || province
  if (code === '') return undefined
  const area = (await areasBelow(code.length === 2 ? 'TH' : code.slice(0, -2))).find((one) => one.code === code)
  if (area?.lat == null || area.lon === null) return undefined
  return { point: { lat: area.lat, lon: area.lon }, zoom: ZOOM_BY_DIGITS[code.length] ?? ZOOM_POINT }
}

/** The pin stands still and the map moves below it: a thumb would hide what it points at. */
export default function PinMap(props: { place: PlaceDraft; onPin(point: Point): void }): JSX.Element {
  const t = useWords(placeWords)
  const { language } = useLanguage()
  const [map, setMap] = createSignal<PinMapHandle>()
  const [zoom, setZoom] = createSignal(0)
  const [missing, setMissing] = createSignal(false)
  let container!: HTMLDivElement
  let gone = false

  onMount(async () => {
    try {
      const opened = await openPinMap(container, await startOf(props.place), language(), setZoom)
      if (gone) opened.remove()
      else setMap(opened)
    } catch (error) {
      console.warn('The map for the pin cannot be drawn.', error)
      setMissing(true)
    }
  })
  onCleanup(() => {
    gone = true
    map()?.remove()
  })

  return (
    <Show when={!missing()} fallback={<p class="field-error">{t('mapMissing')}</p>}>
      <p class="form-muted pin-map-hint">{t('mapHint')}</p>
      <div class="pin-map">
        <div class="pin-map-canvas" ref={container} />
        <svg class="pin-map-pin" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 23.5c4.5-5.5 8-9.5 8-14a8 8 0 1 0-16 0c0 4.5 3.5 8.5 8 14z" />
          <circle cx="12" cy="9.5" r="2.8" fill="#fff" stroke="none" />
        </svg>
      </div>
      <Button
        kind="primary"
        disabled={map() === undefined || zoom() < PIN_ZOOM_MIN}
        onClick={() => {
          const opened = map()
          if (opened) props.onPin(opened.centre())
        }}
      >
        {map() !== undefined && zoom() < PIN_ZOOM_MIN ? t('mapCloser') : t('mapHere')}
      </Button>
    </Show>
  )
}
