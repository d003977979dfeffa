import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { colourOf } from './colours.ts'
import { placeLabels } from './labels.ts'
import { fitProjection } from './mercator.ts'
import type { MapModel, MapPaint } from './model.ts'
import { boundsOf, boundsWith, decodeShapes } from './shapes.ts'
import { createStyle, labelFeatures } from './style.ts'
import { isSoftwareRenderer } from './webgl.ts'

const shapes = decodeShapes(JSON.parse(readFileSync('db/areas/provinces.topo.json', 'utf8')))
const FRAME = { width: 400, height: 400 }
const FREE = { top: 0, right: 0, bottom: 0, left: 0 }

describe('shapes', () => {
  test('77 provinces with their codes', () => {
    expect(new Set(shapes.features.map((shape) => shape.properties.code)).size).toBe(77)
  })

  test('the bounds are those of Thailand, and of one province when asked', () => {
    const [west, south, east, north] = boundsOf(shapes)
    expect([west, south, east, north].map(Math.round)).toEqual([97, 6, 106, 20])
    const bangkok = boundsOf(shapes, new Set(['10']))
    expect(bangkok[2] - bangkok[0]).toBeLessThan(1)
    expect(boundsWith(bangkok, [{ code: 'x', lat: 20, lon: 101 }])[3]).toBe(20)
  })
})

describe('projection', () => {
  test('the bounds fill the box within the padding and keep their shape', () => {
    const project = fitProjection([97, 5, 106, 21], 500, 900, { ...FREE, top: 100 })
    const [left, top] = project(97, 21)
    const [right, bottom] = project(106, 5)
    expect(top).toBeGreaterThanOrEqual(100)
    expect(bottom).toBeLessThanOrEqual(900)
    expect(right - left <= 500 && (Math.abs(right - left - 500) < 1 || Math.abs(bottom - top - 800) < 1)).toBe(true)
  })
})

