import { createEffect, createSignal, type JSX, Match, onCleanup, onMount, Switch } from 'solid-js'
import { driveMap, type MapEngine } from './engine.ts'
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
  /** says the map in words */
  label: string
}

type Drawing =
  | { readonly by: 'engine'; readonly engine: MapEngine }
  | { readonly by: 'svg' }
  | { readonly by: 'nothing' }

/** The agency's Mapbox where a token is configured and works, else maplibre. @throws Error when neither can draw. */
async function openEngine(container: HTMLElement, props: SituationMapProps): Promise<MapEngine> {
  const { model, size, mapboxToken } = props
  if (mapboxToken) {
    try {
      const { openMapbox } = await import('./mapbox.ts')
      return driveMap('mapbox', await openMapbox(mapboxToken)(container, model, size), model)
    } catch (error) {
      console.warn('The map falls back to maplibre-gl.', error)
      container.replaceChildren()
    }
  }
  const { openMaplibre } = await import('./maplibre.ts')
  return driveMap('maplibre', await openMaplibre(container, model, size), model)
}

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

  onMount(() => {
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setBox({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(place)
    onCleanup(() => observer.disconnect())
    if (!wantsWebGl(location.search)) {
      setDrawing({ by: 'svg' })
      return
    }
    openEngine(container, props).then(
      (opened) => {
        if (gone) opened.remove()
        else setDrawing({ by: 'engine', engine: opened })
      },
      (error: unknown) => {
        console.warn('The map is drawn without WebGL.', error)
        container.replaceChildren()
        setDrawing({ by: 'svg' })
      },
    )
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

  return (
    <div
      class="situation-map"
      role="img"
      aria-label={props.label}
      ref={place}
      data-drawn-by={engine()?.name ?? drawing().by}
    >
      <div class="situation-map-canvas" ref={container} />
      <Switch>
        <Match when={drawing().by === 'svg'}>
          <SvgMap {...props} width={box().width} height={box().height} />
        </Match>
      </Switch>
    </div>
  )
}
