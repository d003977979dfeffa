import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import { sitesOf } from '../../../hub/contract/live/site-rows.ts'
import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import { fetchSites } from '../api/sites.ts'
import type { Subject } from '../panels/subject.tsx'

const ASK_EVERY_MS = 60_000

/** `failed`: the last question had no answer; what was known before stays, and its reports say their age. */
export type SitesShown = { readonly sites: readonly Site[]; readonly failed: boolean }

const NONE: SitesShown = { sites: [], failed: false }

/** Asked when first wanted and each minute after, while it is wanted. @param area `undefined`: of nowhere yet */
export function createAskedSites(area: Accessor<string | undefined>, wanted: Accessor<boolean>): Accessor<SitesShown> {
  const [shown, setShown] = createSignal(NONE)
  createEffect(() => {
    const of = area()
    if (!wanted() || of === undefined) return
    let gone = false
    const look = () => {
      fetchSites(of).then(
        (sites) => !gone && setShown({ sites, failed: false }),
        () => !gone && setShown(({ sites }) => ({ sites, failed: true })),
      )
    }
    look()
    const timer = setInterval(look, ASK_EVERY_MS)
    onCleanup(() => {
      gone = true
      clearInterval(timer)
      setShown(NONE)
    })
  })
  return shown
}

/** The sites of a subject: of a province they are in its scope and change at once; a nation's are asked for. */
export function createSites(subject: Subject, wanted: Accessor<boolean>): Accessor<SitesShown> {
  if (subject.kind === 'nation') return createAskedSites(() => subject.area, wanted)
  return createMemo(() => {
    if (!wanted()) return NONE
    const { live, scope } = subject
    return { sites: sitesOf(live.rows(scope, 'facility'), live.rows(scope, 'beds')), failed: false }
  })
}
