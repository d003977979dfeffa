import { createMemo, For, type JSX, Show } from 'solid-js'
import { commonMark, type MarkCluster } from './clusters.ts'
import { alarmBoxes, type Box, type LabelBox, placeMarkLabels } from './labels.ts'
import { LETTER_DOWN, MARK_OPACITY, type MapMark, type MapRing, markHalf, markPath } from './marks.ts'
import type { Projection } from './mercator.ts'
import type { MapModel, MapPadding, MapPaint } from './model.ts'
import { SvgLabels } from './SvgLabels.tsx'

type SvgOverlayProps = {
  rings: readonly MapRing[]
  clusters: readonly MarkCluster[]
  model: MapModel
  paint: MapPaint
  project: Projection
  /** px of the labels; 0 for none */
  size: number
  frame: { readonly width: number; readonly height: number; readonly padding: MapPadding }
  /** labels of areas: they come first */
  names: readonly LabelBox[]
}

const sameBoxes = (a: readonly Box[], b: readonly Box[]) =>
  a.length === b.length && a.every((box, i) => box.x === b[i]!.x && box.halfWidth === b[i]!.halfWidth)

/** Places and rings over the map that is drawn without an engine. */
export function SvgOverlay(props: SvgOverlayProps): JSX.Element {
  const half = () => markHalf(props.size)
  const alarms = createMemo(
    () => alarmBoxes(props.model.parts, props.paint, props.project, props.size, props.model.kind === 'points'),
    [],
    { equals: sameBoxes },
  )
  /** Legend and inset lie over the right and the foot. */
  const room = () => ({
    width: props.frame.width - props.frame.padding.right,
    height: props.frame.height - props.frame.padding.bottom,
  })
  const labels = createMemo(() => {
    const points = props.clusters.map(({ x, y, marks }) => ({
      code: marks[0]?.id ?? '',
      x,
      y,
      half: half(),
      label: marks.length === 1 ? (marks[0]?.label ?? '') : '',
    }))
    return placeMarkLabels(points, [...props.names, ...alarms()], props.size, room())
  })
  const rings = createMemo(() =>
    props.size > 0
      ? props.rings.map((ring) => {
          const [x, y] = props.project(ring.lon, ring.lat)
          return { ...ring, x, y }
        })
      : [],
  )
  return (
    <>
      <For each={rings()}>
        {(ring) => (
          <g class="svg-map-ring" data-ring={ring.code}>
            <circle cx={ring.x} cy={ring.y} r={ring.radius} />
            <Show when={ring.label}>
              <text class="svg-map-label" font-size={String(props.size)} x={ring.x} y={ring.y + props.size * 0.35}>
                {ring.label}
              </text>
            </Show>
          </g>
        )}
      </For>
      <For each={props.clusters}>{(cluster) => <Mark cluster={cluster} half={half()} size={props.size} />}</For>
      <SvgLabels labels={labels()} size={props.size} class="svg-map-label svg-map-site" />
    </>
  )
}

/** One place, or as many of one kind with their number, or a number alone for several kinds. */
function Mark(props: { cluster: MarkCluster; half: number; size: number }): JSX.Element {
  const mark = (): MapMark | undefined => commonMark(props.cluster)
  const count = () => props.cluster.marks.length
  const age = () => (count() === 1 ? (mark()?.age ?? 'fresh') : 'fresh')
  return (
    <g
      class="svg-map-mark"
      data-mark={mark()?.letter ?? ''}
      data-count={count()}
      data-age={age()}
      opacity={MARK_OPACITY[age()]}
      transform={`translate(${props.cluster.x.toFixed(1)} ${props.cluster.y.toFixed(1)})`}
    >
      <Show
        when={mark()}
        fallback={
          <>
            <path d={markPath('circle', props.half * (count() > 99 ? 1.35 : 1.05))} />
            <text font-size={String(props.size)} y={props.size * 0.35}>
              {count()}
            </text>
          </>
        }
      >
        {(one) => (
          <>
            <path d={markPath(one().shape, props.half)} />
            <text font-size={String(props.size)} y={props.size * 0.35 + LETTER_DOWN[one().shape] * props.half}>
              {one().letter}
            </text>
            <Show when={count() > 1}>
              <text class="svg-map-label" font-size={String(props.size)} x={props.half * 1.9} y={props.size * 0.35}>
                {count()}
              </text>
            </Show>
          </>
        )}
      </Show>
    </g>
  )
}
