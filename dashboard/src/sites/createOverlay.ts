import { type Accessor, createMemo } from 'solid-js'
import { waiting } from '../../../hub/contract/indicators/cells.ts'
import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import { useLanguage, useWords } from '../i18n/language.tsx'
import { createHubNow, hubNow } from '../live/hubClock.ts'
import type { MapMark, MapOverlay, MapRing } from '../map/marks.ts'
import { placeName, type Subject } from '../panels/subject.tsx'
import { useAge } from '../panels/useFreshness.ts'
import type { Layer } from './layers.ts'
import { shownSites, siteMarks, waitingRings } from './overlay.ts'
import { siteWords } from './words.ts'

/** Ages are told in hours: looking each minute is enough. */
const AGE_EVERY_MS = 60_000

export type OverlayView = { readonly sites: Accessor<readonly Site[]>; readonly overlay: Accessor<MapOverlay> }

const sameMarks = (a: readonly MapMark[], b: readonly MapMark[]) =>
  a.length === b.length &&
  a.every((mark, i) => {
    const other = b[i]!
    return (['id', 'lat', 'lon', 'shape', 'letter', 'age', 'label'] as const).every((key) => mark[key] === other[key])
  })
const sameRings = (a: readonly MapRing[], b: readonly MapRing[]) =>
  a.length === b.length &&
  a.every(({ code, radius, label }, i) => code === b[i]!.code && radius === b[i]!.radius && label === b[i]!.label)

/** What the layers put over a map, in the language of the screen. @param size px of the labels */
export function createOverlay(
  sites: Accessor<readonly Site[]>,
  layers: Accessor<ReadonlySet<Layer>>,
  subject: Pick<Subject, 'kind' | 'parts' | 'cells'> | undefined,
  size: Accessor<number>,
): OverlayView {
  const t = useWords(siteWords)
  const age = useAge()
  const { language, format } = useLanguage()
  const now = createHubNow(AGE_EVERY_MS)
  const shown = createMemo(() => shownSites(sites(), layers()))
  // A count that moves no label and no age leaves the map as it is.
  const marks = createMemo<readonly MapMark[]>(
    () => {
      const number = format().number
      const name = subject?.kind === 'nation' ? undefined : (site: Site) => placeName(site, language())
      return siteMarks(shown(), Math.max(now(), hubNow()), { name, age, never: t('never'), number })
    },
    [],
    { equals: sameMarks },
  )
  const rings = createMemo(
    () => {
      if (subject === undefined || !layers().has('waiting')) return []
      const of = (code: string) => waiting(subject.cells, code).total
      return waitingRings(subject.parts, of, size(), format().number)
    },
    [],
    { equals: sameRings },
  )
  const overlay = createMemo(() => ({ marks: marks(), rings: rings() }))
  return { sites: shown, overlay }
}
