import { type GeoJSONSource, Map as MaplibreMap, NavigationControl, setWorkerUrl } from 'maplibre-gl'
import type { Language } from '../../../hub/contract/vocabulary/languages.ts'
import type { Area } from '../api/areas.ts'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { fetchProvinceShapes } from '../api/areas.ts'
import type { Point } from '../api/record.ts'
import { decodeShapes } from '../map/shapes.ts'
import { areasBelow, nearest } from './areas.ts'
import { NAMES, nameFeatures, pinStyle } from './pinStyle.ts'

setWorkerUrl(workerUrl)

const FONT = 'Jitasa Sans Semibold'
const BOUNDS = [97.2, 5.5, 105.8, 20.6] as const
/** Zoom from which the names of districts, and of sub-districts, are fetched. */
const DISTRICTS_FROM = 7
const SUBDISTRICTS_FROM = 9
/** Their points are capitals: what one looks at may belong to a neighbour's. */
const PARENTS_MAX = 4

/** Below this the pin would stand on a province, not on a place. */
export const PIN_ZOOM_MIN = 10

export type PinMapHandle = { centre(): Point; remove(): void }

/** A map of Thailand one can move, with the names of what is near its middle. @throws Error when WebGL is absent, ApiError */
export async function openPinMap(
  container: HTMLElement,
  start: { readonly point: Point; readonly zoom: number } | undefined,
  language: Language,
  onZoom: (zoom: number) => void,
): Promise<PinMapHandle> {
  const [topology] = await Promise.all([
    fetchProvinceShapes(),
    document.fonts.load(`600 48px "${FONT}"`, 'กขที่'),
    document.fonts.load(`600 48px "${FONT}"`, 'Aa1'),
  ])
  const [west, south, east, north] = BOUNDS
  const map = new MaplibreMap({
    container,
    style: pinStyle(decodeShapes(topology), FONT),
    ...(start
      ? { center: [start.point.lon, start.point.lat] as [number, number], zoom: start.zoom }
      : { bounds: [west, south, east, north] as [number, number, number, number] }),
    maxBounds: [west - 4, south - 4, east + 4, north + 4],
    maxZoom: 17,
    dragRotate: false,
    pitchWithRotate: false,
    attributionControl: false,
    localIdeographFontFamily: `"${FONT}"`,
  })
  map.touchZoomRotate.disableRotation()
  map.addControl(new NavigationControl({ showCompass: false }), 'bottom-right')
  await new Promise<void>((resolve) => map.once('load', () => resolve()))
  const centre = (): Point => ({ lat: map.getCenter().lat, lon: map.getCenter().lng })
  const label = async () => {
    const areas = await areasAround(centre(), map.getZoom())
    map.getSource<GeoJSONSource>(NAMES)?.setData(nameFeatures(areas, language))
  }
  // Names that cannot be fetched leave a map without them; the next move asks again.
  const relabel = () => void label().catch((error: unknown) => console.warn('The map has no names now.', error))
  map.on('moveend', relabel)
  map.on('zoom', () => onZoom(map.getZoom()))
  onZoom(map.getZoom())
  relabel()
  return { centre, remove: () => map.remove() }
}

async function areasAround(point: Point, zoom: number): Promise<Area[]> {
  const provinces = await areasBelow('TH')
  if (zoom < DISTRICTS_FROM) return [...provinces]
  const near = nearest(provinces, point).slice(0, PARENTS_MAX)
  const districts = (await Promise.all(near.map(({ code }) => areasBelow(code)))).flat()
  if (zoom < SUBDISTRICTS_FROM) return [...provinces, ...districts]
  const nearer = nearest(districts, point).slice(0, PARENTS_MAX)
  const subdistricts = (await Promise.all(nearer.map(({ code }) => areasBelow(code)))).flat()
  return [...provinces, ...districts, ...subdistricts]
}
