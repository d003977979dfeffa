import mapboxgl from 'mapbox-gl'
import type { Map as GlMap } from 'maplibre-gl'
import 'mapbox-gl/dist/mapbox-gl.css'
import type { OpenMap } from './engine.ts'
import { createStyle } from './style.ts'

const LOAD_TIMEOUT_MS = 15_000

/**
 * The agency's own Mapbox. Its text comes from Mapbox' glyph server, so this needs the internet. The style has nothing
 * else that is remote: whatever error Mapbox reports means that its service cannot be used.
 * @param lost called once when that shows after the map was opened; a refused token often does.
 * @throws Error when it shows before
 */
export function openMapbox(token: string, lost: (why: string) => void): OpenMap {
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
      performanceMetricsCollection: false,
    })
    await new Promise<void>((resolve, reject) => {
      let isOpen = false
      let isLost = false
      const give = (why: string) => {
        if (isLost) return
        isLost = true
        clearTimeout(timer)
        if (isOpen) return lost(why)
        map.remove()
        reject(new Error(`mapbox-gl: ${why}`))
      }
      const timer = setTimeout(give, LOAD_TIMEOUT_MS, 'no answer in time')
      map.on('error', ({ error }) => give(error.message))
      map.once('load', () => {
        clearTimeout(timer)
        isOpen = true
        resolve()
      })
    })
    // The forks agree on every method that driveMap uses; their types do not know of each other.
    return map as unknown as GlMap
  }
}
