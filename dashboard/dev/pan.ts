import type { Topology } from 'topojson-specification'
import { driveMap } from '../src/map/engine.ts'
import { openMaplibre } from '../src/map/maplibre.ts'
import type { MapMark } from '../src/map/marks.ts'
import { boundsOf, decodeShapes } from '../src/map/shapes.ts'

/** A national map with places, panned for some seconds: dev/measurePan.ts opens it and reads the times between frames. */
declare global {
  interface Window {
    pan(topology: Topology, count: number, ms: number): Promise<readonly number[]>
  }
}

const SHAPES = [
  { shape: 'square', letter: 'H' },
  { shape: 'triangle', letter: 'F' },
  { shape: 'circle', letter: 'V' },
] as const

function places(count: number): readonly MapMark[] {
  return Array.from({ length: count }, (_, i) => ({
    id: String(i),
    lat: 6 + ((i * 53) % 1_400) / 100,
    lon: 98 + ((i * 37) % 700) / 100,
    ...SHAPES[i % SHAPES.length]!,
    age: 'fresh' as const,
    label: '',
  }))
}

window.pan = async (topology, count, ms) => {
  const shapes = decodeShapes(topology)
  const model = { kind: 'polygons' as const, shapes, parts: [], focus: null, bounds: boundsOf(shapes) }
  const container = document.createElement('div')
  container.style.cssText = 'width:600px;height:900px'
  document.body.replaceChildren(container)
  const map = await openMaplibre(container, model, 22)
  const engine = driveMap('maplibre', map, model)
  engine.fit(22, { top: 10, right: 10, bottom: 10, left: 10 })
  engine.paint(new Map(shapes.features.map(({ id }) => [String(id), look])))
  engine.lay({ marks: places(count), rings: [] })
  await new Promise<void>((resolve) => map.once('idle', () => resolve()))
  map.setZoom(map.getZoom() + 1)
  const frames: number[] = []
  const from = performance.now()
  let last = from
  await new Promise<void>((resolve) => {
    const step = (now: number) => {
      frames.push(now - last)
      last = now
      map.panBy([Math.sin((now - from) / 400) * 8, Math.cos((now - from) / 400) * 8], { animate: false })
      if (now - from < ms) requestAnimationFrame(step)
      else resolve()
    }
    requestAnimationFrame(step)
  })
  engine.remove()
  return frames.slice(1)
}

const look = { colour: '#4c545c', alarm: false, radius: 5, label: '', rank: 1 }