describe('labels', () => {
  const parts = [
    { code: '1', lat: 0, lon: 0 },
    { code: '2', lat: 0, lon: 0.15 },
    { code: '3', lat: 0, lon: -0.15 },
  ]
  const paint: MapPaint = new Map(
    parts.map(({ code }, i) => [code, { colour: '#000', alarm: false, radius: 5, label: `ยะลา\n${code}`, rank: i }]),
  )
  const project = fitProjection([-1, -1, 1, 1], 400, 400, FREE)

  test('do not overlap, and the first by rank stands on its point', () => {
    const placed = placeLabels(parts, paint, project, 20, { width: 400, height: 400 }, false)
    expect([placed[0]!.code, Math.round(placed[0]!.x), Math.round(placed[0]!.y)]).toEqual(['1', 200, 200])
    expect(placed.map(({ code, x }) => `${code} ${x > 240 ? 'right' : x < 160 ? 'left' : 'on'}`)).toEqual([
      '1 on',
      '2 right',
      '3 left',
    ])
  })

  test('they keep off a small area in alarm, and stand on it only where there is no other place', () => {
    const near = [
      { code: '1', lat: 0, lon: 0 },
      { code: '2', lat: 0.02, lon: -0.25 },
    ]
    const alarmed: MapPaint = new Map([
      ['1', { colour: '#000', alarm: false, radius: 5, label: 'พระนครศรีอยุธยา\n12', rank: 1 }],
      ['2', { colour: '#f00', alarm: true, radius: 5, label: '', rank: 2 }],
    ])
    const [label] = placeLabels(near, alarmed, project, 20, { width: 400, height: 400 }, false)
    expect(Math.round(label!.y)).toBe(200)
    expect(label!.x).toBeGreaterThan(200)
    const [squeezed] = placeLabels(near, alarmed, project, 20, { width: 290, height: 230 }, false)
    expect(squeezed!.code).toBe('1')
  })

  test('they keep off the legend that lies over the map, and stand under it only where there is no other place', () => {
    const legend = { x: 200, y: 200, halfWidth: 15, halfHeight: 15 }
    const place = (covers: readonly (typeof legend)[]) =>
      placeLabels(parts.slice(0, 1), paint, project, 20, { width: 400, height: 400 }, false, [], covers)
    expect(place([])[0]).toMatchObject({ x: 200 })
    expect(Math.abs(place([legend])[0]!.x - 200)).toBeGreaterThan(30)
    expect(place([{ ...legend, halfWidth: 200, halfHeight: 200 }])).toHaveLength(1)
  })

  test('where all places beside them are taken, they slide off the legend rather than lie under it', () => {
    const legend = { x: 320, y: 200, halfWidth: 90, halfHeight: 190 }
    const east = { code: '1', lat: 0, lon: 0.05 }
    const look = (label: string, rank: number) => ({ colour: '#000', alarm: false, radius: 5, label, rank })
    const named: MapPaint = new Map([
      ['2', look('ระยอง\n20', 0)],
      ['1', look('Chanthaburi\n177', 1)],
    ])
    const placed = placeLabels([east, { code: '2', lat: 0, lon: -0.6 }], named, project, 20, FRAME, false, [], [legend])
    const label = placed.find(({ code }) => code === '1')!
    expect(label.x + label.halfWidth).toBeLessThanOrEqual(legend.x - legend.halfWidth)
  })

  test('one that finds no room is left out', () => {
    expect(placeLabels(parts, paint, project, 20, { width: 40, height: 40 }, false)).toEqual([])
  })

  test.each([
    ['a wall', 560, 700, 22.7],
    ['a phone', 358, 560, 14],
  ])('rank 2 is never without its label on the map of %s, whichever province is first', (_, width, height, size) => {
    const { provinces } = JSON.parse(readFileSync('db/areas/areas.json', 'utf8')) as {
      provinces: [code: string, nameTh: string, nameEn: string, lat: number, lon: number][]
    }
    const places = provinces.map(([code, , , lat, lon]) => ({ code, lat, lon }))
    const padding = { top: size * 0.8, right: size * 5.9, bottom: size * 0.8, left: size * 0.3 }
    const onWall = fitProjection(boundsOf(shapes), width, height, padding)
    const unlabelled: string[] = []
    for (const [code, ...names] of provinces)
      for (const [second, ...others] of provinces) {
        if (second === code) continue
        for (const language of [0, 1]) {
          const look = (rank: number, name: string) => ({
            colour: '#f00',
            alarm: true,
            radius: 5,
            label: `${name}\n1,234`,
            rank,
          })
          const two: MapPaint = new Map([
            [code, look(1, String(names[language]))],
            [second, look(2, String(others[language]))],
          ])
          const placed = placeLabels(places, two, onWall, size, { width, height }, false)
          if (placed.length < 2) unlabelled.push(`${code} before ${second}`)
        }
      }
    expect(unlabelled).toEqual([])
  })

  test('beside a circle, never on it', () => {
    const [first] = placeLabels(parts, paint, project, 20, { width: 400, height: 400 }, true)
    expect(first!.x).not.toBe(200)
  })

  test('an area without a label is no feature', () => {
    const model: MapModel = { kind: 'polygons', shapes, parts, focus: null, bounds: boundsOf(shapes) }
    const some: MapPaint = new Map(
      [...paint].map(([code, look]) => [code, code === '2' ? { ...look, label: '' } : look]),
    )
    expect(labelFeatures(model, some).features.map((feature) => feature.properties?.code)).toEqual(['1', '3'])
  })
})

test('the style asks nothing of any server', () => {
  const model: MapModel = { kind: 'polygons', shapes, parts: [], focus: null, bounds: boundsOf(shapes) }
  expect(JSON.stringify(createStyle(model, { font: 'x', size: 20 }))).not.toMatch(/https?:|mapbox:/)
})

test('software renderers are known by their names', () => {
  const software = [
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)',
    'llvmpipe (LLVM 15)',
  ]
  const hardware = ['ANGLE (Intel, Mesa Intel(R) UHD Graphics 620, OpenGL 4.6)', 'Apple GPU']
  expect(software.map(isSoftwareRenderer)).toEqual([true, true])
  expect(hardware.map(isSoftwareRenderer)).toEqual([false, false])
})

test('colour is for the abnormal', () => {
  expect(colourOf('alarm', 5)).not.toBe(colourOf('normal', 5))
  const [r, g, b] = [1, 3, 5].map((i) => Number.parseInt(colourOf('normal', 3).slice(i, i + 2), 16))
  expect(Math.max(r!, g!, b!) - Math.min(r!, g!, b!)).toBeLessThan(24)
})
