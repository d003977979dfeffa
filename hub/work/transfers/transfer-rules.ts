import { TRANSFER_STEPS, type TransferStatus, type TransferStep } from '../../contract/vocabulary/transfers.ts'
import type { BedEvent } from '../beds/bed-rules.ts'

export const TRANSFER_EVENTS = [
  'approve',
  'redirect',
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
  redirect: NEVER,
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
  requested: {
    ...ENDED,
    approve: to('approved'),
    redirect: to('requested'),
    reject: to('rejected'),
    cancel: to('cancelled'),
    die: to('died'),
  },
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
type TransferAct = Exclude<TransferEvent, 'hold_end'>

/**
 * Who acts: `origin`, who asks (bed coordinator, holder of the case); `receiver`, the coordination of the province it leads to
 * when that is another one; `destination`, the facility.
 */
type TransferSide = 'origin' | 'receiver' | 'destination'

/** What each step does, and whose it is. */
export const STEPS: Readonly<Record<TransferStep, { readonly event: TransferAct; readonly side: TransferSide }>> = {
  approve: { event: 'approve', side: 'origin' },
  agree: { event: 'approve', side: 'receiver' },
  redirect: { event: 'redirect', side: 'origin' },
  accept: { event: 'accept', side: 'destination' },
  extend: { event: 'extend', side: 'destination' },
  refuse: { event: 'reject', side: 'origin' },
  decline: { event: 'reject', side: 'receiver' },
  reject: { event: 'reject', side: 'destination' },
  transport: { event: 'arrange', side: 'origin' },
  depart: { event: 'depart', side: 'origin' },
  arrive: { event: 'arrive', side: 'destination' },
  cancel: { event: 'cancel', side: 'origin' },
  died: { event: 'die', side: 'origin' },
  'died-at-destination': { event: 'die', side: 'destination' },
}

/** `across`: it leads into another province. `places`, `agrees`, `receives`: may act for origin, receiver, destination. */
type Viewer = {
  readonly across: boolean
  readonly places: boolean
  readonly agrees: boolean
  readonly receives: boolean
  /** belongs to the destination: refuses and tells of a death for it alone, and nobody else does */
  readonly there: boolean
}

/** The steps that lead on from a state. Of refusals somebody is offered one, though they may act for several sides. */
export function openSteps(status: TransferStatus, { across, places, agrees, receives, there }: Viewer): TransferStep[] {
  return TRANSFER_STEPS.filter((step) => {
    const { event, side } = STEPS[step]
    if (TRANSFER_NEXT[status][event] === null) return false
    if (side === 'receiver') return across && agrees && !there && (step === 'agree' || !places)
    if (step === 'approve') return places && !across
    const ends = event === 'reject' || event === 'die'
    if (side === 'destination') return receives && (there || !ends)
    return places && (!there || !ends)
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
