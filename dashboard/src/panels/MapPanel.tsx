import {
  createMemo,
  createResource,
  createSignal,
  For,
  type JSX,
  onCleanup,
  onMount,
  Show,
  Suspense,
  untrack,
} from 'solid-js'
import { BED_LEVELS } from '../../../hub/contract/vocabulary/beds.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { colourOf, MAP_COLOURS } from '../map/colours.ts'
import { loadMapModels, VICINITY } from '../map/load.ts'
import type { MapPaint, PartPaint } from '../map/model.ts'
import { createLayers } from '../sites/createLayers.ts'
import { createOverlay } from '../sites/createOverlay.ts'
import { createSites } from '../sites/createSites.ts'
import { LayerSwitch } from '../sites/LayerSwitch.tsx'
import type { Layer } from '../sites/layers.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { createCovers } from './createCovers.ts'
import { Definition } from './Definition.tsx'
import { useFlooredText } from './FlooredNum.tsx'
import { type Choice, INDICATORS, indicatorOf } from './indicators.ts'
import { Legend, Unspecified } from './Legend.tsx'
import './MapPanel.css'
import { part } from '../ui/part.tsx'
import type { Floor, Ranked } from './readings.ts'
import { classOf, type Scale, toneOfClass } from './scales.ts'
import { placeName, type RankedPart, useSubject } from './subject.tsx'
import { useDefinition } from './useDefinition.ts'
import { useScale } from './useScale.ts'
import { panelWords } from './words.ts'

const SituationMap = part(() => import('../map/SituationMap.tsx'))
const SvgMap = part(async () => ({ default: (await import('../map/SvgMap.tsx')).SvgMap }))

/** Areas that get a name on the map unless they are abnormal: as many as the ranking lists. */
const LABELS_NORMAL = 10
/** The inset's own units; it scales with the text. */
const INSET_WIDTH = 160
const INSET_HEIGHT = 150
/** u: circles of districts, from nothing to the largest class. */
const RADIUS_U: readonly number[] = [0.4, 0.8, 1.1, 1.5, 1.95, 2.5]

type MapPanelProps = {
  today: string
  choice: Choice
  choose(choice: Choice): void
  ranked: readonly Ranked[]
  /** of a second map: its name, and the layers that it shows in place of switches */
  second?: { readonly name: string; readonly layers: ReadonlySet<Layer> }
}

export function MapPanel(props: MapPanelProps): JSX.Element {
  const t = useWords(panelWords)
  const definition = useDefinition()
  const subject = useSubject()
  const [models] = createResource(() => loadMapModels(subject))
  // The code comes while the shapes do, not after them.
  void SituationMap.preload()
  const [textSize, setTextSize] = createSignal(16)
  let place!: HTMLDivElement
  onMount(() => {
    const measure = () => setTextSize(Number.parseFloat(getComputedStyle(place).fontSize))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(place)
    onCleanup(() => observer.disconnect())
  })
  const covers = createCovers(() => place)
  const shown = () => indicatorOf(subject.kind, props.choice.indicator)
  const scale = useScale(() => props.choice)
  // The keys are the first map's.
  const layers = untrack(() => props.second) ? undefined : createLayers()
  const shownLayers = () => layers?.shown() ?? props.second?.layers ?? new Set<Layer>()
  const known = createSites(subject, () => [...shownLayers()].some((layer) => layer !== 'waiting'))
  const view = createOverlay(() => known().sites, shownLayers, subject, textSize)
  const paint = usePaint(props, scale, textSize)
  const padding = () => {
    const room = textSize()
    return subject.kind === 'nation'
      ? { top: room * 0.8, right: room * 5.9, bottom: room * 0.8, left: room * 0.3 }
      : { top: room * 2.4, right: room * 6.5, bottom: room * 3.6, left: room * 2.4 }
  }
  return (
    <section class="tile map-panel" aria-label={t('map.label')}>
      <Show when={props.second} fallback={<IndicatorSwitch choice={props.choice} choose={props.choose} />}>
        {(second) => <h2 class="map-second">{second().name}</h2>}
      </Show>
      <div class="map-definition">
        <p>
          <Definition of={[shown()]} asked={{ level: props.choice.level }}>
            {definition(props.choice)}
          </Definition>
        </p>
        <Show when={!props.second && props.choice.indicator === 'occupancy'}>
          <LevelSwitch choice={props.choice} choose={props.choose} />
        </Show>
      </div>
      <Show when={layers}>
        {(switched) => <LayerSwitch layers={switched()} sites={view.sites()} failed={known().failed} />}
      </Show>
      <div class="map-place" ref={place}>
        {/* A map on its way suspends itself, not the page around it. */}
        <Suspense fallback={<Skeleton height="100%" />}>
          <Show when={models()}>
            {(loaded) => (
              <SituationMap
                model={loaded().main}
                mapboxToken={loaded().mapboxToken}
                paint={paint()}
                size={textSize()}
                padding={padding()}
                overlay={view.overlay()}
                covers={covers()}
                label={`${t('map.label')}: ${definition(props.choice)}`}
              />
            )}
          </Show>
        </Suspense>
        <Unspecified today={props.today} choice={props.choice} />
        <div class="map-corner">
          <Suspense>
            <Show when={models()?.inset}>
              {(inset) => (
                <figure class="map-inset">
                  <figcaption>{t('map.vicinity')}</figcaption>
                  <SvgMap
                    model={inset()}
                    paint={vicinityOnly(paint())}
                    width={INSET_WIDTH}
                    height={INSET_HEIGHT}
                    size={0}
                    padding={{ top: 2, right: 2, bottom: 2, left: 2 }}
                  />
                </figure>
              )}
            </Show>
          </Suspense>
          <Legend scale={scale()} ranked={props.ranked} today={props.today} choice={props.choice} />
        </div>
      </div>
    </section>
  )
}

