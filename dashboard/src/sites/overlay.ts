import type { Site } from '../../../hub/contract/vocabulary/sites.ts'
import type { MapMark, MapRing } from '../map/marks.ts'
import type { MapPart } from '../map/model.ts'
import { LAYER_OF, type Layer } from './layers.ts'
import { type MarkWords, siteMark } from './marks.ts'

export function shownSites(sites: readonly Site[], layers: ReadonlySet<Layer>): readonly Site[] {
  return sites.filter(({ kind }) => {
    const layer = LAYER_OF[kind]
    return layer !== null && layers.has(layer)
  })
}

export function siteMarks(sites: readonly Site[], now: number, words: MarkWords): readonly MapMark[] {
  return sites.map((site) => siteMark(site, now, words))
}

/** em: the ring of the part where most wait, and the least that is drawn. */
const RADIUS_EM = 1.9
const RADIUS_EM_MIN = 0.35
/** Rings that say their number; the others are told by their size. */
const LABELLED = 8

/**
 * Who waits, by part: a ring whose area is the number of people, hollow, so that the colour below is still seen.
 * @param size px of the labels
 */
export function waitingRings(
  parts: readonly MapPart[],
  waiting: (code: string) => number,
  size: number,
  number: (value: number) => string,
): readonly MapRing[] {
  const counted = parts.map((part) => ({ part, count: waiting(part.code) })).filter(({ count }) => count > 0)
  counted.sort((a, b) => b.count - a.count)
  const most = counted[0]?.count ?? 1
  return counted.map(({ part: { code, lat, lon }, count }, i) => ({
    code,
    lat,
    lon,
    radius: size * Math.max(RADIUS_EM_MIN, RADIUS_EM * Math.sqrt(count / most)),
    label: i < LABELLED ? number(count) : '',
  }))
}
