import type { FeatureCollection, Point } from 'geojson'
import type { ExpressionSpecification, StyleSpecification } from 'maplibre-gl'
import { MAP_COLOURS } from './colours.ts'
import type { MapModel, MapPaint } from './model.ts'
import { overlayLayers, overlaySources } from './overlayStyle.ts'

export const PROVINCES = 'provinces'
export const POINTS = 'points'
export const LABELS = 'labels'

/** Where a label goes when it has no room beside its point. */
const CORNERS = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const

export type StyleFonts = {
  readonly font: string
  /** px */
  readonly size: number
  /** where an engine that cannot draw text by itself fetches it */
  readonly glyphs?: string
}

/** The source whose features carry the values. */
export function valueSource(model: MapModel): string {
  return model.kind === 'polygons' ? PROVINCES : POINTS
}

export function pointFeatures(model: MapModel): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: model.parts.map(({ code, lon, lat }) => ({
      type: 'Feature',
      properties: { code },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  }
}

/** Text cannot come from feature-state, so labels are data of their own. */
export function labelFeatures(model: MapModel, paint: MapPaint): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: model.parts.flatMap(({ code, lon, lat }) => {
      const look = paint.get(code)
      if (!look?.label) return []
      return [
        {
          type: 'Feature' as const,
          properties: { code, label: look.label, rank: look.rank, radius: look.radius },
          geometry: { type: 'Point' as const, coordinates: [lon, lat] },
        },
      ]
    }),
  }
}

/** One style for both engines, without anything remote: background, shapes, circles, places, labels. */
export function createStyle(model: MapModel, fonts: StyleFonts): StyleSpecification {
  const points = model.kind === 'points'
  const isFocus: ExpressionSpecification = ['==', ['get', 'code'], model.focus ?? '']
  return {
    version: 8,
    ...(fonts.glyphs === undefined ? {} : { glyphs: fonts.glyphs }),
    sources: {
      [PROVINCES]: { type: 'geojson', data: model.shapes, promoteId: 'code' },
      [POINTS]: { type: 'geojson', data: pointFeatures(model), promoteId: 'code' },
      [LABELS]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      ...overlaySources(fonts.size),
    },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': MAP_COLOURS.background } },
      {
        id: 'fill',
        type: 'fill',
        source: PROVINCES,
        paint: {
          'fill-color': points
            ? ['case', isFocus, MAP_COLOURS.focus, MAP_COLOURS.context]
            : ['to-color', ['coalesce', ['feature-state', 'colour'], MAP_COLOURS.context]],
        },
      },
      {
        id: 'border',
        type: 'line',
        source: PROVINCES,
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': points ? ['case', isFocus, MAP_COLOURS.outline, MAP_COLOURS.border] : MAP_COLOURS.border,
          'line-width': points ? ['case', isFocus, fonts.size / 9, 1] : Math.max(0.7, fonts.size / 26),
        },
      },
      {
        id: 'alarm',
        type: 'line',
        source: PROVINCES,
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': MAP_COLOURS.alarmLine,
          'line-width': ['case', ['boolean', ['feature-state', 'alarm'], false], Math.max(1.2, fonts.size / 11), 0],
        },
      },
      {
        id: 'circles',
        type: 'circle',
        source: POINTS,
        layout: { visibility: points ? 'visible' : 'none' },
        paint: {
          'circle-color': ['to-color', ['coalesce', ['feature-state', 'colour'], MAP_COLOURS.context]],
          'circle-radius': ['coalesce', ['feature-state', 'radius'], 0],
          'circle-opacity': 0.92,
          'circle-stroke-color': [
            'case',
            ['boolean', ['feature-state', 'alarm'], false],
            '#ffffff',
            MAP_COLOURS.border,
          ],
          'circle-stroke-width': ['case', ['boolean', ['feature-state', 'alarm'], false], 2.5, 1],
        },
      },
      ...overlayLayers(fonts.font, fonts.size),
      {
        id: 'labels',
        type: 'symbol',
        source: LABELS,
        layout: {
          'text-field': ['get', 'label'],
          'text-font': [fonts.font],
          'text-size': fonts.size,
          'text-line-height': 1.25,
          'text-max-width': 12,
          'text-padding': 1,
          'symbol-sort-key': ['get', 'rank'],
          'text-variable-anchor': points
            ? ['top', 'bottom', 'left', 'right', ...CORNERS]
            : ['center', 'left', 'right', 'top', 'bottom', ...CORNERS],
          // Half of two lines and a little: above or below a neighbour's label at the same height there is room.
          'text-radial-offset': points ? 0.9 : 1.35,
          'text-justify': 'auto',
        },
        paint: {
          'text-color': MAP_COLOURS.label,
          'text-halo-color': MAP_COLOURS.halo,
          'text-halo-width': fonts.size / 11,
        },
      },
    ],
  }
}
