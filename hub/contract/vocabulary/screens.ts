/** What a screen can be told to do; `message` brings a text, `scene` which one. */
export const SCREEN_ORDERS = ['reload', 'identify', 'message', 'scene', 'pause'] as const
export type ScreenOrder = (typeof SCREEN_ORDERS)[number]
export const hasText = (kind: ScreenOrder): boolean => kind === 'message' || kind === 'scene'
export const ORDER_SCENES: readonly string[] = ['next', 'previous']
export const ORDER_TEXT_MAX = 160
/** Minutes that a message stands, a scene is shown, a pause lasts. */
export const ORDER_MINUTES_MAX = 480
/** Seconds that the others stand: so long a number is shown, and a screen may need to hear that it is to reload. */
export const ORDER_SECONDS = { identify: 20, reload: 60 } as const
/** It stands until its time is over, whether the screen has it or not. */
export const ORDER_STATES = ['live', 'ended'] as const
export type OrderState = (typeof ORDER_STATES)[number]
