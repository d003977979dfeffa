import { type Accessor, createMemo, createResource } from 'solid-js'
import type { RowObject } from '../../../hub/contract/live/rows.ts'
import { type FacilityWall, fetchFacilityWall } from '../api/facilityWall.ts'
import { createNow } from '../live/createNow.ts'

const ASK_EVERY_MS = 30_000

/** A facility as its own wall has it. `now`: ms since 1970 */
export type FollowedFacility = {
  readonly wall: Accessor<FacilityWall>
  readonly beds: Accessor<readonly RowObject<'beds'>[]>
  readonly now: Accessor<number>
}

/**
 * What is not in the live rows of a facility is asked for anew when its beds change, and now and then. What was known stands until there
 * is an answer. @param all beds of its province
 */
export function followFacility(first: FacilityWall, all: Accessor<readonly RowObject<'beds'>[]>): FollowedFacility {
  const now = createNow(ASK_EVERY_MS)
  const beds = createMemo(() => all().filter(({ facility }) => facility === first.id))
  const turn = createMemo(() => JSON.stringify([now(), beds()]))
  const [answer] = createResource(turn, () => fetchFacilityWall(first.id), { initialValue: first })
  const wall = createMemo((before: FacilityWall) => (answer.error ? before : (answer.latest ?? before)), first)
  return { wall, beds, now }
}
