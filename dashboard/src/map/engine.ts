import type { GeoJSONSource, Map as GlMap } from 'maplibre-gl'
import type { MapModel, MapPadding, MapPaint, PartPaint } from './model.ts'
import { LABELS, labelFeatures, valueSource } from './style.ts'

/** A map of either engine, ready to be painted. */
export type MapEngine = {
  readonly name: 'maplibre' | 'mapbox'
  paint(next: MapPaint): void
  /** text in px; the room around the shapes in px */
  fit(size: number, padding: MapPadding): void
  remove(): void
}

/** What differs between the engines: how a map is made. Both have the methods used below. */
export type OpenMap = (container: HTMLElement, model: MapModel, size: number) => Promise<GlMap>

function sameLook(a: PartPaint | undefined, b: PartPaint): boolean {
  return a !== undefined && a.colour === b.colour && a.alarm === b.alarm && a.radius === b.radius
}

function sameLabel(a: PartPaint | undefined, b: PartPaint): boolean {
  return a !== undefined && a.label === b.label && a.rank === b.rank
}

/** Drives a loaded map: sets only what has changed; labels are one re-layout, so only when a text has. */
export function driveMap(name: MapEngine['name'], map: GlMap, model: MapModel): MapEngine {
  const source = valueSource(model)
  let shown: MapPaint = new Map()
  return {
    name,
    paint: (next) => {
      let relabel = next.size !== shown.size
      for (const [code, look] of next) {
        const before = shown.get(code)
        if (!sameLook(before, look)) {
          map.setFeatureState({ source, id: code }, { colour: look.colour, alarm: look.alarm, radius: look.radius })
        }
        relabel ||= !sameLabel(before, look)
      }
      shown = next
      if (relabel) map.getSource<GeoJSONSource>(LABELS)?.setData(labelFeatures(model, next))
    },
    fit: (size, padding) => {
      map.resize()
      map.setLayoutProperty('labels', 'text-size', size)
      map.setPaintProperty('labels', 'text-halo-width', size / 11)
      const [west, south, east, north] = model.bounds
      map.fitBounds([west, south, east, north], { padding: { ...padding }, animate: false })
    },
    remove: () => map.remove(),
  }
}
