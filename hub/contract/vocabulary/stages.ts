export const STAGES = [
  'reported',
  'verified',
  'duplicate',
  'invalid',
  'triaged',
  'waiting',
  'contacted',
  'in_care',
  'monitoring',
  'closed',
] as const
export type Stage = (typeof STAGES)[number]

export const CLOSE_REASONS = [
  'helped',
  'no_help_wanted',
  'done_by_others',
  'out_of_scope',
  'duplicate',
  'unreachable',
  'invalid',
  'died',
  'cancelled',
] as const
export type CloseReason = (typeof CLOSE_REASONS)[number]

export const REOPEN_REASONS = ['worse_again', 'closed_by_mistake', 'not_a_duplicate', 'new_need', 'other'] as const
export type ReopenReason = (typeof REOPEN_REASONS)[number]
