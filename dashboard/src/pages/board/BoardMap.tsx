import {
  createDeferred,
  createMemo,
  createResource,
  createSignal,
  For,
  type JSX,
  onCleanup,
  onMount,
  Show,
} from 'solid-js'
import type { Area } from '../../api/areas.ts'
import { fetchProvinceShapes } from '../../api/areas.ts'
import { keepTrying } from '../../api/keepTrying.ts'
import type { BoardCase } from '../../cases/board.ts'
import { type AreaCount, countAreas, sameCounts } from '../../cases/boardAreas.ts'
import { commonWords } from '../../i18n/common.ts'
import { useLanguage, useWords } from '../../i18n/language.tsx'
import { fitProjection } from '../../map/mercator.ts'
import type { MapPart } from '../../map/model.ts'
import { pointModel } from '../../map/pointModel.ts'
import { SvgMap } from '../../map/SvgMap.tsx'
import { decodeShapes } from '../../map/shapes.ts'
import { areasBelow } from '../../places/areas.ts'
import { placeName } from '../../places/placeName.ts'
import { createLayers } from '../../sites/createLayers.ts'
import { createOverlay } from '../../sites/createOverlay.ts'
import { createAskedSites } from '../../sites/createSites.ts'
import { LayerSwitch } from '../../sites/LayerSwitch.tsx'
import { LAYERS } from '../../sites/layers.ts'
import { SeverityMark } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import './BoardMap.css'
import { bubblePaint, pressedBubble, touchRadius } from './bubbles.ts'
import { boardWords } from './words.ts'

type BoardMapProps = {
  /** what the other filters leave */
  cases: readonly BoardCase[]
  /** the largest area the account's map shows: its province or its only district */
  root: string
  area: string | null
  choose(area: string | null): void
}

/** Who waits is what the map shows anyway. */
const PLACES = LAYERS.filter((layer) => layer !== 'waiting')

/** A busy page shows a change on the map this much later than in the list, at most. */
const BEHIND_LIST_MS = 250
/** px */
const LABEL_SIZE = 13
const PADDING = { top: 40, right: 64, bottom: 48, left: 64 }

const hasPoint = (area: Area): area is Area & MapPart => area.lat !== null && area.lon !== null

/**
 * Where the open cases are, by district and within one by sub-district: boards carry no place more exact than that.
 * A press filters the list.
 */
export function BoardMap(props: BoardMapProps): JSX.Element {
  const t = useWords(boardWords)
  const { language, format } = useLanguage()
  const within = createMemo(() => (props.area === null ? props.root : props.area.slice(0, 4)))
  const [shapes] = createResource(async () => decodeShapes(await keepTrying(fetchProvinceShapes)))
  const [areas] = createResource(within, async (code) => ({
    within: code,
    parts: (await keepTrying(() => areasBelow(code))).filter(hasPoint),
  }))
  // The list first: it is what people act on, and a map takes longer to draw.
  const cases = createDeferred(() => props.cases, { timeoutMs: BEHIND_LIST_MS })
  const counts = createMemo(() => countAreas(cases(), within()), undefined, { equals: sameCounts })
  const model = createMemo(() => {
    const known = areas.latest
    const drawn = shapes()
    return known && drawn && known.within === within() ? pointModel(drawn, known.within, known.parts) : undefined
  })
  const layers = createLayers()
  const sites = createAskedSites(
    () => props.root.slice(0, 2),
    () => layers.shown().size > 0,
  )
  const over = createOverlay(
    () => sites().sites,
    layers.shown,
    undefined,
    () => LABEL_SIZE,
  )
  const [box, setBox] = createSignal({ width: 0, height: 0 })
  let place!: HTMLDivElement
  onMount(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(place)
    onCleanup(() => observer.disconnect())
  })
  const names = createMemo(() => new Map(areas.latest?.parts.map((part) => [part.code, placeName(part, language())])))
  const nameOf = (code: string) => names().get(code) ?? code
  const letters = useLetters()
  const paint = createMemo(() =>
    bubblePaint(counts().areas, props.area, (area) => `${nameOf(area.code)}\n${letters(area)}`),
  )
  return (
    <section class="board-map" aria-label={t('map.label')}>
      <div class="board-map-head">
        <Show when={props.area !== null} fallback={<p>{t('map.hint')}</p>}>
          <Button onClick={() => props.choose(up(props.area, props.root))}>{t('map.back')}</Button>
        </Show>
        <Show when={counts().unplaced > 0}>
          <p>{t('map.unplaced', format().number(counts().unplaced))}</p>
        </Show>
      </div>
      <LayerSwitch layers={layers} sites={over.sites()} failed={sites().failed} only={PLACES} />
      <div class="board-map-place" ref={place}>
        <Show when={model()} fallback={<Skeleton height="100%" />}>
          {(drawn) => (
            <Show when={box().width > 0}>
              <SvgMap
                model={drawn()}
                paint={paint()}
                width={box().width}
                height={box().height}
                size={LABEL_SIZE}
                padding={PADDING}
                overlay={over.overlay()}
              />
              <Bubbles
                place={place}
                counts={counts().areas}
                parts={drawn().parts}
                at={fitProjection(drawn().bounds, box().width, box().height, PADDING)}
                radius={(code) => paint().get(code)?.radius ?? 0}
                chosen={props.area}
                choose={(code) => props.choose(code === props.area ? up(code, props.root) : code)}
                say={(area) => t('map.bubble', nameOf(area.code), letters(area))}
              />
            </Show>
          )}
        </Show>
        <Show when={model() && counts().areas.length === 0}>
          <p class="board-map-none">{t('map.none')}</p>
        </Show>
      </div>
      <Legend />
    </section>
  )
}

