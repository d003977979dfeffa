import type { GeoJSONSource, Map as GlMap } from 'maplibre-gl'
import { sinceOpened } from '../clock.ts'
import { drawMark } from './markImage.ts'
import { type MapMark, type MapOverlay, markHalf } from './marks.ts'
import type { MapModel, MapPadding, MapPaint, PartPaint } from './model.ts'
import {
  alarmFeatures,
  CLUSTER_IMAGE,
  KEEP_OFF,
  markFeatures,
  NOTHING_IMAGE,
  NOTHING_SIDE,
  RINGS,
  ringFeatures,
  SITES,
} from './overlayStyle.ts'
import { LABELS, labelFeatures, valueSource } from './style.ts'

/** A map of either engine, ready to be painted. */
export type MapEngine = {
  readonly name: 'maplibre' | 'mapbox'
  paint(next: MapPaint): void
  /** places and rings over it */
  lay(next: MapOverlay): void
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

/** Device pixels per px that marks are drawn in: sharp on every screen. */
const IMAGE_RATIO = 2

/** Marks are images, drawn once for each shape and letter. `size`: px of the text they were drawn beside. */
function createImages(map: GlMap, size: number) {
  const kinds = new Map<string, number>()
  const half = markHalf(size)
  map.addImage(CLUSTER_IMAGE, drawMark('circle', '', half * 0.8, IMAGE_RATIO), { pixelRatio: IMAGE_RATIO })
  map.addImage(NOTHING_IMAGE, {
    width: NOTHING_SIDE,
    height: NOTHING_SIDE,
    data: new Uint8Array(4 * NOTHING_SIDE ** 2),
  })
  const kindOf = ({ shape, letter }: MapMark): number => {
    const key = `${shape} ${letter}`
    const known = kinds.get(key)
    if (known !== undefined) return known
    const kind = kinds.size
    kinds.set(key, kind)
    map.addImage(`mark-${kind}`, drawMark(shape, letter, half, IMAGE_RATIO), { pixelRatio: IMAGE_RATIO })
    return kind
  }
  return { size, kindOf }
}

/** Drives a loaded map: sets only what has changed. */
export function driveMap(name: MapEngine['name'], map: GlMap, model: MapModel): MapEngine {
  const source = valueSource(model)
  let shown: MapPaint = new Map()
  let relabelling: ReturnType<typeof setTimeout> | undefined
  let relabelledAt = Number.NEGATIVE_INFINITY
  const textSize = () => Number(map.getLayoutProperty('labels', 'text-size'))
  const images = createImages(map, textSize())
  let alarmed = ''
  const keepOff = () => {
    const now = [...shown].flatMap(([code, look]) => (look.alarm ? [`${code} ${look.radius}`] : [])).join()
    if (now === alarmed) return
    alarmed = now
    map.getSource<GeoJSONSource>(KEEP_OFF)?.setData(alarmFeatures(model, shown, textSize()))
  }
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
      keepOff()
      if (!named) relabelSoon()
    },
    lay: ({ marks, rings }) => {
      map.getSource<GeoJSONSource>(SITES)?.setData(markFeatures(marks, images.kindOf))
      map.getSource<GeoJSONSource>(RINGS)?.setData(ringFeatures(rings))
    },
    fit: (size, padding) => {
      map.resize()
      map.setLayoutProperty('labels', 'text-size', size)
      map.setPaintProperty('labels', 'text-halo-width', size / 11)
      for (const layer of ['marks', 'clusters', 'ring-labels']) map.setLayoutProperty(layer, 'text-size', size)
      for (const layer of ['marks', 'clusters']) map.setLayoutProperty(layer, 'icon-size', size / images.size)
      const [west, south, east, north] = model.bounds
      map.fitBounds([west, south, east, north], { padding: { ...padding }, animate: false })
    },
    remove: () => {
      clearTimeout(relabelling)
      map.remove()
    },
  }
}
