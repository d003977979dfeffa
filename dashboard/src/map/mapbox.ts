import mapboxgl from 'mapbox-gl'
import type { Map as GlMap } from 'maplibre-gl'
import 'mapbox-gl/dist/mapbox-gl.css'
import type { OpenMap } from './engine.ts'
import { createStyle } from './style.ts'

const UNAUTHORISED: ReadonlySet<unknown> = new Set([401, 403])
const LOAD_TIMEOUT_MS = 15_000

/**
 * The agency's own Mapbox. Its text comes from Mapbox' glyph server, so this needs the internet.
 * @throws Error when the token is refused or the service does not answer; the caller then takes maplibre.
 */
export function openMapbox(token: string): OpenMap {
  return async (container, model, size) => {
    const map = new mapboxgl.Map({
      container,
      accessToken: token,
      style: createStyle(model, {
        font: 'Arial Unicode MS Bold',
        size,
        glyphs: 'mapbox://fonts/mapbox/{fontstack}/{range}.pbf',
      }) as unknown as mapboxgl.StyleSpecification,
      bounds: [...model.bounds] as [number, number, number, number],
      interactive: false,
      projection: 'mercator',
      fadeDuration: 0,
    })
    await new Promise<void>((resolve, reject) => {
      const give = (why: string) => {
        map.remove()
        reject(new Error(`mapbox-gl: ${why}`))
      }
      const timer = setTimeout(give, LOAD_TIMEOUT_MS, 'no answer in time')
      map.once('load', () => {
        clearTimeout(timer)
        resolve()
      })
      map.on('error', ({ error }) => {
        if (!('status' in error) || !UNAUTHORISED.has(error.status)) return
        clearTimeout(timer)
        give('the token was refused')
      })
    })
    // The forks agree on every method that driveMap uses; their types do not know of each other.
    return map as unknown as GlMap
  }
}
