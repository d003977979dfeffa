/** What a screen can be told to do; `message` and `scene` bring a text. */
export const SCREEN_ORDERS = ['reload', 'identify', 'message', 'scene', 'pause'] as const
export type ScreenOrder = (typeof SCREEN_ORDERS)[number]
/** It stands until its time is over, whether the screen has it or not. */
export const ORDER_STATES = ['live', 'ended'] as const
export type OrderState = (typeof ORDER_STATES)[number]
