import { type Accessor, createMemo, mapArray, untrack } from 'solid-js'
import { wallKind } from '../../../../hub/contract/vocabulary/walls.ts'
import { createPatient } from '../../forms/createPatient.ts'
import { useSession } from '../../live/browser.ts'
import { carriers } from '../../live/carriers.ts'
import { unattended } from '../../live/unattended.ts'
import type { Ranked } from '../../panels/readings.ts'
import { loadKnown } from '../../panels/SubjectProvider.tsx'
import { createSubject, homeOf, type Subject, subjectScope } from '../../panels/subject.tsx'

/** Two that are nearly as bad take turns by the second; nobody could read either. */
const STAYS_MS = 600_000

export type Second = { readonly place: string; readonly since: number }

/**
 * The second subject of a wall: the place that was asked for (`?second=50`), else the worst of those that are ranked, which stays for ten
 * minutes before another takes its place.
 */
export function secondPlace(
  asked: string | undefined,
  ranked: readonly Ranked[],
  before: Second | undefined,
  now: number,
): Second | undefined {
  const kind = asked === undefined ? undefined : wallKind(asked)
  if (asked !== undefined && (kind === 'province' || kind === 'region')) return { place: asked, since: now }
  if (before !== undefined && now - before.since < STAYS_MS) return before
  const worst = ranked.find(({ value }) => value !== null)?.part.code
  return worst === undefined ? before : { place: worst, since: now }
}

/** The subject of another place, over a link of its own; of no place none is followed. */
export function createSecond(place: Accessor<string | undefined>): Accessor<Subject | undefined> {
  // Several panels read it: it is made once, by none of them, and suspends nothing while it is on its way.
  const subjects = createMemo(
    mapArray(
      () => [place() ?? []].flat(),
      (area) => {
        const [known] = createPatient(() => area, loadKnown)
        return createMemo(() => {
          const found = known()
          if (!found) return undefined
          const scopes = [subjectScope(homeOf(area), found.exact)]
          // Who is signed in is asked once, as for the wall's own place: what is heard of it later makes no other link.
          const { store } = untrack(() => useSession(scopes, { carriers, unattended, rests: false }))
          return createSubject(store, area, found)
        })
      },
    ),
  )
  return () => subjects()[0]?.()
}
