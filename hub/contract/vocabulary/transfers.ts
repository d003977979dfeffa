export const TRANSFER_STATES = [
  'requested',
  'approved',
  'accepted',
  'rejected',
  'transport',
  'en_route',
  'arrived',
  'cancelled',
  'died',
] as const
export type TransferStatus = (typeof TRANSFER_STATES)[number]

/** Known to the facility it leads to: approved, and neither there nor ended. */
export const COMING_TRANSFER_STATES = ['approved', 'accepted', 'transport', 'en_route'] as const
/** Under way; only these travel to boards. */
export const LIVE_TRANSFER_STATES = ['requested', ...COMING_TRANSFER_STATES] as const

export const REJECT_REASONS = ['no_bed', 'no_staff', 'wrong_level', 'other'] as const
export type RejectReason = (typeof REJECT_REASONS)[number]

/**
 * What an account asks for by name (`POST /api/transfers/{id}/<step>`): approving, rejecting and a death have a name for
 * each side that may do it.
 */
export const TRANSFER_STEPS = [
  'approve',
  'agree',
  'redirect',
  'accept',
  'extend',
  'refuse',
  'decline',
  'reject',
  'transport',
  'depart',
  'arrive',
  'cancel',
  'died',
  'died-at-destination',
] as const
export type TransferStep = (typeof TRANSFER_STEPS)[number]
