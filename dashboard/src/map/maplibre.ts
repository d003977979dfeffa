import { Map as MaplibreMap, setWorkerUrl } from 'maplibre-gl'
import 'maplibre-gl/dist/maplibre-gl.css'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import type { OpenMap } from './engine.ts'
import { createStyle } from './style.ts'

setWorkerUrl(workerUrl)

const FONT = 'Jitasa Sans Semibold'

/** A label drawn before its font is there stays in the wrong one: glyphs are cached. */
async function loadFont(): Promise<void> {
  await Promise.all([
    document.fonts.load(`600 48px "${FONT}"`, 'กขที่'),
    document.fonts.load(`600 48px "${FONT}"`, 'Aa1,%'),
  ])
}

/** @throws Error when WebGL is absent */
export const openMaplibre: OpenMap = async (container, model, size) => {
  await loadFont()
  const map = new MaplibreMap({
    container,
    style: createStyle(model, { font: FONT, size }),
    bounds: [...model.bounds] as [number, number, number, number],
    interactive: false,
    attributionControl: false,
    fadeDuration: 0,
    localIdeographFontFamily: `"${FONT}"`,
    maxPitch: 0,
  })
  await new Promise<void>((resolve) => map.once('load', () => resolve()))
  return map
}
