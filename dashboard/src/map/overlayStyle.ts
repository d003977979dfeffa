import type { FeatureCollection, Point } from 'geojson'
import type { LayerSpecification, SourceSpecification } from 'maplibre-gl'
import { MAP_COLOURS } from './colours.ts'
import { MARK_OPACITY, type MapMark, type MapRing, markHalf } from './marks.ts'
import type { MapModel, MapPaint } from './model.ts'

export const SITES = 'sites'
export const RINGS = 'rings'
export const KEEP_OFF = 'keep-off'
/** The image of several kinds together, and the invisible one that keeps labels off an alarm. */
export const CLUSTER_IMAGE = 'mark-several'
export const NOTHING_IMAGE = 'mark-nothing'
/** px */
export const NOTHING_SIDE = 8

const NONE: FeatureCollection<Point> = { type: 'FeatureCollection', features: [] }
/** Closer than this nothing is gathered: streets. */
const CLUSTER_ZOOM_MAX = 13

export function overlaySources(size: number): Readonly<Record<string, SourceSpecification>> {
  return {
    [SITES]: {
      type: 'geojson',
      data: NONE,
      cluster: true,
      clusterRadius: Math.round(markHalf(size) * 3),
      clusterMaxZoom: CLUSTER_ZOOM_MAX,
      // The kinds of a cluster: one when the lowest is the highest.
      clusterProperties: { low: ['min', ['get', 'kind']], high: ['max', ['get', 'kind']] },
    },
    [RINGS]: { type: 'geojson', data: NONE },
    [KEEP_OFF]: { type: 'geojson', data: NONE },
  }
}

const imageOf = (kind: string): ['concat', string, ['to-string', ['get', string]]] => [
  'concat',
  'mark-',
  ['to-string', ['get', kind]],
]

/** From below: rings, marks with their labels, and above them what keeps those off an alarm. Names of areas come on top. */
export function overlayLayers(font: string, size: number): readonly LayerSpecification[] {
  const text = {
    'text-color': MAP_COLOURS.label,
    'text-halo-color': MAP_COLOURS.halo,
    'text-halo-width': size / 11,
  } as const
  return [
    {
      id: 'rings',
      type: 'circle',
      source: RINGS,
      paint: {
        'circle-radius': ['get', 'radius'],
        'circle-color': 'rgba(0, 0, 0, 0)',
        'circle-stroke-color': MAP_COLOURS.alarmLine,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'ring-labels',
      type: 'symbol',
      source: RINGS,
      layout: { 'text-field': ['get', 'label'], 'text-font': [font], 'text-size': size },
      paint: text,
    },
    {
      id: 'marks',
      type: 'symbol',
      source: SITES,
      filter: ['!', ['has', 'point_count']],
      layout: {
        'icon-image': imageOf('kind'),
        'icon-allow-overlap': true,
        'text-field': ['get', 'label'],
        'text-font': [font],
        'text-size': size,
        'text-line-height': 1.25,
        'text-max-width': 14,
        'text-optional': true,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 0.9,
        'text-justify': 'auto',
      },
      paint: { ...text, 'icon-opacity': ['get', 'opacity'], 'text-opacity': ['get', 'opacity'] },
    },
    {
      id: 'clusters',
      type: 'symbol',
      source: SITES,
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': ['case', ['==', ['get', 'low'], ['get', 'high']], imageOf('low'), CLUSTER_IMAGE],
        'icon-allow-overlap': true,
        'text-field': ['to-string', ['get', 'point_count']],
        'text-font': [font],
        'text-size': size,
        'text-anchor': 'left',
        'text-offset': [0.8, 0],
        'text-allow-overlap': true,
      },
      paint: text,
    },
    {
      id: KEEP_OFF,
      type: 'symbol',
      source: KEEP_OFF,
      layout: {
        'icon-image': NOTHING_IMAGE,
        'icon-allow-overlap': true,
        'icon-size': ['/', ['get', 'side'], NOTHING_SIDE],
      },
    },
  ]
}

function points<T extends { readonly lat: number; readonly lon: number }>(
  from: readonly T[],
  properties: (one: T) => Readonly<Record<string, string | number>>,
): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: from.map((one) => ({
      type: 'Feature',
      properties: properties(one),
      geometry: { type: 'Point', coordinates: [one.lon, one.lat] },
    })),
  }
}

/** @param kindOf the number of the image of a mark */
export function markFeatures(marks: readonly MapMark[], kindOf: (mark: MapMark) => number): FeatureCollection<Point> {
  return points(marks, (mark) => ({ kind: kindOf(mark), label: mark.label, opacity: MARK_OPACITY[mark.age] }))
}

export function ringFeatures(rings: readonly MapRing[]): FeatureCollection<Point> {
  return points(rings, ({ radius, label }) => ({ radius, label }))
}

/** The parts in alarm, as squares that no label of a mark may touch. @param size px of the labels */
export function alarmFeatures(model: MapModel, paint: MapPaint, size: number): FeatureCollection<Point> {
  const alarmed = model.parts.filter(({ code }) => paint.get(code)?.alarm)
  return points(alarmed, ({ code }) => ({
    side: model.kind === 'points' ? 2 * (paint.get(code)?.radius ?? 0) : size,
  }))
}