/** Out of a sub-district into its district, out of that into the province. */
function up(area: string | null, root: string): string | null {
  const above = area === null ? null : area.slice(0, -2)
  return above === null || above.length <= root.length ? null : above
}

/** `24 · R 3 · Y 5`: how many, and how many of them are bad. */
function useLetters(): (area: AreaCount) => string {
  const common = useWords(commonWords)
  const { format } = useLanguage()
  return ({ total, bySeverity }) =>
    [
      format().number(total),
      ...(['red', 'yellow'] as const)
        .filter((severity) => bySeverity[severity] > 0)
        .map((severity) => `${common(`severityLetter.${severity}`)} ${format().number(bySeverity[severity])}`),
    ].join(' · ')
}

type BubblesProps = {
  /** what takes the presses */
  place: HTMLElement
  counts: readonly AreaCount[]
  parts: readonly MapPart[]
  at: (lon: number, lat: number) => readonly [number, number]
  radius: (code: string) => number
  chosen: string | null
  choose(code: string): void
  say(area: AreaCount): string
}

/** Buttons over the drawn circles, the most urgent first in the order of the keyboard; the map itself takes presses. */
function Bubbles(props: BubblesProps): JSX.Element {
  const byCode = createMemo(() => new Map(props.counts.map((area) => [area.code, area])))
  const points = createMemo(() => new Map(props.parts.map((part) => [part.code, part])))
  const codes = createMemo(() => props.counts.map(({ code }) => code).filter((code) => points().has(code)))
  const at = (code: string): readonly [number, number] => {
    const point = points().get(code)
    return point ? props.at(point.lon, point.lat) : [0, 0]
  }
  onMount(() => {
    const press = (event: MouseEvent) => {
      // A button has been pressed by its key: a pointer goes through to the map.
      if (event.target instanceof HTMLButtonElement) return
      const { left, top } = props.place.getBoundingClientRect()
      const placed = codes().map((code) => ({ code, x: at(code)[0], y: at(code)[1], radius: props.radius(code) }))
      const code = pressedBubble(placed, event.clientX - left, event.clientY - top)
      if (code !== undefined) props.choose(code)
    }
    props.place.addEventListener('click', press)
    onCleanup(() => props.place.removeEventListener('click', press))
  })
  return (
    <For each={codes()}>
      {(code) => {
        const name = () => {
          const area = byCode().get(code)
          return area ? props.say(area) : code
        }
        return (
          <button
            type="button"
            class="board-bubble"
            data-area={code}
            aria-pressed={props.chosen === code}
            aria-label={name()}
            title={name()}
            style={{
              left: `${at(code)[0]}px`,
              top: `${at(code)[1]}px`,
              width: `${2 * touchRadius(props.radius(code))}px`,
            }}
            onClick={() => props.choose(code)}
          />
        )
      }}
    </For>
  )
}

function Legend(): JSX.Element {
  const t = useWords(boardWords)
  return (
    <p class="board-map-legend">
      <SeverityMark severity="red" /> <SeverityMark severity="yellow" /> {t('map.legend')}
    </p>
  )
}
