import { isWallPlace, WALL_VIEWS, type WallView } from './walls.ts'

/** What a screen can be told to do; `message` brings a text, `scene` which one. */
export const SCREEN_ORDERS = ['reload', 'identify', 'message', 'scene', 'pause'] as const
export type ScreenOrder = (typeof SCREEN_ORDERS)[number]
export const hasText = (kind: ScreenOrder): boolean => kind === 'message' || kind === 'scene'
export const ORDER_SCENES: readonly string[] = ['next', 'previous']

export type OrderedScene = { readonly place: string; readonly view: WallView }
/** A scene of the list that a screen is to go to, as the text of an order: `50 situation`. */
export const sceneText = ({ place, view }: OrderedScene): string => `${place} ${view}`
/** @returns `undefined` for every other text */
export function sceneOfText(text: string): OrderedScene | undefined {
  const [place = '', named, ...more] = text.split(' ')
  const view = WALL_VIEWS.find((one) => one === named)
  return view === undefined || more.length > 0 || !isWallPlace(place) ? undefined : { place, view }
}

export const ORDER_TEXT_MAX = 160
/** Minutes that a message stands, a scene is shown, a pause lasts. */
export const ORDER_MINUTES_MAX = 480
/** Seconds that the others stand: so long a number is shown, and a screen may need to hear that it is to reload. */
export const ORDER_SECONDS = { identify: 20, reload: 60 } as const
/** It stands until its time is over, whether the screen has it or not. */
export const ORDER_STATES = ['live', 'ended'] as const
export type OrderState = (typeof ORDER_STATES)[number]
