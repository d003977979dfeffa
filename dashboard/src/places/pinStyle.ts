import type { FeatureCollection, Point as GeoPoint } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import type { Area } from '../api/areas.ts'
import type { ProvinceShapes } from '../map/model.ts'

export const NAMES = 'names'
/** Labels of 3 scales: which show depends on how near one looks. */
const ZOOM_OF = { province: [4, 8], district: [7.5, 11], subdistrict: [9.5, 22] } as const
type Level = keyof typeof ZOOM_OF

/** Names as points; in Thai for readers of Thai, else in Latin letters over the Thai of the signs. */
export function nameFeatures(areas: readonly Area[], language: Language): FeatureCollection<GeoPoint> {
  return {
    type: 'FeatureCollection',
    features: areas.flatMap((area) => {
      if (area.lat === null || area.lon === null || area.level === 'unspecified') return []
      return [
        {
          type: 'Feature' as const,
          properties: {
            level: area.level,
            label: language === 'th' ? area.nameTh : `${area.nameEn}\n${area.nameTh}`,
          },
          geometry: { type: 'Point' as const, coordinates: [area.lon, area.lat] },
        },
      ]
    }),
  }
}

function nameLayer(level: Level, font: string): StyleSpecification['layers'][number] {
  const [minzoom, maxzoom] = ZOOM_OF[level]
  return {
    id: `names-${level}`,
    type: 'symbol',
    source: NAMES,
    minzoom,
    maxzoom,
    filter: ['==', ['get', 'level'], level],
    layout: {
      'text-field': ['get', 'label'],
      'text-font': [font],
      'text-size': level === 'province' ? 15 : 14,
      'text-line-height': 1.35,
      'text-max-width': 9,
    },
    paint: {
      'text-color': level === 'subdistrict' ? '#2b3a47' : '#16181b',
      'text-halo-color': '#fff',
      'text-halo-width': 1.6,
    },
  }
}

/** Provinces and the names of what is near: no roads, since no map tiles are at hand without the internet. */
export function pinStyle(shapes: ProvinceShapes, font: string): StyleSpecification {
  return {
    version: 8,
    sources: {
      provinces: { type: 'geojson', data: shapes },
      [NAMES]: { type: 'geojson', data: nameFeatures([], 'en') },
    },
    layers: [
      { id: 'background', type: 'background', paint: { 'background-color': '#dfe6ec' } },
      { id: 'land', type: 'fill', source: 'provinces', paint: { 'fill-color': '#fbfaf6' } },
      { id: 'border', type: 'line', source: 'provinces', paint: { 'line-color': '#a3adb6', 'line-width': 1.2 } },
      nameLayer('subdistrict', font),
      nameLayer('district', font),
      nameLayer('province', font),
    ],
  }
}