function vicinityOnly(paint: MapPaint): MapPaint {
  return new Map([...paint].filter(([code]) => VICINITY.has(code)))
}

/** Colour, size and name of every part under the present choice. */
function usePaint(props: MapPanelProps, scale: () => Scale, textSize: () => number): () => MapPaint {
  const { language, format } = useLanguage()
  const floored = useFlooredText()
  const text = (part: RankedPart, value: number, floor: Floor | undefined) => {
    const exact = scale().unit === 'share' ? format().percent(value) : format().number(Math.round(value))
    const number = floor === undefined ? exact : floored(floor, value)
    return `${placeName(part, language())}\n${number}`
  }
  return createMemo(() => {
    const paint = new Map<string, PartPaint>()
    for (const { part, value, place, floor } of props.ranked) {
      const at = classOf(scale(), value ?? 0)
      const tone = toneOfClass(scale(), at)
      const named = value !== null && value > 0 && (tone !== 'normal' || place <= LABELS_NORMAL)
      paint.set(part.code, {
        colour: value === null ? MAP_COLOURS.unknown : colourOf(tone, at),
        alarm: tone === 'alarm',
        radius: ((RADIUS_U[at] ?? 0) * textSize()) / 2.1,
        label: named ? text(part, value, floor) : '',
        rank: place,
      })
    }
    return paint
  })
}

type SwitchProps = { choice: Choice; choose(choice: Choice): void }

/** Keys 1 to 4 on a wall. */
function IndicatorSwitch(props: SwitchProps): JSX.Element {
  const t = useWords(panelWords)
  return (
    <fieldset class="switch">
      <legend class="visually-hidden">{t('indicator.label')}</legend>
      <For each={INDICATORS}>
        {(indicator, i) => (
          <button
            type="button"
            aria-pressed={props.choice.indicator === indicator}
            onClick={() => props.choose({ ...props.choice, indicator })}
          >
            <span class="switch-key" aria-hidden="true">
              {i() + 1}
            </span>{' '}
            {t(`indicator.${indicator}`)}
          </button>
        )}
      </For>
    </fieldset>
  )
}

/** Key 2 again goes on to the next. */
function LevelSwitch(props: SwitchProps): JSX.Element {
  const t = useWords(panelWords)
  return (
    <fieldset class="switch switch-levels">
      <legend class="visually-hidden">{t('legend.level')}</legend>
      <For each={BED_LEVELS}>
        {(level) => (
          <button
            type="button"
            aria-pressed={props.choice.level === level}
            onClick={() => props.choose({ ...props.choice, level })}
          >
            {level}
          </button>
        )}
      </For>
    </fieldset>
  )
}
