import { expect, test } from 'vitest'
import type { Scene } from '../../../../hub/contract/api/scenes.ts'
import {
  EMPTY,
  isWithin,
  LOAD_MS_MAX,
  PAUSE_MS_MAX,
  type Pin,
  type Player,
  type PlayerEvent,
  play,
  wanted,
} from './scenes.ts'

const scene = (place: string, seconds = 10, hours: Scene['hours'] = null): Scene => ({
  place,
  view: 'situation',
  seconds,
  hours,
})

/** A screen of `area` on a clock that the test moves, ticking four times a second as the page does. */
function screen(scenes: readonly Scene[], area = 'TH') {
  const world = { now: 0, hour: 12, lost: new Set<string>() }
  let player: Player = EMPTY
  const turn = () => ({ now: world.now, hour: world.hour, isReady: (place: string) => !world.lost.has(place) })
  const send = (event: PlayerEvent) => {
    player = play(player, event, turn())
  }
  const place = () => wanted(player, world.now)?.place
  /** @returns what was shown, each change once */
  const pass = (seconds: number): (string | undefined)[] => {
    const seen = [place()]
    for (let step = 0; step < seconds * 4; step++) {
      world.now += 250
      send({ kind: 'tick' })
      if (place() !== seen.at(-1)) seen.push(place())
    }
    return seen
  }
  send({ kind: 'scenes', scenes, area })
  return { world, send, place, pass, player: () => player }
}

const pin = (alert: string, place: string, until: number): Pin => ({
  alert,
  place,
  until,
  nameTh: alert,
  nameEn: alert,
})

test('scenes follow each other, each for its seconds, and begin anew', () => {
  const { pass, place } = screen([scene('TH', 10), scene('50', 20), scene('R06', 5)])
  expect(place()).toBe('TH')
  expect(pass(9.75)).toEqual(['TH'])
  expect(pass(0.25)).toEqual(['TH', '50'])
  expect(pass(19.75)).toEqual(['50'])
  expect(pass(5.25 + 34.75)).toEqual(['50', 'R06', 'TH', '50', 'R06'])
})

test('the next scene is fetched before its time, and waited for; what is shown stays', () => {
  const { world, pass, place, player } = screen([scene('TH'), scene('50')])
  pass(4.75)
  expect(player().next).toBeNull()
  pass(0.25)
  expect(player().next).toMatchObject({ at: 1 })
  world.lost.add('50')
  expect(pass(12)).toEqual(['TH'])
  world.lost.delete('50')
  pass(0.25)
  expect(place()).toBe('50')
})

test('a scene whose numbers do not come is passed over, the others go on', () => {
  const { world, pass } = screen([scene('TH'), scene('50'), scene('51')])
  world.lost.add('50')
  expect(pass(5 + LOAD_MS_MAX / 1_000 + 15)).toEqual(['TH', '51', 'TH'])
})

test('scenes of certain hours, over midnight too; outside all of them the wall of the area', () => {
  expect([21, 22, 23, 0, 5, 6].map((hour) => isWithin({ from: 22, to: 6 }, hour))).toEqual([
    false,
    true,
    true,
    true,
    true,
    false,
  ])
  const { world, pass, place } = screen([scene('TH', 5, { from: 6, to: 18 }), scene('50', 5, { from: 12, to: 20 })])
  expect(pass(11)).toEqual(['TH', '50', 'TH'])
  world.hour = 18
  expect(pass(20)).toEqual(['TH', '50'])
  world.hour = 20
  expect(pass(6)).toEqual(['50', undefined])
  world.hour = 6
  pass(0.25)
  expect(place()).toBe('TH')
})

test('one scene alone stays, and is never fetched anew', () => {
  const { pass, player } = screen([scene('50', 5)])
  expect(pass(60)).toEqual(['50'])
  expect(player().next).toBeNull()
})

test('a pause holds the scene, and ends by itself', () => {
  const { send, pass, place } = screen([scene('TH', 5), scene('50', 5)])
  send({ kind: 'pause' })
  expect(pass(PAUSE_MS_MAX / 1_000 - 1)).toEqual(['TH'])
  expect(pass(7)).toEqual(['TH', '50'])
  send({ kind: 'pause' })
  send({ kind: 'pause' })
  expect(pass(6)).toEqual(['50', 'TH'])
  expect(place()).toBe('TH')
})

test('by hand one goes on and back, also while paused, and the pause stays', () => {
  const { send, pass, place, player } = screen([scene('TH'), scene('50'), scene('51')])
  send({ kind: 'next' })
  expect(place()).toBe('50')
  send({ kind: 'pause' })
  send({ kind: 'previous' })
  send({ kind: 'previous' })
  expect(place()).toBe('51')
  expect(pass(60)).toEqual(['51'])
  expect(player().pausedSince).not.toBeNull()
})

test('by hand one goes past what is not there yet, as often as the key is pressed', () => {
  const { world, send, place, pass } = screen([scene('TH'), scene('50'), scene('51')])
  world.lost.add('50').add('51')
  send({ kind: 'next' })
  send({ kind: 'next' })
  expect(place()).toBe('TH')
  world.lost.clear()
  pass(0.25)
  expect(place()).toBe('51')
})

