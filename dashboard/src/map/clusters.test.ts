import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterMarks, commonMark } from './clusters.ts'
import { placeLabels, placeMarkLabels } from './labels.ts'
import { MARK_SHAPES, type MapMark, markPath } from './marks.ts'
import { fitProjection } from './mercator.ts'
import type { MapPaint } from './model.ts'

const mark = (id: string, lon: number, lat: number, over: Partial<MapMark> = {}): MapMark => ({
  id,
  lon,
  lat,
  shape: 'square',
  letter: 'H',
  age: 'fresh',
  label: '',
  ...over,
})
const project = fitProjection([97, 5, 106, 21], 500, 900, { top: 0, right: 0, bottom: 0, left: 0 })
const CELL = 40

describe('clusters', () => {
  const anywhere = fc.array(
    fc.record({ lon: fc.double({ min: 97, max: 106, noNaN: true }), lat: fc.double({ min: 5, max: 21, noNaN: true }) }),
    { maxLength: 300 },
  )

  test('none is lost, in any order the same, and never more than the grid has cells', () => {
    fc.assert(
      fc.property(anywhere, (places) => {
        const marks = places.map(({ lon, lat }, i) => mark(String(i), lon, lat))
        const clusters = clusterMarks(marks, project, CELL)
        const ids = clusters.flatMap((cluster) => cluster.marks.map(({ id }) => id))
        expect(ids.sort()).toEqual(marks.map(({ id }) => id).sort())
        const sets = (of: typeof clusters) =>
          of
            .map((cluster) =>
              cluster.marks
                .map(({ id }) => id)
                .sort()
                .join(),
            )
            .sort()
        expect(sets(clusterMarks([...marks].reverse(), project, CELL))).toEqual(sets(clusters))
        expect(clusters.length).toBeLessThanOrEqual(Math.ceil(500 / CELL + 1) * Math.ceil(900 / CELL + 1))
      }),
    )
  })

  test('two on both sides of a border of the grid are one when they touch', () => {
    const [x0, x1] = [99, 99.05]
    for (let lon = x0; lon < x0 + 1; lon += 0.1) {
      const clusters = clusterMarks([mark('1', lon, 13), mark('2', lon + x1 - x0, 13)], project, CELL)
      expect(clusters).toHaveLength(1)
    }
  })

  test('of one kind a cluster keeps its shape and letter, of several it has none', () => {
    const near = [mark('1', 99, 13), mark('2', 99, 13)]
    expect(commonMark(clusterMarks(near, project, CELL)[0]!)?.letter).toBe('H')
    const mixed = [...near, mark('3', 99, 13, { shape: 'circle', letter: 'V' })]
    expect(commonMark(clusterMarks(mixed, project, CELL)[0]!)).toBeUndefined()
  })

  test('1,500 are gathered within a frame', () => {
    const many = Array.from({ length: 1_500 }, (_, i) =>
      mark(String(i), 97 + ((i * 37) % 900) / 100, 5 + ((i * 53) % 1_600) / 100),
    )
    // The fastest of ten: the others say what else the machine did.
    const took = Array.from({ length: 10 }, () => {
      const from = performance.now()
      clusterMarks(many, project, CELL)
      return performance.now() - from
    })
    const each = Math.min(...took)
    console.log(`1,500 marks: ${each.toFixed(1)} ms`)
    expect(each).toBeLessThan(50)
  })
})

describe('labels of marks', () => {
  const frame = { width: 400, height: 400 }
  const point = { code: 'a', x: 200, y: 200, half: 14, label: 'โรงพยาบาล\n3: 2' }

  test('stand beside their mark', () => {
    const [label] = placeMarkLabels([point], [], 20, frame)
    expect(Math.abs(label!.x - 200)).toBeGreaterThan(label!.halfWidth + 14)
  })

  test('never on a small province in alarm, even where that leaves no place at all', () => {
    const everywhere = { x: 200, y: 200, halfWidth: 190, halfHeight: 190 }
    expect(placeMarkLabels([point], [everywhere], 20, frame)).toEqual([])
    const left = { x: 100, y: 200, halfWidth: 80, halfHeight: 200 }
    expect(placeMarkLabels([point], [left], 20, frame)[0]!.x).toBeGreaterThan(200)
  })

  test('names of areas go beside a mark where they can', () => {
    const at = fitProjection([-1, -1, 1, 1], 400, 400, { top: 0, right: 0, bottom: 0, left: 0 })
    const paint: MapPaint = new Map([['1', { colour: '#000', alarm: false, radius: 5, label: 'ยะลา', rank: 1 }]])
    const marks = [{ x: 200, y: 200, halfWidth: 14, halfHeight: 14 }]
    const [free] = placeLabels([{ code: '1', lat: 0, lon: 0 }], paint, at, 20, frame, false)
    const [moved] = placeLabels([{ code: '1', lat: 0, lon: 0 }], paint, at, 20, frame, false, marks)
    expect(Math.round(free!.x)).toBe(200)
    expect(Math.abs(moved!.x - 200)).toBeGreaterThan(14)
  })
})

test('every shape has an outline of its own', () => {
  const paths = MARK_SHAPES.map((shape) => markPath(shape, 10))
  expect(new Set(paths).size).toBe(MARK_SHAPES.length)
  for (const path of paths) expect(path).toMatch(/^M[-\d. LACZ]+Z$/)
})
