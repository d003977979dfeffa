import type { Action } from './actions.ts'

/** What a key of another system may be given: reports of counts and of calls, and numbers to read. It is told nothing of a person. */
export const KEY_ACTIONS = [
  'facility.report',
  'stock.report',
  'vaccination.report',
  'test.report',
  'call.record',
  'report.read',
  'province.read',
  'alerts.read',
] as const satisfies readonly Action[]
export type KeyAction = (typeof KEY_ACTIONS)[number]

export function isKeyAction(text: string): text is KeyAction {
  return (KEY_ACTIONS as readonly string[]).includes(text)
}
