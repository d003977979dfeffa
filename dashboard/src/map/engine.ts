import type { FeatureCollection } from 'geojson'
import type { GeoJSONSource, Map as GlMap } from 'maplibre-gl'
import { sinceOpened } from '../clock.ts'
import { drawMark } from './markImage.ts'
import { type MapMark, type MapOverlay, markHalf, NO_OVERLAY } from './marks.ts'
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
/** Marks are clustered anew as a whole, and rings placed: 1,500 places with each count of beds would take a core. */
const RELAY_EVERY_MS = 1_000

/** Runs `work` soon, and not more often than every `ms`. */
function atMostEvery(ms: number, work: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let ranAt = Number.NEGATIVE_INFINITY
  const run = () => {
    timer = undefined
    ranAt = sinceOpened()
    work()
  }
  return {
    soon: () => {
      timer ??= setTimeout(run, Math.max(0, ranAt + ms - sinceOpened()))
    },
    stop: () => clearTimeout(timer),
  }
}

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
  let laid = NO_OVERLAY
  const textSize = () => Number(map.getLayoutProperty('labels', 'text-size'))
  const images = createImages(map, textSize())
  let alarmed = ''
  const keepOff = () => {
    const now = [...shown].flatMap(([code, look]) => (look.alarm ? [`${code} ${look.radius}`] : [])).join()
    if (now === alarmed) return
    alarmed = now
    setData(KEEP_OFF, alarmFeatures(model, shown, textSize()))
  }
  const setData = (of: string, features: FeatureCollection) => map.getSource<GeoJSONSource>(of)?.setData(features)
  const labels = atMostEvery(RELABEL_EVERY_MS, () => setData(LABELS, labelFeatures(model, shown)))
  const marks = atMostEvery(RELAY_EVERY_MS, () => setData(SITES, markFeatures(laid.marks, images.kindOf)))
  const rings = atMostEvery(RELAY_EVERY_MS, () => setData(RINGS, ringFeatures(laid.rings)))
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
      if (!named) labels.soon()
    },
    lay: (next) => {
      if (next.marks !== laid.marks) marks.soon()
      if (next.rings !== laid.rings) rings.soon()
      laid = next
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
      for (const each of [labels, marks, rings]) each.stop()
      map.remove()
    },
  }
}
