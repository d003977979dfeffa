/** What facilities and communities ask for, each counted in its own unit: cylinders, kits, courses, meals, sets, vehicles. */
export const RESOURCE_KINDS = ['oxygen', 'kit', 'medicine', 'food', 'ppe', 'vehicle'] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** A request that is still to be met; only these stand on a board. */
export const LIVE_RESOURCE_STATES = ['open', 'claimed'] as const
export const RESOURCE_STATES = [...LIVE_RESOURCE_STATES, 'delivered', 'closed'] as const
export type ResourceState = (typeof RESOURCE_STATES)[number]

export const CLOSE_RESOURCE_REASONS = ['not_needed', 'from_elsewhere', 'duplicate', 'cannot_be_met'] as const
export type CloseResourceReason = (typeof CLOSE_RESOURCE_REASONS)[number]

/** What happens to a request, as its history says it. */
export const RESOURCE_EVENTS = ['requested', 'claimed', 'kept', 'released', 'expired', 'delivered', 'closed'] as const
export type ResourceEvent = (typeof RESOURCE_EVENTS)[number]

/**
 * A claim without an end keeps a request from everybody else. After these hours it ends by itself, unless its holder has said
 * again that they are on it.
 */
export const RESOURCE_CLAIM_HOURS = 4
/** Before its end the holder is warned. */
export const RESOURCE_WARN_MINUTES = 30