test('an alert holds the screen on the wall of its area, the worst of them first, and the scene goes on after it', () => {
  const { world, send, pass, place } = screen([scene('TH', 10), scene('51', 10)])
  pass(8)
  send({ kind: 'alerts', alerts: [pin('2', '5001', world.now + 60_000), pin('1', '50', world.now + 90_000)] })
  expect(pass(59)).toEqual(['5001'])
  expect(pass(30)).toEqual(['5001', '50'])
  send({ kind: 'alerts', alerts: [] })
  expect(place()).toBe('TH')
  expect(pass(9)).toEqual(['TH'])
  expect(pass(2)).toEqual(['TH', '51'])
})

test('somebody goes on from an alert; it does not come back, another one does', () => {
  const { world, send, place } = screen([scene('TH'), scene('51')])
  send({ kind: 'alerts', alerts: [pin('1', '50', world.now + 60_000)] })
  expect(place()).toBe('50')
  send({ kind: 'next' })
  expect(place()).toBe('TH')
  send({ kind: 'alerts', alerts: [pin('3', '60', world.now + 60_000), pin('1', '50', world.now + 60_000)] })
  expect(place()).toBe('60')
})

test('an alert holds a screen whose scenes are not played at this hour, too', () => {
  const { world, send, pass } = screen([scene('TH', 10, { from: 1, to: 2 })])
  send({ kind: 'alerts', alerts: [pin('1', '50', world.now + 5_000)] })
  expect(pass(6)).toEqual(['50', undefined])
})

test('a place that is none, a view that is none and what the screen may not show are passed over, and named', () => {
  const strange = { ...scene('50'), view: 'panel' as Scene['view'] }
  const { pass, player } = screen(
    [scene('99'), scene('50', 5), scene('51'), strange, scene('R13'), scene('TH', 5)],
    '50',
  )
  expect(player().faults).toEqual(['place', undefined, 'reach', 'view', 'reach', undefined])
  expect(pass(11)).toEqual(['50', 'TH', '50'])
})

test('a place that the hub does not know is passed over at once; none left: the wall of the area', () => {
  const { send, place, player } = screen([scene('5098'), scene('TH')])
  send({ kind: 'unknown', place: '5098' })
  expect(place()).toBe('TH')
  expect(player().faults).toEqual(['place', undefined])
  send({ kind: 'unknown', place: 'TH' })
  expect(place()).toBeUndefined()
})

test('a list that changes keeps the scene that is shown; a screen that loses its province plays the rest', () => {
  const { send, pass, place } = screen([scene('TH'), scene('50'), scene('51')])
  pass(11)
  expect(place()).toBe('50')
  send({ kind: 'scenes', scenes: [scene('60'), scene('50'), scene('51')], area: 'TH' })
  expect(place()).toBe('50')
  send({ kind: 'scenes', scenes: [scene('60'), scene('50'), scene('51')], area: '51' })
  expect(place()).toBe('51')
  send({ kind: 'scenes', scenes: [], area: '51' })
  expect(place()).toBeUndefined()
})

test('a list that is told again changes nothing, nor does what was found out about its places', () => {
  const scenes = [scene('TH'), scene('5098'), scene('50')]
  const { send, pass, player } = screen(scenes)
  send({ kind: 'unknown', place: '5098' })
  pass(9)
  send({ kind: 'scenes', scenes: structuredClone(scenes), area: 'TH' })
  expect(player().faults[1]).toBe('place')
  expect(pass(1)).toEqual(['TH', '50'])
})

test('a thousand changes leave nothing behind', () => {
  const { pass, player } = screen([scene('TH', 5), scene('50', 5)])
  pass(5_000)
  expect(JSON.stringify(player()).length).toBeLessThan(1_000)
})

test('told to from afar, the screen goes to a scene of its list: out of its hours, past an alert, and on from there', () => {
  const { world, send, pass, place, player } = screen([
    scene('TH'),
    scene('50', 10, { from: 20, to: 22 }),
    scene('R06'),
  ])
  send({ kind: 'alerts', alerts: [pin('a', '10', 1e9)] })
  expect(place()).toBe('10')
  send({ kind: 'jump', to: { place: '50', view: 'situation' } })
  expect(place()).toBe('50')
  expect(pass(9.75)).toEqual(['50'])
  expect(pass(0.25)).toEqual(['50', 'R06'])
  send({ kind: 'pause' })
  world.lost.add('TH')
  send({ kind: 'jump', to: { place: 'TH', view: 'situation' } })
  expect(pass(1), 'its numbers are waited for').toEqual(['R06'])
  world.lost.delete('TH')
  expect(pass(60), 'a pause goes on where it was sent').toEqual(['R06', 'TH'])
  const before = player()
  send({ kind: 'jump', to: { place: '50', view: 'vaccination' } })
  send({ kind: 'jump', to: { place: '81', view: 'situation' } })
  expect(player(), 'what it does not play changes nothing').toBe(before)
})
