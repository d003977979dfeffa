import { createEffect, createSignal, type JSX, Match, onCleanup, onMount, Switch } from 'solid-js'
import { onPaper } from '../ui/theme.ts'
import { driveMap, type MapEngine } from './engine.ts'
import type { Box } from './labels.ts'
import type { MapOverlay } from './marks.ts'
import type { MapModel, MapPadding, MapPaint } from './model.ts'
import { SvgMap } from './SvgMap.tsx'
import './SituationMap.css'
import { wantsWebGl } from './webgl.ts'

type SituationMapProps = {
  model: MapModel
  /** the agency's own, or `null` */
  mapboxToken: string | null
  paint: MapPaint
  /** px of the labels */
  size: number
  padding: MapPadding
  overlay: MapOverlay
  /** px of the map that are covered by other things */
  covers: readonly Box[]
  /** says the map in words */
  label: string
}

/** em of the map on a sheet, whose legend stands below it; as SVG, because WebGL keeps no picture to print. */
const PAPER = { width: 46, height: 44, padding: 2 }

type Drawing =
  | { readonly by: 'engine'; readonly engine: MapEngine }
  | { readonly by: 'svg' }
  | { readonly by: 'nothing' }

type Opening = { readonly container: HTMLElement; readonly model: MapModel; readonly size: number }

const evenly = (room: number): MapPadding => ({ top: room, right: room, bottom: room, left: room })

async function openMapboxEngine(at: Opening, token: string, lost: (why: string) => void): Promise<MapEngine> {
  const { openMapbox } = await import('./mapbox.ts')
  return driveMap('mapbox', await openMapbox(token, lost)(at.container, at.model, at.size), at.model)
}

async function openMaplibreEngine(at: Opening): Promise<MapEngine> {
  const { openMaplibre } = await import('./maplibre.ts')
  return driveMap('maplibre', await openMaplibre(at.container, at.model, at.size), at.model)
}

/** The agency's Mapbox where a token is configured and works, else maplibre, else SVG: a wall is never without its map. */
export default function SituationMap(props: SituationMapProps): JSX.Element {
  const [drawing, setDrawing] = createSignal<Drawing>({ by: 'nothing' })
  const [box, setBox] = createSignal({ width: 1, height: 1 })
  let container!: HTMLDivElement
  let place!: HTMLDivElement
  let gone = false

  const engine = () => {
    const current = drawing()
    return current.by === 'engine' ? current.engine : undefined
  }

  /** What comes next when one way of drawing fails. */
  const fall = (from: 'mapbox' | 'maplibre', why: unknown) => {
    if (gone) return
    console.warn(`The map is drawn without ${from}.`, why)
    engine()?.remove()
    container.replaceChildren()
    setDrawing({ by: from === 'mapbox' ? 'nothing' : 'svg' })
    if (from === 'mapbox') begin(null)
  }
  const begin = (token: string | null) => {
    const at = { container, model: props.model, size: props.size }
    const name = token === null ? 'maplibre' : 'mapbox'
    // Not within the engine's own event: it would go on with a map that is no more.
    const lost = (why: string) => setTimeout(fall, 0, 'mapbox', why)
    const opening = token === null ? openMaplibreEngine(at) : openMapboxEngine(at, token, lost)
    opening.then(
      (opened) => {
        if (gone) opened.remove()
        else setDrawing({ by: 'engine', engine: opened })
      },
      (error: unknown) => fall(name, error),
    )
  }

  onMount(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(place)
    onCleanup(() => observer.disconnect())
    if (wantsWebGl(location.search)) begin(props.mapboxToken)
    else setDrawing({ by: 'svg' })
  })
  onCleanup(() => {
    gone = true
    engine()?.remove()
  })
  createEffect(() => {
    box()
    engine()?.fit(props.size, props.padding)
  })
  createEffect(() => engine()?.paint(props.paint))
  createEffect(() => engine()?.lay(props.overlay))

  return (
    <div
      class="situation-map"
      role="img"
      aria-label={props.label}
      ref={place}
      data-drawn-by={engine()?.name ?? drawing().by}
      data-on-paper={onPaper() ? '' : undefined}
    >
      <div class="situation-map-canvas" ref={container} />
      <Switch>
        <Match when={onPaper()}>
          <SvgMap
            {...props}
            covers={[]}
            width={PAPER.width * props.size}
            height={PAPER.height * props.size}
            padding={evenly(PAPER.padding * props.size)}
          />
        </Match>
        <Match when={drawing().by === 'svg'}>
          <SvgMap {...props} width={box().width} height={box().height} />
        </Match>
      </Switch>
    </div>
  )
}
