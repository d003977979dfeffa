import { expect, test } from 'vitest'
import type { Scene } from '../../../../hub/contract/api/scenes.ts'
import { draftOf, moved, newScene, placeOfKind, sceneOf } from './sceneDraft.ts'

test('a scene is written and read alike', () => {
  const scenes: Scene[] = [
    { place: 'TH', view: 'situation', seconds: 5, hours: null },
    { place: 'R01', view: 'vaccination', seconds: 3600, hours: { from: 0, to: 23 } },
    { place: 'H12', view: 'situation', seconds: 30, hours: { from: 22, to: 6 } },
  ]
  expect(scenes.map((scene) => sceneOf(draftOf(scene)))).toEqual(scenes)
})

test.each([
  [{ kind: 'district', place: '50' }, 'place'],
  [{ kind: 'facility', place: '' }, 'place'],
  [{ seconds: '4' }, 'seconds'],
  [{ seconds: '3601' }, 'seconds'],
  [{ seconds: '1e3' }, 'seconds'],
  [{ seconds: '' }, 'seconds'],
  [{ from: 7 }, 'hours'],
  [{ to: 0 }, 'hours'],
  [{ from: 0, to: 0 }, 'hours'],
] as const)('%o lacks %s', (change, gap) => {
  expect(sceneOf({ ...newScene('50'), ...change })).toBe(gap)
})

test('a new scene is the wall of the area, and can be kept as it is', () => {
  expect(sceneOf(newScene('TH'))).toMatchObject({ place: 'TH' })
  expect(sceneOf(newScene('50'))).toMatchObject({ place: '50' })
  expect(sceneOf(newScene('5001'))).toMatchObject({ place: '50' })
})

test('a screen of a province has one health region and one province; of the nation they are chosen', () => {
  expect(placeOfKind('region', '50')).toBe('R01')
  expect(placeOfKind('province', '50')).toBe('50')
  expect(placeOfKind('region', 'TH')).toBe('')
  expect(placeOfKind('district', '50')).toBe('')
})

test('a scene moves up and down, and stays at the ends', () => {
  expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})
