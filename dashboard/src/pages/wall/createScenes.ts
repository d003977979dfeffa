import { type Accessor, createContext, createMemo, createSignal, onCleanup, useContext } from 'solid-js'
import { screenNow } from '../../clock.ts'
import { bangkokHour } from '../../i18n/format.ts'
import type { Told } from './Stage.tsx'
import { EMPTY, type Pin, type Player, type PlayerEvent, pinOf, play, type Shown, wanted } from './scenes.ts'

/** What is played is looked at so often. */
const TICK_MS = 250

export type Scenes = {
  readonly player: Accessor<Player>
  readonly pin: Accessor<Pin | undefined>
  /** `null`: no scene is to be played */
  readonly wanted: Accessor<Shown | null>
  /** the place to be fetched beside it */
  readonly next: Accessor<string | undefined>
  send(event: PlayerEvent): void
  told(place: string, told: Told): void
  /** ms from the screen's clock to the hub's, by which hours are meant */
  clock(offsetMs: number | null): void
}

/** The player of a page (scenes.ts) on the screen's clock, for the owner's lifetime. */
export function createScenes(): Scenes {
  const [player, setPlayer] = createSignal<Player>(EMPTY)
  const [now, setNow] = createSignal(screenNow())
  const ready = new Set<string>()
  let offset = 0
  const send = (event: PlayerEvent): void => {
    const at = screenNow()
    setNow(at)
    const turn = { now: at, hour: bangkokHour(at + offset), isReady: (place: string) => ready.has(place) }
    setPlayer((before) => play(before, event, turn))
  }
  const timer = setInterval(() => {
    if (player().scenes.length > 0) send({ kind: 'tick' })
  }, TICK_MS)
  onCleanup(() => clearInterval(timer))
  const isSame = (a: Shown | null, b: Shown | null) => a?.place === b?.place && a?.view === b?.view
  return {
    player,
    pin: createMemo(() => pinOf(player(), now())),
    wanted: createMemo(() => wanted(player(), now()), undefined, { equals: isSame }),
    next: createMemo(() => {
      const { next, scenes } = player()
      return next === null ? undefined : scenes[next.at]?.place
    }),
    send,
    told(place, told) {
      if (told === 'there') ready.add(place)
      else ready.delete(place)
      if (told === 'unknown') send({ kind: 'unknown', place })
    },
    clock: (offsetMs) => {
      offset = offsetMs ?? offset
    },
  }
}

/** Of a wall that plays scenes; none of a wall that a person has opened. */
export const ScenesContext = createContext<Scenes>()

export function useScenes(): Scenes | undefined {
  return useContext(ScenesContext)
}
