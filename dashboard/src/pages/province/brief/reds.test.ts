import { expect, it } from 'vitest'
import { boardCases } from '../../../cases/board.ts'
import { holdersOf, redsByDistrict, whoIsOnIt } from './reds.ts'

let id = 0
/** A red case with one need per holder; `null`: nobody has it. */
function red(district: string, openedAt: number, ...holders: (string | null)[]) {
  id++
  const base = {
    district,
    place: district,
    severity: 'red',
    risk608: false,
    classification: 'suspect',
    stage: 'triaged',
    carePlace: 'waiting',
    reportedAt: 0,
    severityAt: 0,
    contactedAt: null,
    escalatedAt: null,
    heardAt: null,
    unverified: false,
  } as const
  const needs = holders.map(
    (holder, i) =>
      ({
        id: `${id}${i}`,
        caseId: String(id),
        kind: 'bed',
        status: holder === null ? 'open' : 'claimed',
        freed: null,
        openedAt: openedAt + i,
        holder,
        claimedAt: null,
        leaseUntil: null,
        askedAt: null,
        offeredTo: null,
        holderKey: null,
        offeredKey: null,
      }) as const,
  )
  return boardCases([{ id: String(id), ...base }], needs)[0]!
}

it('districts stand by their longest wait, with how many wait there', () => {
  expect(redsByDistrict([red('5001', 50, null), red('5007', 10, null), red('5001', 20, 'A')])).toEqual([
    { district: '5007', count: 1, since: 10 },
    { district: '5001', count: 2, since: 20 },
  ])
  expect(redsByDistrict([])).toEqual([])
})

it('somebody is on a case when nobody is missing for any of its needs', () => {
  const [alone, half, held] = [red('5001', 50, null), red('5001', 10, 'A', null), red('5001', 5, 'B', 'A')]
  const onIt = whoIsOnIt([alone!, half!, held!])
  expect(onIt.nobody.map((one) => one.id)).toEqual([half!.id, alone!.id])
  expect(onIt).toMatchObject({ held: 1, holders: ['B', 'A'] })
  expect(holdersOf(half!)).toEqual(['A'])
})
