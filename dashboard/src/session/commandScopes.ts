import type { Scope } from '../../../hub/contract/live/scopes.ts'
import { NATION } from '../../../hub/contract/vocabulary/areas.ts'
import { provincesOf } from '../pageKit/session.ts'
import { sessionState } from './account.ts'

/** What command says, as far as who looks at the area may hear it: the nation's, and the province's where they work in it. */
export function commandScopes(area: string): readonly Scope[] {
  const state = sessionState()
  if (state.kind !== 'in' || !state.session.may.includes('province.read')) return []
  const { areas, may } = state.session
  const works = areas.includes(NATION) || provincesOf(areas).includes(area)
  return area !== NATION && works && may.includes('command.read') ? ['command:TH', `command:${area}`] : ['command:TH']
}
