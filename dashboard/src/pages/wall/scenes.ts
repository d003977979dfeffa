import type { Scene } from '../../../../hub/contract/api/scenes.ts'
import {
  SCENE_SECONDS_MIN,
  screenMayShow,
  WALL_VIEWS,
  type WallView,
  wallKind,
} from '../../../../hub/contract/vocabulary/walls.ts'

/** Who pauses a screen and goes away: it plays on by itself. */
export const PAUSE_MS_MAX = 30 * 60_000
/** An alert that nobody answers holds the screen for so long; after that it stands where alerts stand. */
export const PIN_MS = 5 * 60_000
/** The next scene is fetched so long before its time. */
export const PRELOAD_MS = SCENE_SECONDS_MIN * 1_000
/** A scene whose numbers have not come by then is passed over; what is shown stays until another one has come. */
export const LOAD_MS_MAX = 20_000

/** Why a scene is not played: no such place, one that this screen may not show, no such view. */
export type Fault = 'place' | 'reach' | 'view'

/** An unanswered alert of the screen's area: until when it holds the screen, on which wall, and what it is called. */
export type Pin = {
  readonly alert: string
  readonly place: string
  readonly until: number
  readonly nameTh: string
  readonly nameEn: string
}

export type Shown = { readonly place: string; readonly view: WallView }

/** All times are ms of the screen's clock. */
export type Player = {
  readonly scenes: readonly Scene[]
  /** what the screen is bound to */
  readonly area: string
  /** beside each scene */
  readonly faults: readonly (Fault | undefined)[]
  /** the scene that is played; -1: none is to be played now */
  readonly at: number
  readonly since: number
  /** the scene that follows, while its numbers are fetched; `now`: as soon as they are there */
  readonly next: { readonly at: number; readonly since: number; readonly now: boolean } | null
  readonly pausedSince: number | null
  /** the worst first */
  readonly alerts: readonly Pin[]
  /** alerts that somebody has gone on from */
  readonly passed: readonly string[]
}

export const EMPTY: Player = {
  scenes: [],
  area: '',
  faults: [],
  at: -1,
  since: 0,
  next: null,
  pausedSince: null,
  alerts: [],
  passed: [],
}

export type Turn = {
  readonly now: number
  /** of the day in Thailand, 0 to 23 */
  readonly hour: number
  /** whether the numbers of a place are there */
  isReady(place: string): boolean
}

export type PlayerEvent =
  | { readonly kind: 'tick' | 'next' | 'previous' | 'pause' }
  /** to this one of its list */
  | { readonly kind: 'jump'; readonly to: Shown }
  /** of a screen that is bound to `area` */
  | { readonly kind: 'scenes'; readonly scenes: readonly Scene[]; readonly area: string }
  /** the hub knows no such place */
  | { readonly kind: 'unknown'; readonly place: string }
  | { readonly kind: 'alerts'; readonly alerts: readonly Pin[] }

type Hours = NonNullable<Scene['hours']>

/** Whether `hour` lies from the beginning of `from` to that of `to`, over midnight too. */
export function isWithin({ from, to }: Hours, hour: number): boolean {
  return from < to ? from <= hour && hour < to : from <= hour || hour < to
}

function faultOf({ place, view }: Scene, area: string): Fault | undefined {
  if (wallKind(place) === undefined) return 'place'
  if (!WALL_VIEWS.includes(view)) return 'view'
  // The district of a facility only the hub knows: it has asked when the scenes were set.
  return screenMayShow(area, place, area) ? undefined : 'reach'
}

/** @returns the scene that is to be played after `from`, by `step` through the list; `from` itself when it is the only one; -1: none */
function after({ scenes, faults }: Player, from: number, step: 1 | -1, hour: number): number {
  const { length } = scenes
  const start = from < 0 && step === -1 ? 0 : from
  for (let k = 1; k <= length; k++) {
    const at = (((start + k * step) % length) + length) % length
    const { hours } = scenes[at]!
    if (faults[at] === undefined && (hours === null || isWithin(hours, hour))) return at
  }
  return -1
}

/** What holds a screen that plays. */
export function pinOf({ scenes, alerts, passed }: Player, now: number): Pin | undefined {
  return scenes.length === 0 ? undefined : alerts.find(({ alert, until }) => now < until && !passed.includes(alert))
}

