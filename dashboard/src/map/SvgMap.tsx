import { createMemo, For, type JSX, Show } from 'solid-js'
import { clusterMarks } from './clusters.ts'
import { MAP_COLOURS } from './colours.ts'
import { type Box, type LabelBox, placeLabels } from './labels.ts'
import { type MapOverlay, markHalf, NO_OVERLAY } from './marks.ts'
import { fitProjection } from './mercator.ts'
import type { MapModel, MapPadding, MapPaint } from './model.ts'
import { SvgLabels } from './SvgLabels.tsx'
import { ringsOf } from './shapes.ts'
import './SvgMap.css'
import { SvgOverlay } from './SvgOverlay.tsx'

type SvgMapProps = {
  model: MapModel
  paint: MapPaint
  width: number
  height: number
  /** px of the labels; 0 for none */
  size: number
  padding: MapPadding
  /** places and rings over the map */
  overlay?: MapOverlay
  /** what lies over the map, px */
  covers?: readonly Box[]
}

/** Cells of the grid in which marks are gathered, in halves of a mark. */
const CELL_HALVES = 3.4

/** Ten frames a second bring new paint and seldom other words; the DOM is left alone unless they do. */
function sameLabels(a: readonly LabelBox[], b: readonly LabelBox[]): boolean {
  return a.length === b.length && a.every((label, i) => sameLabel(label, b[i]!))
}

function sameLabel(a: LabelBox, b: LabelBox): boolean {
  return a.x === b.x && a.y === b.y && a.lines.join('\n') === b.lines.join('\n')
}

/** The map without WebGL: same shapes, same colours, same labels. Also the inset of the large one. */
export function SvgMap(props: SvgMapProps): JSX.Element {
  const project = createMemo(() => fitProjection(props.model.bounds, props.width, props.height, props.padding))
  const paths = createMemo(() =>
    props.model.shapes.features.map((shape) => ({
      code: shape.properties.code,
      d: ringsOf(shape)
        .map(
          (ring) =>
            `M${ring
              .map(([lon = 0, lat = 0]) =>
                project()(lon, lat)
                  .map((n) => n.toFixed(1))
                  .join(' '),
              )
              .join('L')}Z`,
        )
        .join(''),
    })),
  )
  const isPoints = () => props.model.kind === 'points'
  const fill = (code: string) => {
    if (isPoints()) return code === props.model.focus ? MAP_COLOURS.focus : MAP_COLOURS.context
    return props.paint.get(code)?.colour ?? MAP_COLOURS.context
  }
  const alarms = createMemo(() => (isPoints() ? [] : paths().filter((path) => props.paint.get(path.code)?.alarm)), [], {
    equals: (a, b) => a.length === b.length && a.every((path, i) => path === b[i]),
  })
  const half = () => markHalf(props.size)
  const clusters = createMemo(() =>
    props.size > 0 ? clusterMarks(props.overlay?.marks ?? [], project(), half() * CELL_HALVES) : [],
  )
  const marks = createMemo(() => clusters().map(({ x, y }) => ({ x, y, halfWidth: half(), halfHeight: half() })))
  const labels = createMemo(
    () =>
      props.size > 0
        ? placeLabels(props.model.parts, props.paint, project(), props.size, props, isPoints(), marks(), props.covers)
        : [],
    [],
    { equals: sameLabels },
  )
  return (
    <svg class="svg-map" viewBox={`0 0 ${props.width} ${props.height}`} aria-hidden="true">
      <For each={paths()}>
        {(path) => {
          const colour = createMemo(() => fill(path.code))
          const isFocus = path.code === props.model.focus
          return <path d={path.d} fill={colour()} class="svg-map-area" classList={{ 'svg-map-focus': isFocus }} />
        }}
      </For>
      <For each={alarms()}>{(path) => <path d={path.d} class="svg-map-alarm" />}</For>
      <Show when={isPoints()}>
        <For each={props.model.parts}>
          {(part) => {
            const at = () => project()(part.lon, part.lat)
            const look = () => props.paint.get(part.code)
            return (
              <circle
                cx={at()[0]}
                cy={at()[1]}
                r={look()?.radius ?? 0}
                fill={look()?.colour ?? MAP_COLOURS.context}
                class="svg-map-circle"
                classList={{ 'svg-map-circle-alarm': look()?.alarm ?? false }}
              />
            )
          }}
        </For>
      </Show>
      <SvgOverlay
        rings={(props.overlay ?? NO_OVERLAY).rings}
        clusters={clusters()}
        model={props.model}
        paint={props.paint}
        project={project()}
        size={props.size}
        frame={props}
        names={labels()}
      />
      <SvgLabels labels={labels()} size={props.size} class="svg-map-label" />
    </svg>
  )
}
