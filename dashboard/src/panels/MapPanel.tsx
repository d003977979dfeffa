import { createMemo, createResource, createSignal, For, type JSX, lazy, onCleanup, onMount, Show } from 'solid-js'
import { BED_LEVELS } from '../../../hub/wire/metrics.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { colourOf } from '../map/colours.ts'
import { loadMapModels, VICINITY } from '../map/load.ts'
import type { MapPaint, PartPaint } from '../map/model.ts'
import { Skeleton } from '../ui/Skeleton.tsx'
import { type Choice, INDICATORS, readIndicator } from './indicators.ts'
import { Legend } from './Legend.tsx'
import './MapPanel.css'
import { classOf, type Scale, scaleOf, toneOfClass } from './scales.ts'
import { type Part, placeName, useSubject } from './subject.tsx'
import { useDefinition } from './useDefinition.ts'
import { panelWords } from './words.ts'

const SituationMap = lazy(() => import('../map/SituationMap.tsx'))
const SvgMap = lazy(async () => ({ default: (await import('../map/SvgMap.tsx')).SvgMap }))

/** Areas that get a name on the map unless they are abnormal: as many as the ranking lists. */
const LABELS_NORMAL = 10
/** u: circles of districts, from nothing to the largest class. */
const RADIUS_U: readonly number[] = [0.45, 0.9, 1.3, 1.8, 2.4, 3.1]

type MapPanelProps = { today: string; choice: Choice; choose(choice: Choice): void }

export function MapPanel(props: MapPanelProps): JSX.Element {
  const t = useWords(panelWords)
  const definition = useDefinition()
  const subject = useSubject()
  const [models] = createResource(() => loadMapModels(subject))
  const [textSize, setTextSize] = createSignal(16)
  let place!: HTMLDivElement
  onMount(() => {
    const measure = () => setTextSize(Number.parseFloat(getComputedStyle(place).fontSize))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(place)
    onCleanup(() => observer.disconnect())
  })
  const scale = () => scaleOf(subject.kind, props.choice.indicator)
  const paint = usePaint(props, scale, textSize)
  const padding = () => {
    const room = textSize()
    return subject.kind === 'nation'
      ? { top: room * 0.8, right: room * 4.2, bottom: room * 0.8, left: room * 0.8 }
      : { top: room * 2.4, right: room * 2.4, bottom: room * 9, left: room * 2.4 }
  }
  return (
    <section class="tile map-panel" aria-label={t('map.label')}>
      <IndicatorSwitch choice={props.choice} choose={props.choose} />
      <p class="map-definition">{definition(props.choice)}</p>
      <div class="map-place" ref={place}>
        <Show when={models()} fallback={<Skeleton height="100%" />}>
          {(loaded) => (
            <>
              <SituationMap
                model={loaded().main}
                paint={paint()}
                size={textSize()}
                padding={padding()}
                label={`${t('map.label')}: ${definition(props.choice)}`}
              />
              <Show when={loaded().inset}>
                {(inset) => (
                  <figure class="map-inset">
                    <SvgMap
                      model={inset()}
                      paint={vicinityOnly(paint())}
                      width={textSize() * 8}
                      height={textSize() * 8.4}
                      size={0}
                      padding={{ top: 4, right: 4, bottom: 4, left: 4 }}
                    />
                    <figcaption>{t('map.vicinity')}</figcaption>
                  </figure>
                )}
              </Show>
            </>
          )}
        </Show>
        <Legend today={props.today} choice={props.choice} scale={scale()} />
      </div>
    </section>
  )
}

function vicinityOnly(paint: MapPaint): MapPaint {
  return new Map([...paint].filter(([code]) => VICINITY.has(code)))
}

/** Colour, size and name of every part under the present choice. */
function usePaint(props: MapPanelProps, scale: () => Scale, textSize: () => number): () => MapPaint {
  const subject = useSubject()
  const { language, format } = useLanguage()
  const text = (part: Part, value: number) => {
    const number = scale().unit === 'share' ? format().percent(value) : format().number(Math.round(value))
    return `${placeName(part, language())}\n${number}`
  }
  return createMemo(() => {
    const read = subject.parts
      .map((part) => ({ part, value: readIndicator(subject.cells, props.choice, part, props.today).value }))
      .sort((a, b) => (b.value ?? -1) - (a.value ?? -1))
    const paint = new Map<string, PartPaint>()
    read.forEach(({ part, value }, rank) => {
      const at = classOf(scale(), value ?? 0)
      const tone = toneOfClass(scale(), at)
      const named = value !== null && value > 0 && (tone !== 'normal' || rank < LABELS_NORMAL)
      paint.set(part.code, {
        colour: colourOf(tone, at),
        alarm: tone === 'alarm',
        radius: ((RADIUS_U[at] ?? 0) * textSize()) / 2.1,
        label: named ? text(part, value) : '',
        rank,
      })
    })
    return paint
  })
}

/** Keys 1 to 4 on a wall; the levels of beds beside the second. */
export function IndicatorSwitch(props: { choice: Choice; choose(choice: Choice): void }): JSX.Element {
  const t = useWords(panelWords)
  return (
    <div class="indicator-switch">
      <fieldset>
        <legend class="visually-hidden">{t('indicator.label')}</legend>
        <For each={INDICATORS}>
          {(indicator, i) => (
            <button
              type="button"
              aria-pressed={props.choice.indicator === indicator}
              onClick={() => props.choose({ ...props.choice, indicator })}
            >
              <span class="indicator-key" aria-hidden="true">
                {i() + 1}
              </span>{' '}
              {t(`indicator.${indicator}`)}
            </button>
          )}
        </For>
      </fieldset>
      <Show when={props.choice.indicator === 'occupancy'}>
        <fieldset class="indicator-levels">
          <legend class="visually-hidden">{t('legend.level')}</legend>
          <span aria-hidden="true">{t('legend.level')}</span>
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
      </Show>
    </div>
  )
}
