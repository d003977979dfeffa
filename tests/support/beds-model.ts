import { createRandom, type Random } from '../../db/replay/random.ts'
import type { TransferStatus } from '../../hub/contract/vocabulary/transfers.ts'
import { BED_EVENTS, BED_UNITS, type BedCounts, bedSumError, moveBed } from '../../hub/work/beds/bed-rules.ts'
import { holdsBed, isUnderWay, TRANSFER_EVENTS, TRANSFER_NEXT } from '../../hub/work/transfers/transfer-rules.ts'

const FACILITIES = 3
const BEDS = 6
const TRANSFERS_MAX = 40

type Walked = {
  readonly steps: number
  /** steps that were possible, and taken */
  readonly taken: number
  /** steps after which more was held or lain in than there are beds, or a hold had none */
  readonly overbooked: number
}

type Transfer = { status: TransferStatus; readonly to: number }
/** Discharges, cleaning, blocking, and admissions from the door; holds belong to transfers alone. */
const HOUSE_EVENTS = BED_EVENTS.filter((event) => event !== 'hold' && event !== 'unhold' && event !== 'admit')

/** Requests, their steps, ends of holds, discharges and reports at random, by the rules alone. The same seed walks the same way. */
export function walkBeds(steps: number, seed: number): Walked {
  const random = createRandom(seed)
  const index = (length: number) => Math.floor(random() * length)
  const counts: BedCounts[] = Array.from({ length: FACILITIES }, () => ({
    staffed: BEDS,
    available: BEDS,
    held: 0,
    occupied: 0,
    cleaning: 0,
    blocked: 0,
  }))
  let transfers: Transfer[] = []
  const holdsAt = (facility: number) => transfers.filter(({ to, status }) => to === facility && holdsBed(status)).length
  let taken = 0
  let overbooked = 0
  for (let i = 0; i < steps; i++) {
    const dice = random()
    let touched = index(FACILITIES)
    if (dice < 0.15) {
      if (transfers.length < TRANSFERS_MAX) transfers.push({ status: 'requested', to: touched })
    } else if (dice < 0.8) {
      const transfer = transfers[index(transfers.length)]
      const event = TRANSFER_EVENTS[index(TRANSFER_EVENTS.length)]
      const step = transfer && event ? TRANSFER_NEXT[transfer.status][event] : null
      if (!transfer || !step) continue
      touched = transfer.to
      const now = counts[touched]
      const after = step.bed && now ? moveBed(now, step.bed) : now
      // A hold without a bed is refused, and nothing has happened.
      if (after === undefined) continue
      counts[touched] = after
      transfer.status = step.to
      transfers = transfers.filter(({ status }) => isUnderWay(status))
    } else if (dice < 0.97) {
      const event = HOUSE_EVENTS[index(HOUSE_EVENTS.length)]
      const now = counts[touched]
      const after = now && event && moveBed(now, event)
      if (!after) continue
      counts[touched] = after
    } else {
      const reported = anyReport(random)
      // As hub/work/reports: what transfers hold must be left to them.
      if (reported.held < holdsAt(touched)) continue
      counts[touched] = reported
    }
    taken++
    const now = counts[touched]
    if (!now) continue
    const lacking = now.held < holdsAt(touched) || BED_UNITS.some((unit) => now[unit] < 0)
    if (lacking || bedSumError(now) !== 0) overbooked++
  }
  return { steps, taken, overbooked }
}

function anyReport(random: Random): BedCounts {
  const some = () => Math.floor(random() * 3)
  const counts = { available: some(), held: some(), occupied: some(), cleaning: some(), blocked: some() }
  return { ...counts, staffed: BED_UNITS.reduce((sum, unit) => sum + counts[unit], 0) }
}
