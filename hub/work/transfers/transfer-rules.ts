import { TRANSFER_STEPS, type TransferStatus, type TransferStep } from '../../contract/vocabulary/transfers.ts'
import type { BedEvent } from '../beds/bed-rules.ts'

export const TRANSFER_EVENTS = [
  'approve',
  'accept',
  'extend',
  'hold_end',
  'reject',
  'arrange',
  'depart',
  'arrive',
  'cancel',
  'die',
] as const
export type TransferEvent = (typeof TRANSFER_EVENTS)[number]

type Step = {
  readonly to: TransferStatus
  /** what happens to one bed of the destination, in the same transaction */
  readonly bed: BedEvent | null
}

const NEVER = null
const to = (status: TransferStatus, bed: BedEvent | null = null): Step => ({ to: status, bed })

const ENDED = {
  approve: NEVER,
  accept: NEVER,
  extend: NEVER,
  hold_end: NEVER,
  reject: NEVER,
  arrange: NEVER,
  depart: NEVER,
  arrive: NEVER,
  cancel: NEVER,
  die: NEVER,
}

/**
 * State × event. The destination accepts by holding a bed; from then on, whatever ends the transfer gives it back.
 * Only an arrival fills it. A hold ends by itself before the road: then the destination has to accept anew.
 */
export const TRANSFER_NEXT: Readonly<Record<TransferStatus, Readonly<Record<TransferEvent, Step | null>>>> = {
  requested: { ...ENDED, approve: to('approved'), reject: to('rejected'), cancel: to('cancelled'), die: to('died') },
  approved: {
    ...ENDED,
    accept: to('accepted', 'hold'),
    reject: to('rejected'),
    cancel: to('cancelled'),
    die: to('died'),
  },
  accepted: {
    ...ENDED,
    extend: to('accepted'),
    hold_end: to('approved', 'unhold'),
    arrange: to('transport'),
    cancel: to('cancelled', 'unhold'),
    die: to('died', 'unhold'),
  },
  transport: {
    ...ENDED,
    extend: to('transport'),
    hold_end: to('approved', 'unhold'),
    depart: to('en_route'),
    cancel: to('cancelled', 'unhold'),
    die: to('died', 'unhold'),
  },
  en_route: {
    ...ENDED,
    arrive: to('arrived', 'admit'),
    cancel: to('cancelled', 'unhold'),
    die: to('died', 'unhold'),
  },
  rejected: ENDED,
  arrived: ENDED,
  cancelled: ENDED,
  died: ENDED,
}

/** What somebody does; `hold_end` is the clock's. */
export type TransferAct = Exclude<TransferEvent, 'hold_end'>

/** Whose step it is: the side that asks (bed coordinator, holder of the case) or the destination. */
export const TRANSFER_SIDE: Readonly<Record<TransferAct, 'origin' | 'destination' | 'either'>> = {
  approve: 'origin',
  accept: 'destination',
  extend: 'destination',
  reject: 'either',
  arrange: 'origin',
  depart: 'origin',
  arrive: 'destination',
  cancel: 'origin',
  die: 'either',
}

const STEP_EVENT: Readonly<Record<TransferStep, TransferAct>> = {
  approve: 'approve',
  accept: 'accept',
  extend: 'extend',
  refuse: 'reject',
  reject: 'reject',
  transport: 'arrange',
  depart: 'depart',
  arrive: 'arrive',
  cancel: 'cancel',
  died: 'die',
  'died-at-destination': 'die',
}
const AT_DESTINATION: readonly TransferStep[] = ['accept', 'extend', 'reject', 'arrive', 'died-at-destination']

/**
 * The steps that lead on from a state, for whoever acts for the origin (`places`) or receives at the destination.
 * Where either side may act, who belongs to the destination (`there`) acts for it, and all others for the origin.
 */
export function openSteps(
  status: TransferStatus,
  { places, receives, there }: { readonly places: boolean; readonly receives: boolean; readonly there: boolean },
): readonly TransferStep[] {
  return TRANSFER_STEPS.filter((step) => {
    const event = STEP_EVENT[step]
    if (TRANSFER_NEXT[status][event] === null) return false
    if (TRANSFER_SIDE[event] === 'either') return AT_DESTINATION.includes(step) ? there && receives : !there && places
    return AT_DESTINATION.includes(step) ? receives : places
  })
}

export function isUnderWay(status: TransferStatus): boolean {
  return Object.values(TRANSFER_NEXT[status]).some((step) => step !== null)
}

/** Whether the hold of this state ends by itself. */
export function holdEnds(status: TransferStatus): boolean {
  return TRANSFER_NEXT[status].hold_end !== null
}

/** Whether a bed of the destination is held in this state. */
export function holdsBed(status: TransferStatus): boolean {
  return status === 'accepted' || status === 'transport' || status === 'en_route'
}
