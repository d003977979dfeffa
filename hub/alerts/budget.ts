import { audienceOf, byRank, type Ranked } from '../contract/alerts/order.ts'
import { type AlertEvent, FLOOD_BEGINS_ABOVE, FLOOD_ENDS_BELOW, FLOOD_KEPT } from '../contract/vocabulary/alerts.ts'
import { NATION } from '../contract/vocabulary/areas.ts'
import type { Standing } from './machine.ts'

/** What an audience has had in the last FLOOD_MS: `fresh` have begun to ring, `announced` it was called to. */
export type Recent = ReadonlyMap<string, { readonly fresh: number; readonly announced: number }>
/** `since`: ms since 1970. `held`: how many were announced to nobody of the audience. */
export type Flood = { readonly since: number; readonly held: number }

/** An alert as it is to stand, before it is said whom it is announced to. */
export type Draft<Of> = Ranked & {
  readonly of: Of
  readonly standing: Standing
  /** until when it is to be answered if it is announced now, ms since 1970 */
  readonly dueAt: number
  /** what has happened to it; `null`: nothing */
  readonly kind: AlertEvent | null
  /** it begins to ring, for the first time or again */
  readonly rings: boolean
  /** and makes a flood, as what rings after a shelf does not */
  readonly counts: boolean
  readonly announced: boolean
  readonly announcedNation: boolean
}

type Told = { readonly kind: AlertEvent; readonly announced: boolean; readonly announcedNation: boolean }
type Outcome = {
  readonly standing: Standing
  readonly announced: boolean
  readonly announcedNation: boolean
  readonly events: readonly Told[]
}

const isUnanswered = ({ standing: { state } }: Draft<unknown>) =>
  state === 'raised' || state === 'suppressed' || state === 'escalated'

/**
 * The first by rank, as many as an audience may still be called to. The last FLOOD_KEPT are for what is extreme: milder alerts
 * that came before it never hold back a red patient who waits.
 */
function called<Of>(waiting: readonly Draft<Of>[], recent: Recent, audience: string): ReadonlySet<Draft<Of>> {
  const told = recent.get(audience)?.announced ?? 0
  const first = waiting.toSorted(byRank).filter(({ severity }, place) => {
    const limit = severity === 'extreme' ? FLOOD_BEGINS_ABOVE : FLOOD_BEGINS_ABOVE - FLOOD_KEPT
    return told + place < limit
  })
  return new Set(first)
}

function byAudience<Of>(drafts: readonly Draft<Of>[]): ReadonlyMap<string, readonly Draft<Of>[]> {
  return Map.groupBy(drafts, ({ area }) => audienceOf(area))
}

/**
 * Whom each alert is announced to. An audience (a province for all that lies in it, national command for everything) is called
 * to at most FLOOD_BEGINS_ABOVE in any ten minutes, the worst first; what is over is held back, kept and counted, and has
 * its turn when the budget has room again.
 */
export function announce<Of>(
  drafts: readonly Draft<Of>[],
  recent: Recent,
  floods: ReadonlyMap<string, Flood>,
  now: number,
): { readonly outcomes: readonly Outcome[]; readonly floods: ReadonlyMap<string, Flood> } {
  const rings = (draft: Draft<Of>) => draft.rings || draft.standing.state === 'suppressed'
  const nation = called(
    drafts.filter((draft) => isUnanswered(draft) && (draft.rings || !draft.announcedNation)),
    recent,
    NATION,
  )
  const own = new Set(
    [...byAudience(drafts.filter(rings))].flatMap(([audience, waiting]) =>
      audience === NATION ? waiting.filter((draft) => nation.has(draft)) : [...called(waiting, recent, audience)],
    ),
  )
  const outcomes = drafts.map((draft) => outcomeOf(draft, rings(draft), own.has(draft), nation.has(draft)))
  return { outcomes, floods: floodsOf(drafts, outcomes, recent, floods, now) }
}

/** @param rings whether it waits to be announced @param own whether its own audience is called to it now @param nation national command */
function outcomeOf(draft: Draft<unknown>, rings: boolean, own: boolean, nation: boolean): Outcome {
  const announced = rings ? own : draft.announced
  const announcedNation = nation || (draft.announcedNation && !draft.rings)
  const standing: Standing = rings
    ? own
      ? { state: 'raised', dueAt: draft.dueAt }
      : { state: 'suppressed' }
    : draft.standing
  const released = own && !draft.rings
  const events: Told[] = []
  // Who was called to it is told how it goes on, and an escalation is for those above whoever was called.
  if (draft.kind !== null)
    events.push({ kind: draft.kind, announced: announced || draft.kind === 'escalated', announcedNation })
  if (released || (nation && !draft.rings)) {
    events.push({ kind: 'released', announced: released, announcedNation: nation })
  }
  return { standing, announced, announcedNation, events }
}

function floodsOf(
  drafts: readonly Draft<unknown>[],
  outcomes: readonly Outcome[],
  recent: Recent,
  floods: ReadonlyMap<string, Flood>,
  now: number,
): ReadonlyMap<string, Flood> {
  const fresh = new Map<string, number>()
  const held = new Map<string, number>()
  const add = (to: Map<string, number>, audience: string) => to.set(audience, (to.get(audience) ?? 0) + 1)
  drafts.forEach((draft, i) => {
    const { standing, announcedNation } = outcomes[i]!
    const audience = audienceOf(draft.area)
    if (draft.counts) add(fresh, audience)
    if (draft.counts && audience !== NATION) add(fresh, NATION)
    if (standing.state === 'suppressed' && audience !== NATION) add(held, audience)
    const waits = standing.state === 'suppressed' || standing.state === 'raised' || standing.state === 'escalated'
    if (waits && !announcedNation) add(held, NATION)
  })
  const found = new Map<string, Flood>()
  for (const audience of new Set([...recent.keys(), ...fresh.keys(), ...held.keys(), ...floods.keys()])) {
    const count = (recent.get(audience)?.fresh ?? 0) + (fresh.get(audience) ?? 0)
    const kept = held.get(audience) ?? 0
    const before = floods.get(audience)
    const goesOn = before !== undefined && (count >= FLOOD_ENDS_BELOW || kept > 0)
    if (goesOn || count > FLOOD_BEGINS_ABOVE || kept > 0) {
      found.set(audience, { since: before?.since ?? now, held: kept })
    }
  }
  return found
}
