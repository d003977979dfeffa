/** How a correction stands that its person has asked people for. */
export const CORRECTION_STATES = ['open', 'done', 'refused'] as const
export type CorrectionState = (typeof CORRECTION_STATES)[number]

/** Why a correction is not made; told to the person (PDPA s. 36: who refuses says why). */
export const CORRECTION_REFUSALS = ['not_proven', 'right_as_it_is', 'must_be_kept', 'not_kept_here'] as const
/** `erased`: written by the job that erases, for nothing is left to correct. */
export const CORRECTION_ENDS = [...CORRECTION_REFUSALS, 'erased'] as const
export type CorrectionRefusal = (typeof CORRECTION_ENDS)[number]

/** Within which it is answered, from the day it was asked for (PDPA s. 30 gives as much for a copy; ss. 35 and 36 name no days). */
export const CORRECTION_DAYS = 30
