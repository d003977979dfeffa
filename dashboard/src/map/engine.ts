import type { GeoJSONSource, Map as GlMap } from 'maplibre-gl'
import { sinceOpened } from '../clock.ts'
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

/** A change of any text lays out all labels anew, in a worker: not ten times a second. */
const RELABEL_EVERY_MS = 2_000

/** Drives a loaded map: sets only what has changed. */
export function driveMap(name: MapEngine['name'], map: GlMap, model: MapModel): MapEngine {
  const source = valueSource(model)
  let shown: MapPaint = new Map()
  let relabelling: ReturnType<typeof setTimeout> | undefined
  let relabelledAt = Number.NEGATIVE_INFINITY
  const relabel = () => {
    relabelling = undefined
    relabelledAt = sinceOpened()
    map.getSource<GeoJSONSource>(LABELS)?.setData(labelFeatures(model, shown))
  }
  const relabelSoon = () => {
    relabelling ??= setTimeout(relabel, Math.max(0, relabelledAt + RELABEL_EVERY_MS - sinceOpened()))
  }
  return {
    name,
    paint: (next) => {
      let named = next.size === shown.size
      for (const [code, look] of next) {
        const before = shown.get(code)
        if (!sameLook(before, look)) {
          map.setFeatureState({ source, id: code }, { colour: look.colour, alarm: look.alarm, radius: look.radius })
        }
        named &&= sameLabel(before, look)
      }
      shown = next
      if (!named) relabelSoon()
    },
    fit: (size, padding) => {
      map.resize()
      map.setLayoutProperty('labels', 'text-size', size)
      map.setPaintProperty('labels', 'text-halo-width', size / 11)
      const [west, south, east, north] = model.bounds
      map.fitBounds([west, south, east, north], { padding: { ...padding }, animate: false })
    },
    remove: () => {
      clearTimeout(relabelling)
      map.remove()
    },
  }
}
