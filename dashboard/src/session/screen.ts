import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import type { SessionState } from './account.ts'

/** The wall of the area a screen was approved for: the nation, or the province it lies in. */
export function wallPath(area: string | undefined): string {
  return area === undefined || area === NATION ? '/wall' : `/wall/${area.slice(0, 2)}`
}

/**
 * Where a page that shows a wall must go, or `null`: a screen whose area was changed to its new wall, one that was
 * switched off to the page that shows a code. Whoever else looks at a wall is left alone.
 * @param wasScreen the page has been a screen's
 */
export function duty(state: SessionState, path: string, wasScreen: boolean): string | null {
  if (state.kind === 'in' && state.session.role === 'screen') {
    const wall = wallPath(state.session.areas[0])
    return wall === path ? null : wall
  }
  return wasScreen && state.kind === 'out' ? '/screen' : null
}
