import { WORKING_ROLES } from './roles.ts'

/** A shift of command, until the next one has accepted it. */
export const LIVE_PERIOD_STATES = ['running', 'handed_over'] as const
export const PERIOD_STATES = [...LIVE_PERIOD_STATES, 'ended'] as const
export type PeriodState = (typeof PERIOD_STATES)[number]

export const OBJECTIVE_KINDS = ['objective', 'task'] as const
export type ObjectiveKind = (typeof OBJECTIVE_KINDS)[number]
export const LIVE_OBJECTIVE_STATES = ['open', 'doing'] as const
export const OBJECTIVE_STATES = [...LIVE_OBJECTIVE_STATES, 'done', 'dropped'] as const
export type ObjectiveState = (typeof OBJECTIVE_STATES)[number]

/** Who owns an objective, and whom a message is for: people, not a screen. */
export const COMMANDED_ROLES = WORKING_ROLES
export type CommandedRole = (typeof COMMANDED_ROLES)[number]
export const AUDIENCES = ['everyone', 'screens', 'boards', ...COMMANDED_ROLES] as const
export type Audience = (typeof AUDIENCES)[number]
export const MESSAGE_STATES = ['live', 'ended', 'withdrawn'] as const

/** What stands in the log of a period, in the order it happened; nothing of it is changed or removed. */
export const LOG_KINDS = [
  'started',
  'handed_over',
  'taken_back',
  'accepted',
  'decision',
  'correction',
  'objective',
  'objective_state',
  'message',
  'withdrawn',
] as const
export type LogKind = (typeof LOG_KINDS)[number]

/** Longest texts, in characters: a wall shows a message in one line, a title in two. */
export const TEXT_MAX = { title: 120, message: 160, owner: 60, decision: 1_000, summary: 4_000 } as const
/** A shift is no longer than this, nor does a message stand longer. */
export const SHIFT_HOURS_MAX = 72