/** What is to be on the screen; `null`: the wall of its area. */
export function wanted(player: Player, now: number): Shown | null {
  const pin = pinOf(player, now)
  return pin ? { place: pin.place, view: 'situation' } : (player.scenes[player.at] ?? null)
}

const played = (player: Player, at: number, now: number): Player => ({ ...player, at, since: now, next: null })

function tick(before: Player, { now, hour, isReady }: Turn): Player {
  const isOver = before.pausedSince !== null && now - before.pausedSince >= PAUSE_MS_MAX
  const player: Player = isOver ? { ...before, pausedSince: null, since: now } : before
  if (pinOf(player, now)) return { ...player, since: now, next: null }
  const scene = player.scenes[player.at]
  if (!scene) {
    const first = after(player, player.at, 1, hour)
    return first === -1 ? player : played(player, first, now)
  }
  const { next, since } = player
  if (next === null) {
    const isDue = now - since >= scene.seconds * 1_000 - PRELOAD_MS && player.pausedSince === null
    return isDue ? towards(player, after(player, player.at, 1, hour), now, false) : player
  }
  if (!next.now && now - since < scene.seconds * 1_000) return player
  if (isReady(player.scenes[next.at]!.place)) return played(player, next.at, now)
  return now - next.since < LOAD_MS_MAX ? player : towards(player, after(player, next.at, 1, hour), now, next.now)
}

/** Fetches the scene that follows; there may be none, or only the one that is played. */
function towards(player: Player, at: number, now: number, isWanted: boolean): Player {
  if (at === player.at && !isWanted && now - player.since < player.scenes[at]!.seconds * 1_000) return player
  return at === -1 || at === player.at
    ? played(player, at, now)
    : { ...player, next: { at, since: now, now: isWanted } }
}

/** A pause goes on where somebody has gone. */
function goesTo(player: Player, at: number, turn: Turn): Player {
  const pausedSince = player.pausedSince === null ? null : turn.now
  return tick(towards({ ...player, pausedSince }, at, turn.now, true), turn)
}

/** Somebody goes on by hand, from an alert too. */
function goes(player: Player, step: 1 | -1, turn: Turn): Player {
  const pin = pinOf(player, turn.now)
  if (pin) return { ...player, passed: [...player.passed, pin.alert] }
  return goesTo(player, after(player, player.next?.now ? player.next.at : player.at, step, turn.hour), turn)
}

/** Out of its hours and past every alert too: somebody wants to see it now. What the screen does not play changes nothing. */
function jumps(player: Player, { place, view }: Shown, turn: Turn): Player {
  const { scenes, faults, alerts } = player
  const at = scenes.findIndex((scene, i) => scene.place === place && scene.view === view && faults[i] === undefined)
  if (at === -1) return player
  return goesTo({ ...player, passed: alerts.map(({ alert }) => alert) }, at, turn)
}

function withScenes(player: Player, scenes: readonly Scene[], area: string, now: number): Player {
  if (area === player.area && JSON.stringify(scenes) === JSON.stringify(player.scenes)) return player
  const isPlayed = JSON.stringify(player.scenes[player.at])
  return {
    ...player,
    ...{ scenes, area, faults: scenes.map((scene) => faultOf(scene, area)), next: null, since: now },
    at: scenes.findIndex((scene) => JSON.stringify(scene) === isPlayed && faultOf(scene, area) === undefined),
  }
}

/** The one place that decides what a screen plays. */
export function play(player: Player, event: PlayerEvent, turn: Turn): Player {
  switch (event.kind) {
    case 'tick':
      return tick(player, turn)
    case 'next':
      return goes(player, 1, turn)
    case 'previous':
      return goes(player, -1, turn)
    case 'jump':
      return jumps(player, event.to, turn)
    case 'pause':
      return { ...player, next: null, since: turn.now, pausedSince: player.pausedSince === null ? turn.now : null }
    case 'scenes':
      return tick(withScenes(player, event.scenes, event.area, turn.now), turn)
    case 'unknown': {
      const faults = player.scenes.map(({ place }, at) => (place === event.place ? 'place' : player.faults[at]))
      const at = faults[player.at] === undefined ? player.at : -1
      const held = player.alerts.filter(({ place }) => place === event.place).map(({ alert }) => alert)
      return tick({ ...player, faults, at, next: null, passed: [...player.passed, ...held] }, turn)
    }
    case 'alerts': {
      const passed = player.passed.filter((id) => event.alerts.some(({ alert }) => alert === id))
      return { ...player, alerts: event.alerts, passed }
    }
  }
}
